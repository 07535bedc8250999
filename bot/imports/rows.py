"""What is read out of an export, whichever site wrote it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Site = Literal["movielens", "letterboxd", "imdb", "trakt", "marquee"]
RowKind = Literal["rating", "watchlist", "hidden", "seen"]
Fault = Literal["rating", "title", "row"]
LeftOut = Literal["unrated", "series"]

MAX_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One film of the file. `stars` are there for ratings only, `at` (epoch seconds) where the file says when.

    `movie_id` is MovieLens' number. What `is_series` is looked for by its numbers only.
    """

    kind: RowKind
    title: str
    year: int | None = None
    stars: float | None = None
    at: int | None = None
    movie_id: int | None = None
    imdb_id: int | None = None
    tmdb_id: int | None = None
    is_series: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that was passed over; `line` counts from 1 (the header), `text` is what stood there."""

    file: str
    line: int
    fault: Fault
    text: str


@dataclass(slots=True)
class Reading:
    """Everything in one upload.

    `id_space` says how `movie_id` counts, None where it is not known; `scale` is that of the file's ratings.
    """

    source: Site
    rows: list[Row] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    id_space: str | None = None
    scale: int = 5
