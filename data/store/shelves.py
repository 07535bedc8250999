"""Films a member has put aside: on the watchlist, or hidden from every list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.store.changes import Change, ChangeKind, note, unnote
from data.store.database import Database, Queries, Transaction

Shelf = Literal["watchlist", "hidden"]

_OFF: dict[Shelf, ChangeKind] = {"watchlist": "unlisted", "hidden": "unhidden"}


@dataclass(frozen=True, slots=True)
class ShelvedFilm:
    """`added_at` in epoch seconds."""

    movie_id: int
    added_at: int


@dataclass(frozen=True, slots=True)
class Spot:
    """The shelf a film stands on, and since when."""

    shelf: Shelf
    added_at: int


class Shelves(Queries):
    """A film stands on one shelf at most: nobody wants to see what they want to hear no more of."""

    async def remove(self, user_id: int, shelf: Shelf, movie_id: int) -> Spot | None:
        """Take a film off one shelf; where it stood, None if it was not there."""
        async with self._database.write() as tx:
            row = await tx.row(
                "DELETE FROM shelves WHERE user_id = ? AND shelf = ? AND movie_id = ? RETURNING shelf, added_at",
                (user_id, shelf, movie_id),
            )
            if row is not None:
                await note(tx, user_id, Change(_OFF[shelf], movie_id))
        return None if row is None else Spot(*row)

    async def move(self, user_id: int, movie_id: int, shelf: Shelf, at: int) -> tuple[Spot | None, Spot]:
        """Let a film stand on this shelf and no other: the spot it had before, and that which it has now.

        Where it was there already it keeps its place.
        """
        async with self._database.write() as tx:
            before = await _spot(tx, user_id, movie_id)
            now = before if before is not None and before.shelf == shelf else Spot(shelf, at)
            await _set(tx, user_id, movie_id, now)
            if now != before:
                await note(tx, user_id, Change(shelf, movie_id))
        return before, now

    async def replace(self, user_id: int, movie_id: int, now: Spot | None, then: Spot | None) -> bool:
        """Let a film that stands `now` stand as it did `then`; False, and nothing done, where it stands otherwise."""
        async with self._database.write() as tx:
            stands = await _spot(tx, user_id, movie_id)
            if stands == now != then:
                await _set(tx, user_id, movie_id, then)
                if not await unnote(tx, user_id, _change(movie_id, then, now)):
                    await note(tx, user_id, _change(movie_id, now, then))
        return stands in (now, then)

    async def of(self, user_id: int, shelf: Shelf) -> tuple[ShelvedFilm, ...]:
        """Everything on a shelf, the newest first."""
        rows = await self._database.rows(
            "SELECT movie_id, added_at FROM shelves WHERE user_id = ? AND shelf = ? ORDER BY added_at DESC, movie_id",
            (user_id, shelf),
        )
        return tuple(ShelvedFilm(*row) for row in rows)

    async def hiding(self, movie_id: int, user_ids: Sequence[int]) -> frozenset[int]:
        """Who of these users has hidden a film."""
        places = ", ".join("?" * len(user_ids))
        rows = await self._database.rows(
            f"SELECT user_id FROM shelves WHERE movie_id = ? AND shelf = 'hidden' AND user_id IN ({places})",
            (movie_id, *user_ids),
        )
        return frozenset(user_id for (user_id,) in rows)


async def spots_of(tx: Database | Transaction, user_id: int) -> dict[int, Spot]:
    """Where each of the user's films stands, by movie id."""
    rows = await tx.rows("SELECT movie_id, shelf, added_at FROM shelves WHERE user_id = ?", (user_id,))
    return {movie_id: Spot(shelf, added_at) for movie_id, shelf, added_at in rows}


async def put(tx: Transaction, user_id: int, films: Mapping[int, Spot]) -> None:
    """Let each film stand there, wherever it stood."""
    await tx.run_many(
        "INSERT INTO shelves (user_id, movie_id, shelf, added_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (user_id, movie_id) DO UPDATE SET shelf = excluded.shelf, added_at = excluded.added_at",
        [(user_id, movie_id, spot.shelf, spot.added_at) for movie_id, spot in films.items()],
    )


def _change(movie_id: int, before: Spot | None, now: Spot | None) -> Change:
    """The step from one spot to another; one of them is somewhere."""
    if now is not None:
        return Change(now.shelf, movie_id)
    return Change(_OFF[before.shelf if before is not None else "watchlist"], movie_id)


async def _spot(tx: Transaction, user_id: int, movie_id: int) -> Spot | None:
    row = await tx.row("SELECT shelf, added_at FROM shelves WHERE user_id = ? AND movie_id = ?", (user_id, movie_id))
    return None if row is None else Spot(*row)


async def _set(tx: Transaction, user_id: int, movie_id: int, spot: Spot | None) -> None:
    if spot is not None:
        await put(tx, user_id, {movie_id: spot})
    else:
        await tx.rows("DELETE FROM shelves WHERE user_id = ? AND movie_id = ?", (user_id, movie_id))
