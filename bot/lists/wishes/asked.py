"""What was read of a wish so far, and what it comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.lists.filters import (
    ANY_LENGTH,
    ANY_YEAR,
    LIST_LENGTH,
    Depth,
    Filters,
    Liked,
    ListSource,
    Person,
    Runtime,
    Seen,
    Years,
)
from bot.lists.wishes.errors import ContradictionError
from bot.lists.wishes.everyday import BAD, BEST_RATED, everyday
from bot.lists.wishes.numbers import bounded

T = TypeVar("T")
Join = str
"""`and`, `or`, `comma`, `beside` for what stands next to each other, or empty for what does not."""


@dataclass(frozen=True, slots=True)
class Date:
    """Years as they were said: a stretch, or a bound; `is_out` for a bound that says what is not wanted."""

    years: Years
    typed: str
    join: Join
    is_bound: bool = False
    is_out: bool = False


@dataclass(slots=True)
class Asked:
    """Each thing with the words that said it first."""

    wanted: list[tuple[tuple[str, ...], Join]] = field(default_factory=list)
    genres: dict[str, str] = field(default_factory=dict)
    without: dict[str, str] = field(default_factory=dict)
    moods: dict[str, str] = field(default_factory=dict)
    without_moods: dict[str, str] = field(default_factory=dict)
    people: dict[Person, str] = field(default_factory=dict)
    is_any_person: bool = False
    """Whether one of the people is enough."""
    without_people: dict[Person, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    without_origins: dict[str, str] = field(default_factory=dict)
    like: dict[Liked, str] = field(default_factory=dict)
    without_films: dict[Liked, str] = field(default_factory=dict)
    depth: dict[Depth, str] = field(default_factory=dict)
    source: dict[ListSource, str] = field(default_factory=dict)
    seen: dict[Seen, str] = field(default_factory=dict)
    count: dict[int, str] = field(default_factory=dict)
    dates: list["Date"] = field(default_factory=list)
    without_years: dict[tuple[int, int], str] = field(default_factory=dict)
    lengths: list[tuple[Runtime, str]] = field(default_factory=list)
    with_defaults: bool = True

    def want(self, genres: tuple[str, ...], typed: str, join: Join) -> None:
        self.wanted.append((genres, join))
        for genre in genres:
            self.genres.setdefault(genre, typed)

    def date(self, bound: str, first: int, last: int, typed: str, join: Join = "", *, is_out: bool = False) -> None:
        if bound:
            self.dates.append(Date(bounded(bound, first, last, is_out=is_out), typed, join, True, is_out))
        elif is_out:
            self.without_years.setdefault((first, last), typed)
        else:
            self.dates.append(Date(Years(first, last), typed, join))

    @property
    def years(self) -> Years:
        """The stretches together, within all bounds; what `or` joins, or what nothing has in common, is a choice.

        Where nothing joins two that have no year in common, the later one counts (`clash`).
        """
        return _dated(self.dates)[0]

    @property
    def clash(self) -> tuple[str, str] | None:
        """The words for years that no film can have, of which the second ones count."""
        return _dated(self.dates)[1]

    def filters(self) -> Filters:
        """All of it; raises ContradictionError."""
        for wanted, unwanted in ((self.genres, self.without), (self.moods, self.without_moods)):
            for one in wanted.keys() & unwanted.keys():
                raise ContradictionError(wanted[one], unwanted[one])
        for mood, typed in self.without_moods.items():
            told_by = everyday().moods[mood].genres if mood in everyday().moods else ()
            if len(told_by) == 1 and told_by[0] in self.genres and mood in ("scary", "ghosts"):
                raise ContradictionError(self.genres[told_by[0]], typed)
        every, either = _every_or_any(self.wanted)
        years = self.years
        for (first, last), typed in self.without_years.items():
            if years.first is not None and years.last is not None and first <= years.first and years.last <= last:
                raise ContradictionError(self.dates[0].typed, typed)
        return Filters(
            genres=either,
            every=every,
            without=tuple(self.without),
            moods=tuple(one for one in self.moods if one != BEST_RATED or BAD not in self.moods),
            without_moods=tuple(self.without_moods),
            people=() if self.is_any_person else tuple(self.people),
            either_people=tuple(self.people) if self.is_any_person else (),
            without_people=tuple(self.without_people),
            origins=tuple(self.origins),
            without_origins=tuple(self.without_origins),
            like=tuple(one for one in self.like if one not in self.without_films),
            without_films=tuple(self.without_films),
            years=years,
            without_years=tuple(Years(*span) for span in self.without_years),
            runtime=_runtime(self.lengths),
            depth=_one(self.depth, "balanced"),
            source=_one(self.source, "all"),
            seen=_one(self.seen, "unseen"),
            with_defaults=self.with_defaults,
            count=_one(self.count, LIST_LENGTH),
        )


def _every_or_any(wanted: list[tuple[tuple[str, ...], Join]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Genres that all are needed, and those of which one is enough.

    What stands beside each other is one thing, as a horror comedy is; so is what `and` joins. `or` and commas are a
    choice, unless the last comma of a list is followed by `and`: `crime, drama and war`.
    """
    joins = [join for _, join in wanted]
    for place in range(len(joins) - 2, 0, -1):
        if joins[place] == "comma" and joins[place + 1] in ("and", "comma and"):
            joins[place] = "comma and"
    is_choice = [False] * len(wanted)
    for place, join in enumerate(joins):
        if place and join in ("or", "comma"):
            is_choice[place - 1] = is_choice[place] = True
    every = dict.fromkeys(
        genre for (of, _), choice in zip(wanted, is_choice, strict=True) if not choice for genre in of
    )
    either = dict.fromkeys(genre for (of, _), choice in zip(wanted, is_choice, strict=True) if choice for genre in of)
    either = {genre: None for genre in either if genre not in every}
    if len(every) == 1 and not either:
        return (), tuple(every)
    return tuple(every), tuple(either)


