"""Films a member has put aside: on the watchlist, or hidden from every list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from data.store.database import Database

Shelf = Literal["watchlist", "hidden"]


@dataclass(frozen=True, slots=True)
class ShelvedFilm:
    """`added_at` in epoch seconds."""

    movie_id: int
    added_at: int


class Shelves:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, user_id: int, shelf: Shelf, movie_ids: Sequence[int], at: int) -> tuple[int, ...]:
        """Put films on a shelf, all or none; the ids that were not on it before."""
        async with self._database.write() as tx:
            rows = []
            for movie_id in movie_ids:
                rows += await tx.rows(
                    "INSERT INTO shelves (user_id, shelf, movie_id, added_at) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT DO NOTHING RETURNING movie_id",
                    (user_id, shelf, movie_id, at),
                )
        return tuple(int(movie_id) for (movie_id,) in rows)

    async def remove(self, user_id: int, shelf: Shelf, movie_id: int) -> bool:
        """Take a film off a shelf; whether it was there."""
        async with self._database.write() as tx:
            rows = await tx.rows(
                "DELETE FROM shelves WHERE user_id = ? AND shelf = ? AND movie_id = ? RETURNING movie_id",
                (user_id, shelf, movie_id),
            )
        return bool(rows)

    async def of(self, user_id: int, shelf: Shelf) -> tuple[ShelvedFilm, ...]:
        """Everything on a shelf, the newest first."""
        rows = await self._database.rows(
            "SELECT movie_id, added_at FROM shelves WHERE user_id = ? AND shelf = ? ORDER BY added_at DESC, movie_id",
            (user_id, shelf),
        )
        return tuple(ShelvedFilm(*row) for row in rows)
