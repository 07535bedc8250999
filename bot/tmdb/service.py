"""What TMDB tells of films: kept for a while, and asked for once, however many want to see it."""

import asyncio
import contextlib
from collections.abc import Iterable, Mapping

from data import Movie
from data.errors import TmdbUnavailableError
from data.store import TMDB_KEPT_S, KeptFilm, Store, StoreUnavailableError
from data.tmdb.client import TmdbClient
from data.tmdb.film import TmdbFilm

FRESH_S = 7 * 86_400
"""What is older is shown while it is asked for anew."""
YEAR_TOLERANCE = 1
"""Years; sites date a film by its first showing or by its release."""


class TmdbService:
    """Without a `client` there is nothing to show. Times are UTC epoch seconds."""

    def __init__(self, store: Store, client: TmdbClient | None) -> None:
        self._kept = store.tmdb
        self._client = client
        self._asking: dict[int, asyncio.Task[TmdbFilm | None]] = {}

    @property
    def is_on(self) -> bool:
        return self._client is not None

    async def of(self, movie: Movie, now: int) -> TmdbFilm | None:
        """What is told of one film, None for nothing; takes two seconds at most."""
        return (await self.of_all([movie], now)).get(movie.movie_id)

    async def of_all(self, movies: Iterable[Movie], now: int) -> Mapping[int, TmdbFilm]:
        """The same of several, asked for at once; by movie id, without those of which nothing is told."""
        if self._client is None:
            return {}
        wanted = {movie.movie_id: movie for movie in movies if (movie.tmdb_id or movie.imdb_id) is not None}
        kept = await self._kept.of(wanted, self._client.region, now - TMDB_KEPT_S)
        found = {movie_id: one.film for movie_id, one in kept.items()}
        for movie_id, one in kept.items():
            if now - one.fetched_at > FRESH_S:
                self._ask(self._client, wanted[movie_id], now)
        missing = [movie_id for movie_id in wanted if movie_id not in kept]
        asked = (asyncio.shield(self._ask(self._client, wanted[movie_id], now)) for movie_id in missing)
        found |= dict(zip(missing, await asyncio.gather(*asked), strict=True))
        return {movie_id: film for movie_id, film in found.items() if film is not None}

    async def search(self, title: str, year: int | None) -> TmdbFilm | None:
        """The film of just that title, to ask whether it is meant; None for none, and where nothing is told."""
        if self._client is None:
            return None
        try:
            return await self._client.search(title, year)
        except TmdbUnavailableError:
            return None

    async def identify(self, title: str, year: int | None, imdb_id: int | None, tmdb_id: int | None) -> TmdbFilm | None:
        """The film of one of the numbers, else of just that title and about that year; None where there is none.

        For one of many, so it may take a while and waits for TMDB's pauses. Raises TmdbUnavailableError.
        """
        assert self._client is not None
        client = self._client
        if (imdb_id or tmdb_id) and (film := await client.film(tmdb_id, imdb_id, is_patient=True)) is not None:
            return film
        film = await client.search(title, year, is_patient=True)
        if film is None and year is not None:
            film = await client.search(title, None, is_patient=True)
            if film is not None and (film.year is None or abs(film.year - year) > YEAR_TOLERANCE):
                return None
        return film

    async def take(self, movie: Movie, now: int) -> None:
        """Ask for a film that nobody waits for, and keep what is told, unless it was since `now`.

        First come films that somebody does wait for, and a pause that TMDB wants. Raises TmdbUnavailableError and
        StoreUnavailableError.
        """
        assert self._client is not None
        while self._asking:
            await asyncio.wait(self._asking.values())
        if await self._kept.of([movie.movie_id], self._client.region, now - 1):
            return
        film = await self._client.film(movie.tmdb_id, movie.imdb_id, is_patient=True)
        await self._kept.keep(movie.movie_id, self._client.region, KeptFilm(film, now))

    async def close(self) -> None:
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)
        if self._client is not None:
            await self._client.close()

    def _ask(self, client: TmdbClient, movie: Movie, now: int) -> asyncio.Task[TmdbFilm | None]:
        """The one question about this film that is on its way."""
        task = self._asking.get(movie.movie_id)
        if task is None:
            task = asyncio.create_task(self._fetch(client, movie, now), name="asking TMDB")
            self._asking[movie.movie_id] = task
            task.add_done_callback(lambda _: self._asking.pop(movie.movie_id, None))
        return task

    async def _fetch(self, client: TmdbClient, movie: Movie, now: int) -> TmdbFilm | None:
        with contextlib.suppress(StoreUnavailableError):  # whoever asked before may have kept it since it was missed
            kept = await self._kept.of([movie.movie_id], client.region, now - FRESH_S - 1)  # later than that
            if movie.movie_id in kept:
                return kept[movie.movie_id].film
        try:
            film = await client.film(movie.tmdb_id, movie.imdb_id)
        except TmdbUnavailableError:
            return None
        with contextlib.suppress(StoreUnavailableError):  # it is shown all the same
            await self._kept.keep(movie.movie_id, client.region, KeptFilm(film, now))
        return film