def _one(said: dict[T, str], otherwise: T) -> T:
    """The one value that was said; raises ContradictionError where there are two."""
    if len(said) > 1:
        one, other, *_ = said.values()
        raise ContradictionError(one, other)
    return next(iter(said), otherwise)


def _dated(dates: Sequence[Date]) -> tuple[Years, tuple[str, str] | None]:
    stretches = [place for place, one in enumerate(dates) if not one.is_bound]
    years, clash = Years.any_of(dates[place].years for place in stretches) if stretches else ANY_YEAR, None
    last = stretches[-1] if stretches else 0
    for place, one in enumerate(dates):
        if not one.is_bound:
            continue
        joins = {one.join if place else "", dates[place + 1].join if place + 1 < len(dates) else ""}
        common = years.within(one.years)
        is_choice = "or" in joins or (common is None and not joins.isdisjoint(("and", "comma")))
        if is_choice and not one.is_out and years != ANY_YEAR:
            years = Years.any_of((*years.stretches, *one.years.stretches))
        elif common is not None:
            years = common
        else:
            years = years if last > place else one.years
            clash = dates[min(last, place)].typed, dates[max(last, place)].typed
        last = max(last, place)
    return years, clash


def _runtime(lengths: Iterable[tuple[Runtime, str]]) -> Runtime:
    runtime, said = ANY_LENGTH, ""
    for one, typed in lengths:
        least, most = _within(runtime.least, runtime.most, one.least, one.most, said, typed)
        runtime, said = replace(runtime, least=least, most=most), typed
    return runtime


def _within(
    first: int | None, last: int | None, least: int | None, most: int | None, said: str, typed: str
) -> tuple[int | None, int | None]:
    first = max((one for one in (first, least) if one is not None), default=None)
    last = min((one for one in (last, most) if one is not None), default=None)
    if first is not None and last is not None and first > last:
        raise ContradictionError(said, typed)
    return first, last
