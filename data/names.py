"""The names a film answers to, folded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from data.folding import COUNTED, fold, respell
from data.titles import Name, read_name, read_title, split_subtitle

_COUNTING = re.compile(rf" (?:{'|'.join(sorted(COUNTED))}) ")
_UNCOUNTED = re.compile(rf" (?:{'|'.join(sorted(COUNTED))}) (?=\d)")


class Kind(IntEnum):
    """How much of a name it is: the lower, the surer the film is meant."""

    TITLE = 0
    """The title."""
    OTHER = 1
    """An original or other title, given in brackets."""
    PART = 2
    """The title without its sub- or series title, or without the word "part": `empire strikes back`, `kill bill 2`."""


@dataclass(slots=True)
class FoldedName:
    """A name, folded. `forms` are its spellings: itself, numbers in digits, and both without the article."""

    text: str
    forms: tuple[str, ...]
    kind: Kind

    @classmethod
    def of(cls, name: Name, kind: Kind) -> "FoldedName":
        text = fold(name.text)
        spelled = respell(text)
        forms = (text,) if spelled == text else (text, spelled)
        if name.bare != name.text:
            bare = fold(name.bare)
            forms = tuple(dict.fromkeys((*forms, bare, respell(bare))))
        return cls(text, forms, kind)


def names_of(raw_title: str) -> list[FoldedName]:
    """Every name of a film, its title first; a name that occurs twice keeps its surer kind."""
    parts = read_title(raw_title)
    main = FoldedName.of(parts.main, Kind.TITLE)
    names = {main.text: main}
    for other in parts.others:
        name = FoldedName.of(other, Kind.OTHER)
        names.setdefault(name.text, name)
    for part in _parts_of(parts.main.text):
        name = FoldedName.of(read_name(part), Kind.PART)
        names.setdefault(name.text, name)
    for name in list(names.values()):
        for form in name.forms if _COUNTING.search(name.text) else ():
            if (shorter := _UNCOUNTED.sub(" ", form)) != form:
                names.setdefault(shorter, FoldedName(shorter, (shorter,), Kind.PART))
    return list(names.values())


def _parts_of(title: str) -> Iterator[str]:
    """Beginnings and ends of a title that breaks at a colon or dash, without a mere `Part 2`."""
    parts = split_subtitle(title)
    for cut in range(1, len(parts)):
        yield " ".join(parts[:cut])
        words = fold(" ".join(parts[cut:])).split(" ")
        if words[0] not in COUNTED or len(words) > 2:
            yield " ".join(parts[cut:])
