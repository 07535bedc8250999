"""What is answered with a sentence: a greeting and a thank-you, who the bot is, and what it keeps of somebody."""

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

_ASKING = (
    r"(?:(?:hey|hi|hello|hallo|ok|okay|so|and|und|please|pls|bitte|now|can you|could you|would you|i want(?: you)? to"
    r"|i[’']?d like(?: you)? to|kannst du|kannst du bitte|ich will|ich möchte)[\s,!.]+)*"
)
_ASKED = r"(?:[\s,]+(?:please|pls|now|bitte|mal|marquee|anyway|eigentlich|denn))*[\s.,!?]*"


def _asking(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"{_ASKING}(?:{'|'.join(phrases)}){_ASKED}", re.IGNORECASE)


_WHO = _asking(
    r"(?:who|what) (?:are|r) (?:you|u)|introduce yourself|are you (?:a bot|an ai|human|real)|what is this bot",
    r"(?:wer|was) bist du|stell dich(?: mal)? vor|bist du (?:ein bot|eine ki|echt|ein mensch)",
)
_DATA = r"(?:data|information|info|account|profile|everything|stuff)"
_DATEN = r"(?:daten|informationen|infos|profil|konto|account)"
_KEPT = _asking(
    r"what do you (?:know|remember|keep|store|save|have|collect) (?:about|of|on) me",
    rf"what {_DATA} (?:of mine )?do you (?:have|keep|store|save|collect)(?: (?:about|on|of|from) me)?",
    r"(?:show|tell) me (?:what you know about me|my data)|do you (?:store|keep|save|collect) my data",
    r"was (?:weißt|weisst|speicherst|hast) du (?:alles )?(?:über mich|von mir)|zeig mir meine daten",
    rf"(?:welche|was für) {_DATEN} (?:hast|speicherst|sammelst) du(?: (?:alles )?(?:über mich|von mir))?",
)
_DELETE = _asking(
    rf"(?:delete|erase|remove|wipe|clear) (?:all (?:of )?)?(?:me|my {_DATA}|everything (?:about|of) me)",
    r"forget (?:me|(?:all|everything) (?:you know )?about me)",
    rf"l(?:ö|oe)sche? (?:bitte )?(?:mich|alles (?:über mich|von mir)|(?:alle |all )?mein(?:e|en)? {_DATEN})",
    rf"(?:alle |all )?mein(?:e|en)? {_DATEN} (?:l(?:ö|oe)schen|entfernen)|vergiss (?:mich|alles über mich)",
)
_EXPORT = _asking(
    rf"(?:export|download|give me|send me) (?:all (?:of )?)?my {_DATA}",
    rf"(?:exportiere?|gib mir|schick mir) (?:alle |all )?mein(?:e|en)? {_DATEN}|meine {_DATEN} exportieren",
)


def courtesy(text: str, prefix: str) -> Reply | None:
    """The answer to a message that is nothing else; None for any other."""
    said = _answer(text, escape(prefix))
    return Reply(said) if said is not None else None


def _answer(text: str, prefix: str) -> str | None:
    if _THANKS.fullmatch(text):
        return gettext("You are welcome. Enjoy the film!")
    if _GREETING.fullmatch(text):
        asked = gettext("Hi! What are you in the mood for? Say, something funny from the 90s.")
        return f"{asked} {gettext('{prefix}help lists all that I can do.', prefix=prefix)}"
    if _WHO.fullmatch(text):
        told = gettext(
            "I am Marquee: tell me what you think of a few films, and I find ten more that you will like. "
            "{prefix}start is the quickest way in.",
            prefix=prefix,
        )
        return f"{told} {gettext('{prefix}help lists all that I can do.', prefix=prefix)}"
    if _KEPT.fullmatch(text):
        return gettext(
            "What you tell me of films and your Discord id, never your messages. {prefix}privacy shows you all of it.",
            prefix=prefix,
        )
    if _DELETE.fullmatch(text):
        return gettext(
            "It is yours, so you may: {prefix}privacy delete does it, and I ask once more before anything is gone.",
            prefix=prefix,
        )
    if _EXPORT.fullmatch(text):
        return gettext("Gladly: {prefix}privacy export sends you all of it as a file.", prefix=prefix)
    return None
