"""What people call genres, moods, times and places: the words of `everyday.toml`, by how they are compared."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from bot.lists.wishes.shown import QUALITIES, THEMES
from data.folding import fold
from data.people import Role

WIDEST = 7
"""Words of the longest phrase."""
BEST_RATED = "best rated"
"""The mood that no film has by itself: a film is among the best rated of those that are asked for."""
ACCLAIMED = "acclaimed"
"""The mood of films that were given prizes, which few are marked with."""
BAD = "bad"
"""The mood beside which `of all time` asks for none of the best."""


class Meaning(NamedTuple):
    """`kind` is the table of `everyday.toml` or a word's part in the sentence, `value` what it stands for."""

    kind: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Mood:
    """A film has it that was given any of `tags`; where a catalogue has no tags, one of all the `genres`.

    `shown` is what such a film is, if it `is_quality`, as `sad`, or else what it has, as `aliens`; a message.
    """

    shown: str
    is_quality: bool = False
    tags: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Everyday:
    """The file, read."""

    meanings: Mapping[str, Meaning]
    genres: Mapping[str, Sequence[str]]
    moods: Mapping[str, Mood]
    codes: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, str]
    people: Mapping[str, tuple[str, Role]] = field(default_factory=dict)


def key(text: str) -> str:
    """Words as they are compared: letters and digits alone, without a plural's ending."""
    if not text.isascii() and any(unicodedata.category(one) == "So" for one in text):
        return text.replace("\ufe0f", "")
    folded = fold(text).replace(" ", "")
    if folded.endswith(("ies", "ie")) and len(folded) > 4:
        return folded[: folded.rindex("ie")] + "y"
    return folded[:-1] if folded.endswith("s") and not folded.endswith("ss") and len(folded) > 3 else folded


@cache
def everyday() -> Everyday:
    """Read once."""
    told = tomllib.loads(files(__package__).joinpath("everyday.toml").read_text("utf-8"))
    meanings: dict[str, Meaning] = {}
    for phrase, meaning in _phrases(told):
        meanings.setdefault(key(phrase), meaning)
    people: dict[str, tuple[str, Role]] = {}
    roles: tuple[tuple[str, Role], ...] = (("directors", "director"), ("leads", "lead"))
    named = [(name, role) for table, role in roles for name in told["people"][table]]
    for name, role in named:
        people.setdefault(fold(name), (name, role))
    for other, name in told["people"]["others"].items():
        people.setdefault(fold(other), people[fold(name)])
    last_names = [fold(name).split(" ")[-1] for name, _ in named]
    for (name, role), last in zip(named, last_names, strict=True):
        if last_names.count(last) == 1 and key(last) not in meanings:
            people.setdefault(last, (name, role))
    return Everyday(
        meanings,
        told["genres"],
        {
            name: Mood(QUALITIES.get(name) or THEMES[name], name in QUALITIES, tuple(one["tags"]), tuple(one["genres"]))
            for name, one in told["moods"].items()
        },
        {name: tuple(one["codes"]) for name, one in told["places"].items()},
        {name: one["country"] for name, one in told["places"].items()},
        people,
    )


def mood(name: str) -> Mood:
    """One of these, or a tag that is a theme of its own."""
    return everyday().moods.get(name) or Mood(name, tags=(name,))


def codes_of(origin: str) -> tuple[str, ...]:
    """How catalogues write a language and its country, in small letters."""
    return everyday().codes.get(origin, ())


def _phrases(told: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    """Each phrase with what it means, the ones that go before others first."""
    for kind in ("depths", "sources", "seen", "defaults", "times", "lengths", "asked", "grown_up"):
        for value, phrases in told[kind].items():
            yield from ((phrase, Meaning(kind, value)) for phrase in phrases)
    for one in told["genres_together"].values():
        yield from ((phrase, Meaning("genre", tuple(one["genres"]))) for phrase in one["words"])
    for genre, phrases in told["genres"].items():
        yield from ((phrase, Meaning("genre", (genre,))) for phrase in phrases)
    for name, one in told["places"].items():
        yield from ((phrase, Meaning("place", name)) for phrase in one["words"])
    for name, one in told["moods"].items():
        yield from ((phrase, Meaning("mood", name)) for phrase in one["words"])
    for kind, phrases in told["words"].items():
        if kind not in ("light", "filler"):
            yield from ((phrase, Meaning("filler" if kind == "phrases" else kind)) for phrase in phrases)
    for kind in ("light", "filler"):
        yield from ((word, Meaning(kind)) for word in told["words"][kind].split())
