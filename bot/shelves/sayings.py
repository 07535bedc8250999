"""What people say to have a film put aside: `add Heat to my watchlist`, `never show me that again`."""

import re
from dataclasses import dataclass

from bot.movies.pronouns import IN_GERMAN, is_spoken_of
from bot.shelves import deutsch

LONGEST = 200
"""Characters; what is longer tells a story."""

_PLEASE = (
    r"(?:(?:please|pls|hey|ok|okay|and|now|just|can you|could you|would you|will you"
    r"|und|kannst du|könntest du|würdest du)[\s,]+)*"
)
_TITLE = r"(?P<title>.+?)"
_LIST = r"(?:my|the|our)\s+(?:watch[\s-]?list|list|to[\s-]?(?:watch|see)[\s-]?list)"
_HAVE = r"(?:i(?:['’]?ve|\s+have)?\s+)?(?:already\s+)?"
_WANT = r"(?:(?:really|definitely|still|also|would) )*(?:want to|wanna|like to|love to|need to|must|should)"
_NEVER = r"(?:never|don['’]?t|do not|stop)"
_GET = r"get\s+(?!(?:me|us|something|anything|one|some|an?)\b)"
"""Not `get me a comedy from my watchlist`, which is a wish."""
_AGAIN = r"(?:\s+(?:again|any\s?more|ever|ever again))?"
_AFTER = (
    r"(?:[\s,]+(?:please|pls|thanks|thank you|for me|too|already|yesterday|today|last night"
    r"|danke|für mich|auch|gestern|heute))*"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """What it comes to: a command of shelves, and the film it is about. `is_plain`: nothing else can be meant.

    Unless it `may_name` a film, it is said of one that is spoken of.
    """

    command: str
    title: str = ""
    is_plain: bool = False
    may_name: bool = True


_PLAIN: tuple[tuple[str, str], ...] = (
    (
        "watchlist add",
        rf"(?:(?:add|put|save|stick|throw|place)\s+|{_GET}){_TITLE}\s+(?:to|on|onto|on to|in|into)\s+{_LIST}",
    ),
    (
        "watchlist remove",
        rf"(?:(?:take|remove|delete|drop|cross|strike|kick)\s+|{_GET}){_TITLE}\s+(?:off|off of|from|out of)\s+{_LIST}",
    ),
    ("watchlist", r"(?:(?:show|open)(?:\s+me)?|what(?:['’]?s|\s+is)(?:\s+(?:on|in))?)\s+my\s+watch[\s-]?list"),
    ("watchlist", r"my\s+watch[\s-]?list"),
    ("hide remove", rf"unhide\s+{_TITLE}"),
    ("hide add", rf"hide\s+{_TITLE}(?:\s+from\s+(?:me|my lists?))?"),
)
_LOOSE: tuple[tuple[str, str], ...] = (
    ("hide remove", rf"show\s+(?:me\s+)?{_TITLE}\s+again"),
    ("hide add", rf"{_NEVER}\s+(?:show|suggest|recommend)(?:ing)?(?:\s+me)?\s+{_TITLE}{_AGAIN}"),
    ("hide add", rf"(?:i\s+)?{_NEVER}\s+(?:want to|wanna)\s+(?:see|watch)\s+{_TITLE}{_AGAIN}"),
    ("hide add", rf"(?:i(?:['’]?m| am)\s+)?not interested in\s+{_TITLE}"),
    ("watchlist add", rf"(?:save|keep)\s+{_TITLE}\s+for\s+(?:later|another (?:day|time|night))"),
    ("seen add", rf"{_HAVE}(?:seen|saw|watched)\s+{_TITLE}"),
    ("seen add", rf"{_HAVE}already\s+(?:seen|watched)(?P<title>)"),
)  # fmt: skip
_SPOKEN: tuple[tuple[str, str], ...] = (
    ("watchlist add", rf"(?:i(?:['’]?d|['’]?ll)? )?{_WANT} (?:see|watch) {_TITLE}"),
    ("watchlist add", rf"(?:add|save|bookmark) {_TITLE}|(?:(?:add|save) )?(?:for later|(?:on|onto|to) {_LIST})"),
    ("hide add", r"(?:i['’]?m |i am )?(?:really )?not (?:really |at all )?interested|no interest"),
    ("hide add", rf"(?:{_TITLE}(?: is|['’]?s) )?not (?:for me|my (?:thing|taste|cup of tea))"),
    ("seen add", rf"{_HAVE}know {_TITLE}"),
)
"""Only of a film that is spoken of."""
_PATTERNS = [
    (command, re.compile(f"{_PLEASE}(?:{pattern}){_AFTER}", re.IGNORECASE), is_plain, may_name)
    for some, is_plain, may_name in (
        ((*_PLAIN, *deutsch.PLAIN), True, True),
        ((*_LOOSE, *deutsch.LOOSE), False, True),
        ((*_SPOKEN, *deutsch.SPOKEN), False, False),
    )
    for command, pattern in some
]


def saying(text: str) -> Saying | None:
    """What a message asks for; None where it is nothing of the kind."""
    text = " ".join(deutsch.FILLERS.sub(" ", text).split()).strip(" .!?…")
    if len(text) > LONGEST:
        return None
    for command, pattern, is_plain, may_name in _PATTERNS:
        if (said := pattern.fullmatch(text)) is not None:
            title = next((one for one in said.groups() if one), "it" if said.groups() or not may_name else "")
            title = title.strip(" \"'“”‘’„")
            if may_name or is_spoken_of(title):
                return Saying(command, "it" if title in IN_GERMAN else title, is_plain, may_name)
    return None
