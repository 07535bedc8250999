"""Words that stand for the films spoken of: `it`, `that one`; in a list `the second one`, `1, 3 and 5`, `them all`."""

import re
from collections.abc import Callable, Sequence

IN_GERMAN = frozenset(
    {"ihn", "den", "das", "es", "sie", "die", "diesen", "dies", "den da", "den film", "diesen film", "der film"}
)

_IT = re.compile(r"(?:it|this|that)(?:\s+(?:one|film|movie))?|the (?:film|movie)|", re.IGNORECASE)

_ORDINALS = (
    "first 1st erste", "second 2nd zweite", "third 3rd dritte", "fourth 4th vierte", "fifth 5th fünfte",
    "sixth 6th sechste", "seventh 7th siebte", "eighth 8th achte", "ninth 9th neunte", "tenth 10th zehnte",
)  # fmt: skip
_PLACES = {word: place for place, words in enumerate(_ORDINALS, 1) for word in words.split()}
_LAST = frozenset({"last", "letzte"})
_COUNTS = ("two zwei beiden", "three drei", "four vier", "five fünf")
_COUNTED = {word: count for count, words in enumerate(_COUNTS, 2) for word in words.split()}

_ALL = re.compile(
    r"(?:(?:them|these|those)\s+)?all|all\s+(?:of\s+)?(?:them|these|those)|every\s+one\s+of\s+(?:them|these|those)"
    r"|(?:die\s+|sie\s+)?alle(?:\s+davon)?",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:(?:the|die|der|das|den|dem)\s+)?"
    r"(?:(?:(?:number|no\.?|nummer|nr\.?|film|movie)\s*|#)?(?P<number>[1-9][0-9]?)\.?"
    rf"|(?P<ordinal>{'|'.join((*_PLACES, *_LAST))})[nrs]?(?:\s+(?P<count>{'|'.join(_COUNTED)}))?)"
    r"(?:\s+(?:ones?|films?|filme|movies?))?(?:\s+(?:of\s+(?:them|these|those)|there|here|davon|da|auf der liste))?",
    re.IGNORECASE,
)
IN_SENTENCE = (
    r"(?:(?:number|no\.|nummer|nr\.)\s?[1-9][0-9]?\b(?![.,:]?\d)|(?<!\S)#[1-9][0-9]?\b(?![.,:]?\d)"
    rf"|(?:the|die|der|das|den|dem)\s+(?:{'|'.join(_PLACES)})[nrs]?"
    r"(?:\s+(?:one|film|movie)\b|(?=\s+(?:was|is|gets|deserves|war|ist|bekommt|verdient)\b)))"
)
"""A pattern of a place within a sentence, which is more than a number or a word that may say something else."""
_IN_SENTENCE = re.compile(rf"(?<!\w){IN_SENTENCE}", re.IGNORECASE)
_BUT = re.compile(rf"{IN_SENTENCE},? (?:but|aber|only|just|nur)\b", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|/|&|\b(?:and|und)\b)\s*(?:(?:and|und)\s+)?", re.IGNORECASE)
_MARKS = " .!?…"
LONGEST = 100
"""Characters of what names places."""


def is_pronoun(title: str) -> bool:
    """Whether it stands for a film that was spoken of: `it`, `that one`, or nothing at all."""
    return _IT.fullmatch(title) is not None


def is_it(title: str) -> bool:
    """The same in German too, where such words are titles as well: `den`, `Es`."""
    return is_pronoun(title) or title.casefold() in IN_GERMAN


def is_spoken_of(title: str) -> bool:
    """Whether it can only stand for films that were spoken of: `it`, or places in a list."""
    if is_it(title):
        return True
    places = title[:LONGEST].strip(_MARKS)
    return _ALL.fullmatch(places) is not None or all(_ONE.fullmatch(part) for part in _AND.split(places))


def placed(text: str, films: Sequence[int], first: int = 1) -> tuple[int, ...]:
    """Those of the films that a text names by their places, the first one's being `first`; none for anything else.

    The second is so in the list, or where this part of it has no second, among these films.
    """
    text = text.strip(_MARKS)
    if len(text) > LONGEST:
        return ()
    if _ALL.fullmatch(text):
        return tuple(films)
    found: list[int] = []
    for part in _AND.split(text):
        if (one := _ONE.fullmatch(part)) is None or not (some := _named(one, films, first)):
            return ()
        found += some
    return tuple(found)


def names_place(text: str) -> bool:
    """Whether a sentence may name a place in a list."""
    return _IN_SENTENCE.search(text) is not None


def begins_with_place(text: str) -> bool:
    """Whether a sentence asks for films like one at a place in a list: `number 3 but newer`."""
    return _BUT.match(text) is not None


def with_places_named(text: str, name: Callable[[str], str]) -> str:
    """A sentence with what `name` says in place of each place: `is number 3 any good`, `like the second one`."""
    return _IN_SENTENCE.sub(lambda one: name(one[0]), text)


def _named(one: re.Match[str], films: Sequence[int], first: int) -> Sequence[int]:
    if one["number"]:
        return _at(int(one["number"]), films, first)
    word, count = one["ordinal"].casefold(), one["count"]
    if word in _LAST:
        return films[-_COUNTED[count.casefold()] if count else -1 :]
    if count:
        return films[: _COUNTED[count.casefold()]] if _PLACES[word] == 1 else ()
    return _at(_PLACES[word], films, first)


def _at(place: int, films: Sequence[int], first: int) -> Sequence[int]:
    index = place - first if place >= first else place - 1
    return films[index : index + 1]
