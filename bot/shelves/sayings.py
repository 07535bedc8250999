"""What people say to have a film put aside: `add Heat to my watchlist`, `never show me that again`."""

import re
from dataclasses import dataclass

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
    """What it comes to: a command of shelves, and the film it is about. `is_plain`: nothing else can be meant."""

    command: str
    title: str = ""
    is_plain: bool = False


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
_PATTERNS = [
    (command, re.compile(f"{_PLEASE}(?:{pattern}){_AFTER}", re.IGNORECASE), is_plain)
    for some, is_plain in (((*_PLAIN, *deutsch.PLAIN), True), ((*_LOOSE, *deutsch.LOOSE), False))
    for command, pattern in some
]


def saying(text: str) -> Saying | None:
    """What a message asks for; None where it is nothing of the kind."""
    text = " ".join(deutsch.FILLERS.sub(" ", text).split()).strip(" .!?…")
    if len(text) > LONGEST:
        return None
    for command, pattern, is_plain in _PATTERNS:
        if (said := pattern.fullmatch(text)) is not None:
            title = next((one for one in said.groups() if one), "it" if said.groups() else "")
            title = title.strip(" \"'“”‘’„")
            return Saying(command, "it" if title in deutsch.PRONOUNS else title, is_plain)
    return None
