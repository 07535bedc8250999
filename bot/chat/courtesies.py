"""A greeting and a thank-you, which ask for nothing and are answered all the same."""

import re

from bot.chat.language import gettext
from bot.chat.markdown import escape
from bot.chat.reply import Reply

_END = r"(?:[\s,]+(?:marquee|bot|there|all|so much|a lot|you|dir|schön|sehr|man|mate|buddy))*[\s.,!?:)]*"
_GREETING = re.compile(
    r"(?:hi+|hey+|hello|hallo|hiya|yo|sup|moin|servus|good (?:morning|evening|day)|guten (?:morgen|tag|abend))"
    rf"(?:[\s,]+(?:how are you|how['’]?s it going|what['’]?s up|wie geht['’]?s))?{_END}",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:(?:ok|okay|cool|great|nice|perfect|awesome|super)[\s,.!]+)*"
    rf"(?:many thanks|thanks|thank you|thx|ty|tysm|cheers|danke|dankeschön|vielen dank){_END}",
    re.IGNORECASE,
)


def courtesy(text: str, prefix: str) -> Reply | None:
    """The answer to a message that is nothing else; None for any other."""
    if _THANKS.fullmatch(text):
        return Reply(gettext("You are welcome. Enjoy the film!"))
    if _GREETING.fullmatch(text):
        asked = gettext("Hi! What are you in the mood for? Say, something funny from the 90s.")
        return Reply(f"{asked} {gettext('{prefix}help lists all that I can do.', prefix=escape(prefix))}")
    return None
