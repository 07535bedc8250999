"""What a list is asked to hold: a value that is typed, chosen in a panel, and kept with the list."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from itertools import product
from math import inf
from typing import Any, Literal, Self, get_args

from data.people import ROLES, Role

Depth = Literal["popular", "balanced", "deep"]
ListSource = Literal["all", "watchlist", "not on watchlist"]
Seen = Literal["unseen", "any", "seen"]
Constraint = Literal[
    "genres",
    "every",
    "without",
    "years",
    "without_years",
    "without_films",
    "runtime",
    "people",
    "either_people",
    "without_people",
    "origins",
    "without_origins",
    "without_moods",
    "source",
    "seen",
]
"""A filter that can leave a list empty; the depth never does, nor do moods and films that it should be like."""

LIST_LENGTH = 10
"""How many films a list has, unless fewer are asked for."""

CONSTRAINTS: tuple[Constraint, ...] = get_args(Constraint)


@dataclass(frozen=True, slots=True)
class Years:
    """A stretch of years, both ends in it, without the `gaps` in it; None leaves an end open.

    The 80s or the 2010s are 1980 to 2019 without 1990 to 2009.
    """

    first: int | None
    last: int | None
    gaps: tuple[tuple[int, int], ...] = ()

    @classmethod
    def any_of(cls, stretches: "Iterable[Years]") -> Self:
        """The years that are in one of some stretches without gaps, at least one."""
        first, *others = sorted(stretches, key=lambda one: -inf if one.first is None else one.first)
        last, gaps = first.last, []
        for one in others:
            if last is None or one.first is None or one.first <= last + 1:
                last = None if last is None or one.last is None else max(last, one.last)
            else:
                gaps.append((last + 1, one.first - 1))
                last = one.last
        return cls(first.first, last, tuple(gaps))

    @property
    def stretches(self) -> "tuple[Years, ...]":
        """Without gaps, in order."""
        firsts, lasts = [self.first, *(end + 1 for _, end in self.gaps)], [*(at - 1 for at, _ in self.gaps), self.last]
        return tuple(map(Years, firsts, lasts))

    def within(self, other: "Years") -> "Years | None":
        """The years that both have; None where there are none."""
        common = []
        for one, two in product(self.stretches, other.stretches):
            first = max((year for year in (one.first, two.first) if year is not None), default=None)
            last = min((year for year in (one.last, two.last) if year is not None), default=None)
            if first is None or last is None or first <= last:
                common.append(Years(first, last))
        return Years.any_of(common) if common else None


@dataclass(frozen=True, slots=True)
class Runtime:
    """A stretch of minutes, both ends in it; None leaves an end open."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as the films write the name, who directs them, plays in them, or either where no role is named."""

    name: str
    role: Role | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        return ROLES if self.role is None else (self.role,)


@dataclass(frozen=True, slots=True)
class Liked:
    """A film that the list should be like, or should not hold; its title and year are for who reads that."""

    movie_id: int
    label: str


ANY_YEAR = Years(None, None)
ANY_LENGTH = Runtime(None, None)


@dataclass(frozen=True, slots=True)
class Filters:
    """Films of any of `genres`, of all of `every` and none of `without`; `count` of them.

    All `people` have a part in each, any of `either_people`, and none of `without_people`. They are in a language or
    from a country of any of `origins` and none of `without_origins`. What is nearest to `moods` and the films of `like`
    comes first; a film that carries one of `without_moods`, is from `without_years` or one of `without_films`, is left
    out. `seen` films are left out unless they are asked for. A member's saved defaults are added where the list is
    made, unless it is to be without them.
    """

    genres: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    years: Years = ANY_YEAR
    depth: Depth = "balanced"
    source: ListSource = "all"
    count: int = LIST_LENGTH
    every: tuple[str, ...] = ()
    runtime: Runtime = ANY_LENGTH
    people: tuple[Person, ...] = ()
    without_people: tuple[Person, ...] = ()
    origins: tuple[str, ...] = ()
    without_origins: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    without_moods: tuple[str, ...] = ()
    like: tuple[Liked, ...] = ()
    seen: Seen = "unseen"
    with_defaults: bool = True
    without_years: tuple[Years, ...] = ()
    either_people: tuple[Person, ...] = ()
    without_films: tuple[Liked, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether nothing but a count was asked for."""
        return replace(self, count=LIST_LENGTH) == PLAIN

    @property
    def admits_all(self) -> bool:
        """Whether every film of the catalogue fits."""
        return replace(self, depth=PLAIN.depth, count=PLAIN.count, with_defaults=True) == PLAIN

    @property
    def wanted_genres(self) -> tuple[str, ...]:
        """Those that a film must or may have."""
        return (*self.every, *self.genres)

    def joined(self, other: "Filters") -> Self:
        """All that one of the two asks for; of years, lengths, depths, sources and counts those of `other`."""
        merged: dict[str, Any] = {}
        for field in fields(self):
            one, two = getattr(self, field.name), getattr(other, field.name)
            if isinstance(one, tuple):
                merged[field.name] = tuple(dict.fromkeys((*one, *two)))
            elif two != getattr(PLAIN, field.name):
                merged[field.name] = two
        return replace(self, **merged)

    def has(self, part: Constraint) -> bool:
        return bool(getattr(self, part) != getattr(PLAIN, part))

    def loosened(self, part: Constraint) -> Self:
        """The same without one filter."""
        return replace(self, **{part: getattr(PLAIN, part)})

    def to_json(self) -> str:
        """Only what was asked for: `{"n": 10, "genres": ["Comedy"]}`."""
        asked: dict[str, Any] = {"n": self.count}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "count" and value != getattr(PLAIN, field.name):
                asked[field.name] = _plain(value)
        return json.dumps(asked)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote, now or in the days when a list had a length only."""
        asked = json.loads(text)
        return cls(
            count=int(asked["n"]),
            depth=asked.get("depth", "balanced"),
            source=asked.get("source", "all"),
            seen=asked.get("seen", "unseen"),
            with_defaults=asked.get("with_defaults", True),
            years=_years(asked.get("years", (None, None))),
            runtime=Runtime(*asked.get("runtime", (None, None))),
            people=tuple(Person(*one) for one in asked.get("people", ())),
            either_people=tuple(Person(*one) for one in asked.get("either_people", ())),
            without_people=tuple(Person(*one) for one in asked.get("without_people", ())),
            like=tuple(Liked(*one) for one in asked.get("like", ())),
            without_films=tuple(Liked(*one) for one in asked.get("without_films", ())),
            without_years=tuple(map(_years, asked.get("without_years", ()))),
            **{part: tuple(asked.get(part, ())) for part in _WORDS},
        )


_WORDS = ("genres", "every", "without", "origins", "without_origins", "moods", "without_moods")


def _plain(value: Any) -> Any:
    """A value as JSON has it: ranges and people as lists."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Years):
        return [value.first, value.last, *([value.gaps] if value.gaps else [])]
    return list(astuple(value)) if isinstance(value, Runtime | Person | Liked) else value


def _years(written: Sequence[Any]) -> Years:
    first, last, *gaps = written
    return Years(first, last, tuple((at, end) for at, end in gaps[0]) if gaps else ())


PLAIN = Filters()
"""The list that bare `recommend` gives."""
