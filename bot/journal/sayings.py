"""What people say to have something taken back: `forget that`, `take it back`, `undo Heat`, `mach das rückgängig`."""

import re
from typing import Literal

What = Literal["it", "rating", "several"]

_BEFORE = (
    "please|pls|hey|oh|oops|sorry|no|wait|ok|okay|and|can you|could you",
    "bitte|ups|nein|warte|und|kannst du",
)
_IT = r"(?:that|this|it|that one|(?:the|my) last (?:one|thing|change)|what i (?:just )?(?:said|did))"
_ES = r"(?:das|es|dies|das letzte|(?:die|meine) letzte änderung)"
_RATING = r"(?:(?:(?:the|my|that|this) )?(?:last )?rating|(?:(?:die|meine|diese) )?(?:letzte )?bewertung)"
_SEVERAL = (
    r"(?:(?:all of )?(?:the|my|those) last (?:two|three|four|five|few|couple|couple of|[2-9]|\d\d+)(?: \w+)?"
    r"|both|(?:the|my|those) (?:last )?(?:ratings|changes)"
    r"|(?:die|meine) letzten(?: (?:zwei|drei|vier|fünf|paar|beiden|\d+))?(?: \w+)?|beide)"
)
_WHAT = rf"(?P<what>{_IT}|{_ES}|{_RATING}|{_SEVERAL})"
_SAID = (
    rf"(?:undo|forget|forget about|scratch|revert|delete|remove) {_WHAT}",
    rf"take {_WHAT} back",
    rf"take back {_WHAT}",
    r"(?:that|this|it) was (?:a mistake|an accident)|i did(?:n['’]?t| not) mean (?:that|it)",
    rf"(?:mach|mache) (?:{_WHAT} )?(?:wieder |bitte |doch )*rückgängig",
    rf"(?:{_WHAT} )?(?:bitte |wieder )*rückgängig(?: machen)?",
    rf"nimm {_WHAT} (?:bitte |wieder )*zurück",
    rf"vergiss {_WHAT}(?: wieder)?",
    rf"{_WHAT} (?:bitte )?zurücknehmen",
    r"das war (?:ein (?:fehler|versehen)|nicht so gemeint)",
)
_FILM = (
    r"undo (?P<film>.+)",
    r"take (?P<film>.+) back",
    r"take back (?P<film>.+)",
    r"(?:mach|mache) (?P<film>.+?) (?:wieder |bitte |doch )*rückgängig",
    r"nimm (?P<film>.+?) (?:bitte |wieder )*zurück",
)
_PLEASE = rf"(?:(?:{'|'.join(_BEFORE)})[\s,!.]+)*"
_THANKS = r"(?:[\s,]+(?:please|pls|again|thanks|bitte|danke))*"
_PATTERNS = [re.compile(f"{_PLEASE}(?:{one}){_THANKS}", re.IGNORECASE) for one in _SAID]
_OF_FILM = [re.compile(f"{_PLEASE}(?:{one}){_THANKS}", re.IGNORECASE) for one in _FILM]
_KINDS: dict[What, re.Pattern[str]] = {
    "it": re.compile(rf"(?:{_IT}|{_ES}){_THANKS}|please|pls|bitte", re.IGNORECASE),
    "rating": re.compile(_RATING + _THANKS, re.IGNORECASE),
    "several": re.compile(rf"(?:{_SEVERAL}|all|everything|alles){_THANKS}", re.IGNORECASE),
}
_HISTORY = re.compile(
    r"(?:(?:please|can you|bitte) )?(?:(?:show|list|open|see|zeig)(?: me| mir)? )?(?:(?:my|the|meinen|den) )?"
    r"(?:history|changes|verlauf|änderungen)(?: please| bitte)?"
    r"|what (?:have i|did i) change[d]?|was habe? ich (?:alles )?geändert",
    re.IGNORECASE,
)


def to_undo(text: str) -> str | None:
    """What is to be taken back, in the words that were used; None where somebody says anything else."""
    text = _bare(text)
    for pattern in _PATTERNS:
        if (said := pattern.fullmatch(text)) is not None:
            return next(filter(None, said.groups()), "that")
    return None


def film_to_undo(text: str) -> str | None:
    """What may be a film in `undo Heat`; `forget Heat` is another matter."""
    text = _bare(text)
    said = next(filter(None, (pattern.fullmatch(text) for pattern in _OF_FILM)), None)
    return None if said is None else next(filter(None, said.groups()))


def what(text: str) -> What | None:
    """What stands behind `undo`; None where it may be a film."""
    return next((kind for kind, pattern in _KINDS.items() if pattern.fullmatch(_bare(text))), None)


def is_history(text: str) -> bool:
    """Whether somebody asks for what they have changed."""
    return _HISTORY.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .!?…")
