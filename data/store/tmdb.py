"""What TMDB told of films, for as long as it may be kept."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from data.store.database import Queries
from data.tmdb.film import TmdbFilm

TMDB_KEPT_S = 180 * 86_400
"""TMDB allows six months."""

_ORIGINS = (
    "SELECT movie_id, json_extract(film, '$.origins') AS names, fetched_at FROM tmdb_films"
    " WHERE fetched_at > ? AND (film IS NULL OR names IS NOT NULL)"
)


@dataclass(frozen=True, slots=True)
class KeptFilm:
    """`film` is None for one that TMDB does not have."""

    film: TmdbFilm | None
    fetched_at: int


@dataclass(frozen=True, slots=True)
class KeptOrigins:
    """In English; none for a film that TMDB does not have, or tells no such thing of."""

    names: tuple[str, ...]
    fetched_at: int


class TmdbFilms(Queries):
    async def of(self, movie_ids: Iterable[int], region: str, since: int) -> dict[int, KeptFilm]:
        """What was fetched for that country since then, by movie id."""
        rows = await self._database.rows(
            "SELECT movie_id, film, fetched_at FROM tmdb_films"
            " WHERE movie_id IN (SELECT value FROM json_each(?)) AND region = ? AND fetched_at > ?",
            (json.dumps(list(movie_ids)), region, since),
        )
        return {
            movie_id: KeptFilm(None if film is None else TmdbFilm.from_json(film), fetched_at)
            for movie_id, film, fetched_at in rows
        }

    async def origins(self, since: int) -> dict[int, KeptOrigins]:
        """The languages and countries that were fetched since then, for whichever country, by movie id."""

        def read(connection: sqlite3.Connection) -> dict[int, KeptOrigins]:
            known: dict[str | None, tuple[str, ...]] = {None: ()}  # few tell films apart, so each stands in memory once
            return {
                movie_id: KeptOrigins(known.get(names) or known.setdefault(names, tuple(json.loads(names or "[]"))), at)
                for movie_id, names, at in connection.execute(_ORIGINS, (since,))
            }

        return await self._database.read_apart(read)

    async def keep(self, movie_id: int, region: str, told: KeptFilm) -> None:
        """In place of what was told before."""
        await self._database.run(
            "INSERT INTO tmdb_films (movie_id, region, film, fetched_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (movie_id) DO UPDATE SET region = excluded.region, film = excluded.film,"
            " fetched_at = excluded.fetched_at",
            (movie_id, region, None if told.film is None else told.film.to_json(), told.fetched_at),
        )

    async def prune(self, before: int) -> None:
        """Forget what was fetched before that."""
        await self._database.run("DELETE FROM tmdb_films WHERE fetched_at <= ?", (before,))
