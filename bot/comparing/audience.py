"""One film and the members of a server: who rated it, and who has not seen it and would like it."""

import asyncio
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.chat.pages import PAGE, Page
from bot.comparing.tastes import ServerTastes, ServerTastesReader, Tastes
from bot.movies import MovieSearch, NotLearnedError
from bot.servers import ServerRatingsReader
from data import Movie
from data.store import Store

LIKED = 3.5
"""Stars from which somebody would like a film."""

LEAST_RATINGS = 5
"""Of whoever has rated fewer nothing is said that is not said of everybody."""

SPARE = 40
"""So many are named, since some may have left without a word."""

LOOKED_UP_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Opinion:
    """A member, by Discord id, and the stars they gave a film or would give it."""

    discord_id: int
    stars: float


@dataclass(frozen=True, slots=True)
class WhoRated:
    """One page of those who rated a film, who gave most stars first; `mean` is that of all, None of nobody."""

    movie: Movie
    page: Page
    rows: tuple[Opinion, ...]
    mean: float | None


@dataclass(frozen=True, slots=True)
class WhoWants:
    """Those who would like a film most and have not seen it, first of all who would like it most."""

    movie: Movie
    rows: tuple[Opinion, ...]


class AudienceService:
    """Members are Discord ids, and only such as may be shown to the others of the server."""

    def __init__(
        self, store: Store, search: MovieSearch, ratings: ServerRatingsReader, tastes: ServerTastesReader
    ) -> None:
        self._shelves = store.shelves
        self.search = search
        self._ratings = ratings
        self._tastes = tastes

    async def who_rated(self, guild_id: int, movie_id: int, number: int = 0) -> WhoRated:
        movie = self.search.by_id(movie_id)
        ratings = await self._ratings.of(guild_id)

        def read() -> WhoRated:
            places, stars = ratings.by_movie.of(movie_id)
            page = Page.of(len(places), number)
            best_first = np.lexsort((places, -stars))[page.first : page.first + PAGE]
            rows = [Opinion(ratings.members[places[one]].discord_id, float(stars[one])) for one in best_first]
            return WhoRated(movie, page, tuple(rows), float(stars.mean(dtype=np.float64)) if len(stars) else None)

        return await asyncio.to_thread(read)

    async def who_wants(self, guild_id: int, movie_id: int, asker_id: int) -> WhoWants:
        """All but the asker, who hears of themselves elsewhere; raises NotLearnedError."""
        movie = self.search.by_id(movie_id)
        tastes = await self._tastes.of(guild_id)
        if not tastes.serving.model.knows(movie_id):
            raise NotLearnedError(movie)
        members = tastes.ratings.members
        stars, places = await asyncio.to_thread(_would_like, tastes, movie_id, asker_id)
        rows: list[Opinion] = []
        for first in range(0, len(places), LOOKED_UP_AT_ONCE):
            some = places[first : first + LOOKED_UP_AT_ONCE].tolist()
            hiding = await self._shelves.leaving_out(movie_id, [members[place].user_id for place in some])
            wanting = [place for place in some if members[place].user_id not in hiding]
            rows += [Opinion(members[place].discord_id, float(stars[place])) for place in wanting]
            if len(rows) >= SPARE:
                break
        return WhoWants(movie, tuple(rows[:SPARE]))


def _would_like(tastes: ServerTastes, movie_id: int, asker_id: int) -> tuple[Tastes, npt.NDArray[np.int64]]:
    """[members] predicted stars, and the places of those who have not rated the film and would like it, best first."""
    ratings = tastes.ratings
    stars = tastes.stars_of(movie_id)
    would = stars >= LIKED
    would[ratings.by_movie.of(movie_id)[0]] = False
    would &= (np.diff(ratings.starts) >= LEAST_RATINGS) | (ratings.states[:, 2] != 0)
    if asker_id in ratings.places:
        would[ratings.places[asker_id]] = False
    places = np.flatnonzero(would)
    return stars, places[np.argsort(-stars[places], kind="stable")]
