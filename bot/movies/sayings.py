"""What people say of a film that is spoken of: `why?`, `more like this`, `remove my rating`."""

import re
from dataclasses import dataclass

from bot.movies import deutsch

LONGEST = 100
"""Characters; what is longer says more."""

_TITLE, _OTHER = r"(?P<title>.+?)", r"(?P<other>.+?)"
_MINE = r"(?:(?:my|the|this|that) )?(?:rating|stars)"
_SOME = r"(?:some(?:thing)?|any(?:thing)?|films|movies|ones|what(?:['’]?s| is))"
_SAID: tuple[tuple[str, str], ...] = (
    ("why", rf"why(?: (?:is|was) {_TITLE} (?:here|(?:on|in) (?:my|the|this) list))?|how come"),
    ("why", rf"(?:why|explain) {_TITLE}|why (?:would|should|will|might) i (?:like|love|watch|see|enjoy) {_OTHER}"),
    ("similar", rf"(?:{_SOME} )?(?:more |else )?(?:like|similar to) {_TITLE}|more of (?:this|that|it)"),
    ("similar", rf"(?:(?:{_SOME}|more) )?similar(?: ones?| films?| movies?)?"),
    ("unrate", rf"(?:remove|delete|clear|drop|forget|take back|undo|cancel) {_MINE}(?: (?:of|for|from) {_TITLE})?"),
    ("unrate", rf"unrate(?: {_TITLE})?|take {_MINE} (?:back|away|off)"),
    ("rate", r"(?:it['’]?s )?(?:meh|so[ -]so)"),
    ("trailer", rf"(?:(?:is there|have you|got|watch|see|play) )?(?:a |the |any )?trailer(?: (?:of|for|to) {_TITLE})?"),
    ("movie", rf"(?:tell me )?more about {_TITLE}|tell me more|(?:more )?(?:details|info)"),
    ("movie", rf"what(?:['’]?s| is) {_TITLE} about"),
)
_BEFORE = r"(?:(?:please|pls|and|but|so|ok|okay|hm+|show me|give me|find me|bitte|und|aber|zeig mir)[ ,]+)*"
_AFTER = r"(?:[ ,]+(?:please|pls|then|though|bitte|denn))*"
_PATTERNS = [
    (command, re.compile(f"{_BEFORE}(?:{pattern}){_AFTER}", re.IGNORECASE))
    for command, pattern in (*_SAID, *deutsch.SAID)
]


@dataclass(frozen=True, slots=True)
class Saying:
    """A command that takes a film, and what the film is called by: `it` where nothing is."""

    command: str
    title: str


def saying(text: str) -> Saying | None:
    """What a message asks of a film; None where it is nothing of the kind."""
    text = " ".join(text.split()).strip(" .!?…")
    if len(text) > LONGEST:
        return None
    for command, pattern in _PATTERNS:
        if (said := pattern.fullmatch(text)) is not None:
            return Saying(command, next((one for one in said.groups() if one), "it"))
    return None
