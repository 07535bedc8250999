"""What people say to have the last thing taken back: `forget that`, `take it back`, `mach das rückgängig`."""

import re

_BEFORE = (
    "please|pls|hey|oh|oops|sorry|no|wait|ok|okay|and|can you|could you",
    "bitte|ups|nein|warte|und|kannst du",
)
_IT = r"(?:that|this|it|that one|(?:the|my) last (?:one|thing|rating|change)|what i (?:just )?(?:said|did))"
_ES = r"(?:das|es|dies|das letzte|(?:die|meine) letzte (?:bewertung|änderung))"
_SAID = (
    rf"(?:undo|forget|forget about|scratch|revert) {_IT}",
    rf"take {_IT} back|take back {_IT}",
    r"(?:that|this|it) was (?:a mistake|an accident)|i did(?:n['’]?t| not) mean (?:that|it)",
    rf"(?:mach|mache) (?:{_ES} )?(?:wieder |bitte |doch )*rückgängig",
    rf"(?:{_ES} )?(?:bitte |wieder )*rückgängig(?: machen)?",
    rf"nimm {_ES} (?:bitte |wieder )*zurück|vergiss {_ES}(?: wieder)?|{_ES} (?:bitte )?zurücknehmen",
    r"das war (?:ein (?:fehler|versehen)|nicht so gemeint)",
)
_PATTERN = re.compile(
    rf"(?:(?:{'|'.join(_BEFORE)})[\s,!.]+)*(?:{'|'.join(_SAID)})(?:[\s,]+(?:please|pls|again|thanks|bitte|danke))*",
    re.IGNORECASE,
)


def is_undo(text: str) -> bool:
    """Whether somebody says that and nothing else; `forget me` is another matter."""
    return _PATTERN.fullmatch(" ".join(text.split()).strip(" .!?…")) is not None
