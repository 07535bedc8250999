"""A reading beside the one that was expected: as meant, asked about, or wrong."""

from collections.abc import Callable, Iterable
from typing import Literal

from benchmarks.wishes.reading import Wish
from bot.errors import UserError
from bot.lists.filters import LIST_LENGTH, Filters
from bot.lists.wishes import Reading, WishReader
from bot.lists.wishes.everyday import everyday
from data import Catalogue
from data.folding import fold

Outcome = Literal["as meant", "asked", "wrong"]
NEWEST_YEARS = 5
"""Most years that count as the newest ones."""
SHORT_MIN = 100
"""A short film is no longer."""


def outcome(wish: Wish, reader: WishReader, catalogue: Catalogue) -> tuple[Outcome, bool]:
    """What came of a wish, and whether something to be left out was taken for a wish.

    Asked: a question, or words named as not understood, where all else that was read is part of what was meant.
    """
    try:
        reading = reader.read(wish.text)
    except UserError:
        return "asked" if wish.ask else "wrong", False
    wrongs = _wrongs(wish, reading, catalogue)
    has_asked = any(one.topic for one in reading.unread)
    named = {one.text.casefold() for one in reading.unread if not one.topic}
    is_turned = _is_turned(wish, reading.filters)
    if wish.ask and (has_asked or named) and not wrongs - {"unknown", "less"}:
        return "asked", is_turned
    if not wrongs and not has_asked:
        return "as meant", is_turned
    is_asked = (has_asked or bool(named - set(wish.unknown))) and wrongs <= {"less", "unknown"}
    return "asked" if is_asked else "wrong", is_turned


def _is_turned(wish: Wish, filters: Filters) -> bool:
    """Whether an exclusion became a wish."""
    countries = {everyday().countries[one] for one in filters.origins}
    people = {fold(one.name) for one in (*filters.people, *filters.either_people)}
    extra_moods = len(filters.moods) > len(wish.moods) + len(wish.but)
    return bool(
        set(wish.without) & set(filters.wanted_genres)
        or (wish.without_moods and extra_moods and len(filters.without_moods) < len(wish.without_moods))
        or set(wish.without_countries) & countries
        or {fold(one) for one in wish.without_people} & people
    )


def _wrongs(wish: Wish, reading: Reading, catalogue: Catalogue) -> set[str]:
    """The parts that differ; `less` where something was not read, and no other thing was read in its place."""
    filters, wrongs = reading.filters, set[str]()

    def same(name: str, found: Iterable[object], expected: Iterable[object]) -> None:
        found, expected = set(found), set(expected)
        if found != expected:
            wrongs.add("less" if found < expected else name)

    wanted = set(filters.wanted_genres)
    extra = wanted - {*wish.all_of, *wish.any_of} - ({"Children"} if wish.for_kids else set())
    as_mood = extra & wish.carries.genres
    changed = {"Comedy"} if "funnier" in wish.but else {"Horror"} if "scarier" in wish.but else set[str]()
    same("genres", wanted - as_mood - changed, {*wish.all_of, *wish.any_of, *(["Children"] if wish.for_kids else ())})
    if len(wish.all_of) + len(wish.any_of) > 1 and not wrongs and set(filters.genres) - as_mood != set(wish.any_of):
        wrongs.add("any or all")
    same("without", filters.without, wish.without)
    moods = len(filters.moods) + len(as_mood) - sum(change in wish.but for change in ("darker", "lighter", "scarier"))
    if moods < len(wish.moods):
        wrongs.add("less")
    if moods > 0 and not wish.moods and not wish.but:
        wrongs.add("moods")
    if len(filters.without_moods) < len(wish.without_moods):
        wrongs.add("less")
    if filters.without_moods and not wish.without_moods and "less violent" not in wish.but:
        wrongs.add("without moods")
    same("like", (catalogue[one.movie_id].raw_title for one in filters.like), wish.like)
    same("people", (fold(one.name) for one in (*filters.people, *filters.either_people)), map(fold, wish.people))
    same("without people", (fold(one.name) for one in filters.without_people), map(fold, wish.without_people))
    same("countries", (everyday().countries[one] for one in filters.origins), wish.countries)
    same("without countries", (everyday().countries[one] for one in filters.without_origins), wish.without_countries)
    wrongs |= {"less" for change in wish.but if not _CHANGES[change](filters, _year(wish, catalogue))}
    _compare_ranges(wish, filters, catalogue.last_year, wrongs)
    if (
        filters.depth != wish.depth and not {"less known", "better known"} & {*wish.but}
    ) or filters.source != wish.source:
        wrongs.add("depth" if filters.depth != "balanced" else "less")
    if filters.count != (wish.count or LIST_LENGTH):
        wrongs.add("count" if filters.count != LIST_LENGTH else "less")
    if wish.surprise and not reading.says_something:
        wrongs.add("less")
    if {one.text.casefold() for one in reading.unread if not one.topic} != set(wish.unknown):
        wrongs.add("unknown")
    return wrongs


def _compare_ranges(wish: Wish, filters: Filters, last_year: int, wrongs: set[str]) -> None:
    years, runtime = filters.years, filters.runtime
    if wish.new:
        if years.first is None or years.last is not None or years.first <= last_year - NEWEST_YEARS:
            wrongs.add("less" if years.first is years.last is None else "years")
    elif not {"newer", "older"} & {*wish.but} and (years.first, years.last) != (wish.first, wish.last):
        wrongs.add("less" if years.first is years.last is None else "years")
    if wish.short or "shorter" in wish.but:
        if runtime.most is None or (wish.short and runtime.most > SHORT_MIN):
            wrongs.add("less" if runtime.most is None else "runtime")
    elif (runtime.least, runtime.most) != (wish.runtime_min, wish.runtime_max):
        wrongs.add("less" if runtime.least is runtime.most is None else "runtime")


def _year(wish: Wish, catalogue: Catalogue) -> int:
    return max((one.year or 0 for one in catalogue.values() if one.raw_title in wish.like), default=0)


_CHANGES: dict[str, Callable[[Filters, int], bool]] = {
    "darker": lambda filters, _: "dark" in filters.moods,
    "lighter": lambda filters, _: "feel-good" in filters.moods,
    "funnier": lambda filters, _: "Comedy" in filters.wanted_genres,
    "scarier": lambda filters, _: "scary" in filters.moods,
    "less violent": lambda filters, _: "violent" in filters.without_moods,
    "newer": lambda filters, year: (filters.years.first or 0) > year,
    "older": lambda filters, year: (filters.years.last or 9999) < year,
    "shorter": lambda filters, _: filters.runtime.most is not None,
    "less known": lambda filters, _: filters.depth == "deep",
    "better known": lambda filters, _: filters.depth == "popular",
}
"""Whether the filters ask for a change, given the year of the film that was named."""
