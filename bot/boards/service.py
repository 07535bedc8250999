"""Boards: a server's best loved films, its hidden gems, what divides it and who rates most.

`everywhere` is what MovieLens's people think: members of other servers stand on no board here, `public` or not, since
they never spoke here and nobody could say whether they would want to be shown.
"""

import asyncio
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from bot.boards.errors import BoardFilterError, ServerOnlyError
from bot.chat.pages import PAGE, Page
from bot.errors import StaleComponentError
from bot.lists.choosing import fitting
from bot.lists.filter_words import FilterWords
from bot.lists.filters import PLAIN, Filters, Years
from bot.movies import MovieSearch
from bot.servers import ServerRatings, ServerRatingsReader
from bot.servers.votes import Tally
from data import Movie

Kind = Literal["films", "gems", "divisive", "raters"]
KINDS: dict[str, Kind] = {
    "films": "films", "film": "films", "movies": "films", "movie": "films",
    "gems": "gems", "gem": "gems",
    "divisive": "divisive", "divided": "divisive",
    "raters": "raters", "rater": "raters", "people": "raters",
}  # fmt: skip
EVERYWHERE = frozenset({"everywhere", "global", "movielens"})

SERVER_ONLY: tuple[Kind, ...] = ("divisive", "raters")
"""The catalogue keeps how much people love a film, not who, nor how far apart they are in stars."""

GEM_SHARE = 10
"""A gem is known to a tenth of the members at most; everywhere, to a tenth of what the best known film has."""

EVERYWHERE_MIN_VOTES = 50


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """Which board; of `filters` only genres and years are asked."""

    kind: Kind = "films"
    everywhere: bool = False
    filters: Filters = PLAIN


@dataclass(frozen=True, slots=True)
class Standing:
    """A film on a board: plain mean, standard deviation and the votes that count."""

    rank: int
    movie: Movie
    mean: float
    spread: float
    votes: int


@dataclass(frozen=True, slots=True)
class Rater:
    rank: int
    discord_id: int
    ratings: int
    mean: float


@dataclass(frozen=True, slots=True)
class FilmBoard:
    query: BoardQuery
    page: Page
    films: tuple[Standing, ...]
    min_votes: int


@dataclass(frozen=True, slots=True)
class RaterBoard:
    query: BoardQuery
    page: Page
    raters: tuple[Rater, ...]


