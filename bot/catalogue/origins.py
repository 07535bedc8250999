"""Where films come from: what TMDB has told of it, which filters go by, and asking it for all films by and by."""

import asyncio
import heapq
import logging
from collections.abc import Mapping

from bot.movies import MovieSearch
from bot.tmdb import TmdbService
from data import Movie
from data.errors import TmdbUnavailableError
from data.store import TMDB_KEPT_S, KeptOrigins, Store

PACE_S = 1.0
"""Between two films: TMDB takes dozens a second, so whoever waits for it notices nothing."""
FILMS_A_TURN = 240
"""So that a turn ends within the five minutes to the next one. A day has turns for 69,000 films."""
RENEWED_S = 150 * 86_400
"""What is older is asked for again, a month before it may be kept no longer."""
RETRY_S = 3_600
"""Before a film that was asked for in vain is asked for again, so that others have their turn."""
TOLD_EVERY_S = 3_600

log = logging.getLogger(__name__)


class OriginsService:
    """`fills`: TMDB is asked for the films of the catalogue, and not only for those that are shown."""

    def __init__(self, store: Store, search: MovieSearch, tmdb: TmdbService, *, fills: bool) -> None:
        self._store = store
        self._search = search
        self._tmdb = tmdb
        self._fills = fills
        self._not_before: dict[int, int] = {}
        self._told_at = 0

    async def take_turn(self, now: int) -> None:
        """Let filters know what is kept, and ask for films of which nothing is; the time of day is in epoch seconds."""
        if not self._tmdb.is_on:
            return
        kept = await self._show_kept(now)
        due = await asyncio.to_thread(self._due, kept, now) if self._fills else []
        if not due:
            return
        is_done = await self._ask(due, now) and len(due) < FILMS_A_TURN
        kept = await self._show_kept(now)
        if is_done or now - self._told_at >= TOLD_EVERY_S:
            self._told_at = now
            films = self._search.catalogue
            log.info("TMDB has told of %s of %s films", sum(one in films for one in kept), len(films))

    async def _show_kept(self, now: int) -> Mapping[int, KeptOrigins]:
        """Let filters go by what may be kept still, whoever asked for it; that by movie id."""
        kept = await self._store.tmdb.origins(now - TMDB_KEPT_S)
        told = {movie_id: one.names for movie_id, one in kept.items() if one.names}
        facets = self._search.facets
        if told != facets.told_origins:
            await asyncio.to_thread(facets.tell_origins, told)
        return kept

    def _due(self, kept: Mapping[int, KeptOrigins], now: int) -> list[Movie]:
        """The best known of the films that are unknown, or that soon would be."""
        catalogue = self._search.catalogue
        wanted = (
            movie
            for movie in catalogue.values()
            if (movie.tmdb_id or movie.imdb_id) is not None
            and self._not_before.get(movie.movie_id, now) <= now
            and ((one := kept.get(movie.movie_id)) is None or now - one.fetched_at > RENEWED_S)
        )
        return heapq.nlargest(FILMS_A_TURN, wanted, key=catalogue.renown)

    async def _ask(self, movies: list[Movie], now: int) -> bool:
        """Ask for one after the other; whether TMDB answered to the end."""
        for movie in movies:
            try:
                await self._tmdb.take(movie, now)
            except TmdbUnavailableError:
                self._not_before[movie.movie_id] = now + RETRY_S
                return False
            await asyncio.sleep(PACE_S)
        return True
