"""What TMDB told of films, for as long as it may be kept."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from data.store.database import Queries
from data.tmdb.film import TmdbFilm

TMDB_KEPT_S = 180 * 86_400
"""TMDB allows six months."""


@dataclass(frozen=True, slots=True)
class KeptFilm:
    """`film` is None for one that TMDB does not have."""

    film: TmdbFilm | None
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
