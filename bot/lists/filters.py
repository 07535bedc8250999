"""What a list is asked to hold: a value that is typed, chosen in a panel, and kept with the list."""

import json
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

Depth = Literal["popular", "balanced", "deep"]
ListSource = Literal["all", "watchlist"]
Constraint = Literal["genres", "without", "years", "source"]
"""A filter that can leave a list empty; the depth never does."""

LIST_LENGTH = 10
"""How many films a list has, unless fewer are asked for."""

CONSTRAINTS: tuple[Constraint, ...] = ("genres", "without", "years", "source")


@dataclass(frozen=True, slots=True)
class Years:
    """A stretch of years, both ends in it; None leaves an end open."""

    first: int | None
    last: int | None


ANY_YEAR = Years(None, None)


@dataclass(frozen=True, slots=True)
class Filters:
    """Films of any of `genres` and none of `without`, from those `years`; `count` of them."""

    genres: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    years: Years = ANY_YEAR
    depth: Depth = "balanced"
    source: ListSource = "all"
    count: int = LIST_LENGTH

    @property
    def is_plain(self) -> bool:
        """Whether nothing but a count was asked for."""
        return replace(self, count=LIST_LENGTH) == PLAIN

    @property
    def admits_all(self) -> bool:
        """Whether every film of the catalogue fits."""
        return replace(self, depth=PLAIN.depth, count=PLAIN.count) == PLAIN

    def has(self, part: Constraint) -> bool:
        return bool(getattr(self, part) != getattr(PLAIN, part))

    def loosened(self, part: Constraint) -> Self:
        """The same without one filter."""
        return replace(self, **{part: getattr(PLAIN, part)})

    def to_json(self) -> str:
        """Only what was asked for: `{"n": 10, "genres": ["Comedy"]}`."""
        asked: dict[str, Any] = {"n": self.count}
        for name in ("genres", "without", "depth", "source"):
            if getattr(self, name) != getattr(PLAIN, name):
                asked[name] = getattr(self, name)
        if self.years != ANY_YEAR:
            asked["years"] = [self.years.first, self.years.last]
        return json.dumps(asked)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote, now or in the days when a list had a length only."""
        asked = json.loads(text)
        return cls(
            genres=tuple(asked.get("genres", ())),
            without=tuple(asked.get("without", ())),
            years=Years(*asked.get("years", (None, None))),
            depth=asked.get("depth", "balanced"),
            source=asked.get("source", "all"),
            count=int(asked["n"]),
        )


PLAIN = Filters()
"""The list that bare `recommend` gives."""
