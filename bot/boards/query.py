"""What a board is asked for, and how its buttons remember that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from zlib import crc32

from bot.errors import StaleComponentError
from bot.lists.filters import PLAIN, Filters, Years

Kind = Literal["films", "gems", "divisive", "raters"]
KINDS: dict[str, Kind] = {
    "films": "films", "film": "films", "movies": "films", "movie": "films",
    "gems": "gems", "gem": "gems",
    "divisive": "divisive", "divided": "divisive",
    "raters": "raters", "rater": "raters", "people": "raters",
    "filme": "films", "geheimtipps": "gems", "geheimtipp": "gems", "spaltet": "divisive", "bewerter": "raters",
}  # fmt: skip
EVERYWHERE = frozenset({"everywhere", "global", "movielens", "überall"})

SERVER_ONLY: tuple[Kind, ...] = ("divisive", "raters")
"""The catalogue keeps how much people love a film, not who, nor how far apart they are in stars."""

GENRES = (
    *("Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama", "Fantasy"),
    *("Film-Noir", "Horror", "IMAX", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western"),
)
"""MovieLens's, each with its place as its bit; the order never changes."""

OTHER_BITS = 29
"""For genres of other data sets; so many that three numbers of them still fit into a custom id."""

GAPS = 1
"""Between stretches of years; a second one would not fit into a custom id."""

NAMED_BITS = 2
"""Marks numbers whose bits are those of `_bit`, and not places in the list of the catalogue of that day."""


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """Which board; of `filters` only genres and years are asked."""

    kind: Kind = "films"
    everywhere: bool = False
    filters: Filters = PLAIN


def written(query: BoardQuery) -> tuple[str, str]:
    """A query as two arguments of a button: the kind, and where, genres and years."""
    filters = query.filters
    parts = (filters.genres, filters.without, filters.every)
    genres, without, every = (sum({1 << _bit(one) for one in part}) for part in parts)
    first, last = filters.years.first or 0, filters.years.last or 0
    gap = [number for at, end in filters.years.gaps[:GAPS] for number in (at - first, end - at)]
    numbers = [query.everywhere | NAMED_BITS, genres, without, first, last, *([every, *gap] if every or gap else ())]
    return query.kind, ".".join(f"{one:x}" for one in numbers)


def unwritten(kind: Kind, text: str, catalogue: Sequence[str]) -> BoardQuery:
    """What `written` wrote, with the genres of a catalogue; raises StaleComponentError for anything else."""
    try:
        where, genres, without, first, last, *more = (int(one, 16) for one in text.split("."))
        every, *gap = more or (0,)
        gaps = tuple((first + at, first + at + years) for at, years in zip(gap[::2], gap[1::2], strict=True))
    except ValueError as error:
        raise StaleComponentError from error
    bits = {one: _bit(one) if where & NAMED_BITS else place for place, one in enumerate(catalogue)}

    def named(number: int) -> tuple[str, ...]:
        found = tuple(genre for genre, bit in bits.items() if number >> bit & 1)
        if len(found) != number.bit_count():
            raise StaleComponentError
        return found

    years = Years(first or None, last or None, gaps)
    filters = replace(PLAIN, genres=named(genres), every=named(every), without=named(without), years=years)
    return BoardQuery(kind, bool(where & 1), filters)


def _bit(genre: str) -> int:
    """The same in every catalogue; where two of other data sets share one, their buttons are stale."""
    return GENRES.index(genre) if genre in GENRES else len(GENRES) + crc32(genre.encode()) % OTHER_BITS