class BoardService:
    """Use cases of boards. Servers are guild ids; a board is as new as the last rating in the server."""

    def __init__(self, search: MovieSearch, servers: ServerRatingsReader) -> None:
        self._search = search
        self._servers = servers

    @property
    def words(self) -> FilterWords:
        """Reads wishes against the genres and years of the catalogue."""
        return FilterWords(self._search)

    def read(self, text: str) -> BoardQuery:
        """`gems comedy 90s`, in any order; raises what `FilterWords.read` raises, and BoardFilterError."""
        kind: Kind = "films"
        everywhere = False
        rest: list[str] = []
        for word in text.split():
            key = word.casefold().strip(",")
            if key in KINDS:
                kind = KINDS[key]
            elif key in EVERYWHERE:
                everywhere = True
            else:
                rest.append(word)
        return self.checked(kind, everywhere, self.words.read_strictly(" ".join(rest)))

    def checked(self, kind: Kind, everywhere: bool, filters: Filters) -> BoardQuery:
        """Raises BoardFilterError and ServerOnlyError."""
        if filters != replace(
            PLAIN, genres=filters.genres, every=filters.every, without=filters.without, years=filters.years
        ):
            raise BoardFilterError
        if everywhere and kind in SERVER_ONLY:
            raise ServerOnlyError
        return BoardQuery(kind, everywhere, filters)

    def written(self, query: BoardQuery) -> tuple[str, str]:
        """A query as two arguments of a button: the kind, and where, genres and years."""
        filters = query.filters
        parts = (filters.genres, filters.without, filters.every)
        genres, without, every = (sum(1 << self._genres[one] for one in part) for part in parts)
        first, last = filters.years.first or 0, filters.years.last or 0
        numbers = [int(query.everywhere), genres, without, first, last, *([every] if every else ())]
        return query.kind, ".".join(f"{one:x}" for one in numbers)

    def unwritten(self, kind: Kind, text: str) -> BoardQuery:
        """What `written` wrote; raises StaleComponentError for anything else."""
        try:
            everywhere, genres, without, first, last, *more = (int(one, 16) for one in text.split("."))
            (every,) = more or (0,)
        except ValueError as error:
            raise StaleComponentError from error
        filters = replace(
            PLAIN,
            genres=self._named(genres),
            every=self._named(every),
            without=self._named(without),
            years=Years(first or None, last or None),
        )
        return BoardQuery(kind, bool(everywhere), filters)

    @property
    def _genres(self) -> dict[str, int]:
        return {genre: bit for bit, genre in enumerate(self.words.genres)}

    def _named(self, bits: int) -> tuple[str, ...]:
        return tuple(genre for genre, bit in self._genres.items() if bits >> bit & 1)

    async def films(self, guild_id: int, query: BoardQuery, page: int) -> FilmBoard:
        """Ten films of a board."""
        if query.everywhere:
            found = await asyncio.to_thread(lambda: self._everywhere)
        else:
            found = await self._servers.tally_of(guild_id)
        return await asyncio.to_thread(self._film_board, found, query, page)

    async def raters(self, guild_id: int, query: BoardQuery, page: int) -> RaterBoard:
        """Ten members of who has rated most; who is named is for `Presence` to say."""
        found = await self._servers.of(guild_id)
        return await asyncio.to_thread(self._rater_board, found, query, page)

    def _film_board(self, found: Tally, query: BoardQuery, wanted: int) -> FilmBoard:
        rows = order(found, query.kind, self._allowed(found.movie_ids, query.filters))
        page = Page.of(len(rows), wanted)
        films = tuple(
            Standing(
                rank,
                self._search.named(int(found.movie_ids[row])),
                float(found.mean[row]),
                float(np.sqrt(found.squares[row] / found.count[row])),
                int(found.count[row]),
            )
            for rank, row in enumerate(rows[page.first : page.first + PAGE].tolist(), page.first + 1)
        )
        return FilmBoard(query, page, films, found.min_votes)

    def _rater_board(self, found: ServerRatings, query: BoardQuery, wanted: int) -> RaterBoard:
        kept = self._allowed(found.ratings["movie_id"], query.filters)
        place = np.repeat(np.arange(len(found.members)), np.diff(found.starts))[kept]
        count = np.bincount(place, minlength=len(found.members))
        total = np.bincount(place, found.ratings["stars"][kept], len(found.members))
        rows = np.lexsort((np.arange(len(count)), -count))
        rows = rows[count[rows] > 0]
        page = Page.of(len(rows), wanted)
        raters = tuple(
            Rater(rank, found.members[row].discord_id, int(count[row]), float(total[row] / count[row]))
            for rank, row in enumerate(rows[page.first : page.first + PAGE].tolist(), page.first + 1)
        )
        return RaterBoard(query, page, raters)

    def _allowed(self, movie_ids: npt.NDArray[np.int64], filters: Filters) -> npt.NDArray[np.bool_]:
        """[ids] which of the films fit genres and years."""
        if filters.admits_all:
            return np.ones(len(movie_ids), dtype=np.bool_)
        facets = self._search.facets
        return np.isin(movie_ids, facets.ids[fitting(facets, filters)])

    @cached_property
    def _everywhere(self) -> Tally:
        """MovieLens's means as a tally; it knows no sums of squares."""
        films = sorted(
            (one for one in self._search.catalogue.values() if one.ratings_mean), key=lambda one: one.movie_id
        )
        count = np.array([one.ratings_count for one in films], dtype=np.int64)
        mean = np.array([one.ratings_mean for one in films], dtype=np.float64)
        return Tally(
            movie_ids=np.array([one.movie_id for one in films], dtype=np.int64),
            count=count,
            mean=mean,
            squares=np.zeros(len(films)),
            prior_mean=float((count * mean).sum() / max(1, count.sum())),
            prior_variance=0.0,
            members=int(count.max(initial=0)),
            min_votes=min(EVERYWHERE_MIN_VOTES, max(2, int(count.max(initial=0)) // 10)),
        )


def order(found: Tally, kind: Kind, allowed: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The rows of the films on a board, best first; ties by votes, then by film."""
    keep = allowed & (found.count >= found.min_votes)
    if kind == "gems":
        keep &= found.count <= max(found.min_votes, found.members // GEM_SHARE)
    rows = found.by_spread if kind == "divisive" else found.by_mean
    return rows[keep[rows]]
