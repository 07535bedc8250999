"""A server's week in films: what its visible members rated."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.guilds.news import WEEK_S
from bot.movies import MovieSearch
from bot.servers import ServerRatings, ServerRatingsReader
from data import Movie

NextEvening = Callable[[int], Awaitable[str | None]]
"""A server's next movie night in a line for its channel, None where there is none."""

LOVED_SHOWN = 3
RATERS_RANKED = 10
"""So many are looked up; the first who are still there are shown."""
PRIOR_RATINGS = 3.0
"""A film's mean begins with so many ratings at the mean of the week."""
DIVISIVE_FROM = 1.0
"""Standard deviation, in stars."""


@dataclass(frozen=True, slots=True)
class RatedMovie:
    """One film in the week's ratings; `low` and `high` are the stars at both ends."""

    movie: Movie
    raters: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Digest:
    """`raters` are Discord ids with how many films they rated, the most first; not all of them may still be there."""

    since: int
    ratings: int
    members: int
    loved: tuple[RatedMovie, ...] = ()
    divisive: RatedMovie | None = None
    raters: tuple[tuple[int, int], ...] = ()
    evening: str | None = None


@dataclass(frozen=True, slots=True)
class _Week:
    """Films of the week as arrays, one place for each, and who rated how often."""

    ratings: int
    members: int
    movie_ids: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    means: npt.NDArray[np.float64]
    deviations: npt.NDArray[np.float64]
    lows: npt.NDArray[np.float64]
    highs: npt.NDArray[np.float64]
    mean: float
    raters: tuple[tuple[int, int], ...]


async def no_evening(guild_id: int) -> str | None:
    """Where nobody plans any."""
    return None


class DigestReader:
    def __init__(
        self, ratings: ServerRatingsReader, search: MovieSearch, next_evening: NextEvening = no_evening
    ) -> None:
        self._ratings = ratings
        self._search = search
        self.next_evening = next_evening

    async def read(self, guild_id: int, now: int) -> Digest | None:
        """The last seven days; None where there is nothing to tell."""
        ratings, evening = await self._ratings.of(guild_id), await self.next_evening(guild_id)
        since = now - WEEK_S
        week = await asyncio.to_thread(_week, ratings, since)
        if week is None:
            return None if evening is None else Digest(since, 0, 0, evening=evening)
        return Digest(since, week.ratings, week.members, self._loved(week), self._divisive(week), week.raters, evening)

    def _loved(self, week: _Week) -> tuple[RatedMovie, ...]:
        """By two members at least, if any film was; few ratings count for less than many."""
        scores = (week.means * week.counts + PRIOR_RATINGS * week.mean) / (week.counts + PRIOR_RATINGS)
        fits = week.counts >= min(2, int(week.counts.max()))
        fits &= week.means >= week.mean
        order = [place for place in np.lexsort((week.movie_ids, -week.counts, -scores)).tolist() if fits[place]]
        found = (self._rated(week, place) for place in order)
        return tuple(one for one, _ in zip(filter(None, found), range(LOVED_SHOWN), strict=False))

    def _divisive(self, week: _Week) -> RatedMovie | None:
        order = np.lexsort((week.movie_ids, -week.counts, -week.deviations)).tolist()
        found = (self._rated(week, place) for place in order if week.deviations[place] >= DIVISIVE_FROM)
        return next(filter(None, found), None)

    def _rated(self, week: _Week, place: int) -> RatedMovie | None:
        """None for a film outside of the catalogue."""
        movie = self._search.catalogue.get(int(week.movie_ids[place]))
        if movie is None:
            return None
        low, high, mean = (float(one[place]) for one in (week.lows, week.highs, week.means))
        return RatedMovie(movie, int(week.counts[place]), mean, low, high)


def _week(server: ServerRatings, since: int) -> _Week | None:
    is_new = server.ratings["rated_at"] > since
    rows = server.ratings[is_new]
    if not len(rows):
        return None
    places = np.repeat(np.arange(len(server.members)), np.diff(server.starts))[is_new]
    by_member = np.bincount(places, minlength=len(server.members))
    most = np.argsort(-by_member, kind="stable")[:RATERS_RANKED].tolist()
    movie_ids, inverse, counts = np.unique(rows["movie_id"], return_inverse=True, return_counts=True)
    stars = rows["stars"].astype(np.float64)
    means = np.bincount(inverse, stars) / counts
    squares = np.bincount(inverse, np.square(stars - means[inverse])) / counts
    order = np.lexsort((stars, inverse))
    ends = np.cumsum(counts)
    return _Week(
        ratings=len(rows),
        members=int(np.count_nonzero(by_member)),
        movie_ids=movie_ids,
        counts=counts,
        means=means,
        deviations=np.sqrt(squares),
        lows=stars[order][ends - counts],
        highs=stars[order][ends - 1],
        mean=float(stars.mean()),
        raters=tuple((server.members[place].discord_id, int(by_member[place])) for place in most if by_member[place]),
    )
