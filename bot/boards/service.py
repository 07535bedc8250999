"""Boards: a server's best loved films, its hidden gems, what divides it and who rates most.

`everywhere` is what MovieLens's people think: members of other servers stand on no board here, `public` or not, since
they never spoke here and nobody could say whether they would want to be shown.
"""

import asyncio
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bot.boards.errors import BoardFilterError, ServerOnlyError
from bot.boards.query import EVERYWHERE, GAPS, KINDS, SERVER_ONLY, BoardQuery, Kind, unwritten
from bot.chat.pages import PAGE, Page
from bot.lists.choosing import fitting
from bot.lists.filter_words import FilterWords
from bot.lists.filters import PLAIN, Filters
from bot.movies import MovieSearch
from bot.servers import ServerRatings, ServerRatingsReader
from bot.servers.votes import Tally
from data import Movie

GEM_SHARE = 10
"""A gem is known to a tenth of the members at most; everywhere, to a tenth of what the best known film has."""

EVERYWHERE_MIN_VOTES = 50


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
    """A page. What most people give a film, `usual`, is the least mean on a board of the best; the nearest film that
    has it and is not on the board lacks so many ratings as are `missing`.
    """

    query: BoardQuery
    page: Page
    films: tuple[Standing, ...]
    min_votes: int
    missing: int
    usual: float


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
        told = replace(PLAIN, genres=filters.genres, every=filters.every, without=filters.without, years=filters.years)
        is_told = replace(filters, count=PLAIN.count) == told  # the top 5 are the first five of it
        if not is_told or len(filters.years.gaps) > GAPS:
            raise BoardFilterError
        if everywhere and kind in SERVER_ONLY:
            raise ServerOnlyError
        return BoardQuery(kind, everywhere, told)

    def unwritten(self, kind: Kind, text: str) -> BoardQuery:
        """What `query.written` wrote; raises StaleComponentError for anything else."""
        return unwritten(kind, text, self.words.genres)

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
        allowed = self._allowed(found.movie_ids, query.filters)
        usual = round(self._everywhere.prior_mean, 1)  # as it is told
        rows = order(found, query.kind, allowed, usual)
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
        return FilmBoard(query, page, films, found.min_votes, missing(found, query.kind, allowed, usual), usual)

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
            min_votes=min(EVERYWHERE_MIN_VOTES, max(2, int(count.max(initial=0)) // (2 * GEM_SHARE))),
        )


def order(found: Tally, kind: Kind, allowed: npt.NDArray[np.bool_], usual: float = 0.0) -> npt.NDArray[np.int64]:
    """The rows of the films on a board, best first; ties by votes, then by film.

    None of the best has a mean below what is `usual`, and none that divides is one on which votes agree more than most.
    """
    keep = allowed & (found.count >= found.min_votes)
    if kind == "divisive":
        keep &= found.squares >= found.prior_variance * found.count
        return found.by_spread[keep[found.by_spread]]
    keep &= found.mean >= usual
    if kind == "gems":
        keep &= found.count <= max(found.min_votes, found.members // GEM_SHARE)
    return found.by_mean[keep[found.by_mean]]


def missing(found: Tally, kind: Kind, allowed: npt.NDArray[np.bool_], usual: float) -> int:
    """How many votes the film lacks that has most of those with too few, and, for the best, no mean below `usual`."""
    near = allowed & (found.count < found.min_votes) & ((kind == "divisive") | (found.mean >= usual))
    return found.min_votes - int(found.count[near].max(initial=0))
