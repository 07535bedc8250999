"""Films a member has put aside: on the watchlist, hidden from every list, or seen without stars."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from data.store.changes import Change, State, Thing, record, standing_of
from data.store.database import Database, Queries, Transaction

Shelf = Literal["watchlist", "hidden", "seen"]
SHELVES: tuple[Shelf, ...] = ("watchlist", "hidden", "seen")
SHELVED = (
    "(SELECT * FROM shelves AS one WHERE shelf <> 'seen' OR NOT EXISTS"
    " (SELECT 1 FROM ratings WHERE ratings.user_id = one.user_id AND ratings.movie_id = one.movie_id))"
)
"""What counts of the table: a film with stars is not seen without stars, however it came there, while it has them."""


@dataclass(frozen=True, slots=True)
class ShelvedFilm:
    """`added_at` in epoch seconds."""

    movie_id: int
    added_at: int


class Spot(NamedTuple):
    """The shelf a film stands on, and since when (epoch seconds)."""

    shelf: Shelf
    added_at: int


class Shelves(Queries):
    """A film stands on one shelf at most: nobody wants to see what they want to hear no more of."""

    async def remove(self, user_id: int, shelf: Shelf, movie_id: int, at: int) -> Change | None:
        """Take a film off one shelf; None if it was not there."""
        async with self._database.write() as tx:
            before = await _spot(tx, user_id, movie_id)
            return None if before is None or before.shelf != shelf else await _put(tx, user_id, movie_id, None, at)

    async def move(self, user_id: int, movie_id: int, shelf: Shelf, at: int) -> Change | None:
        """Let a film stand on this shelf and no other; None where it was there already, or has stars and was seen."""
        async with self._database.write() as tx:
            before = await _spot(tx, user_id, movie_id)
            rated = await standing_of(tx, user_id, [Thing("rating", movie_id)]) if shelf == "seen" else {}
            if rated or (before is not None and before.shelf == shelf):
                return None
            return await _put(tx, user_id, movie_id, Spot(shelf, at), at)

    async def move_all(self, user_id: int, movie_ids: Iterable[int], shelf: Shelf, at: int) -> tuple[Change, ...]:
        """Let several films stand on this shelf and no other, as one entry: a change for each that did not."""
        async with self._database.write() as tx:
            spots = {movie_id: await _spot(tx, user_id, movie_id) for movie_id in movie_ids}
            moved = [movie_id for movie_id, before in spots.items() if before is None or before.shelf != shelf]
            return await record(tx, user_id, {Thing("shelf", one): State(shelf, at) for one in moved}, at)

    async def replace(self, user_id: int, movie_id: int, now: Spot | None, then: Spot | None, at: int) -> Change | None:
        """Let a film that stands `now` stand as it did `then`; None, and nothing done, where it stands otherwise."""
        async with self._database.write() as tx:
            if await _spot(tx, user_id, movie_id) != now or now == then:
                return None
            return await _put(tx, user_id, movie_id, then, at)

    async def of(self, user_id: int, shelf: Shelf) -> tuple[ShelvedFilm, ...]:
        """Everything on a shelf, the newest first."""
        rows = await self._database.rows(
            f"SELECT movie_id, added_at FROM {SHELVED} WHERE user_id = ? AND shelf = ?"
            " ORDER BY added_at DESC, movie_id",
            (user_id, shelf),
        )
        return tuple(ShelvedFilm(*row) for row in rows)

    async def leaving_out(self, movie_id: int, user_ids: Sequence[int]) -> frozenset[int]:
        """Who of these users has hidden a film, or seen it."""
        places = ", ".join("?" * len(user_ids))
        rows = await self._database.rows(
            f"SELECT user_id FROM shelves WHERE movie_id = ? AND shelf IN ('hidden', 'seen') AND user_id IN ({places})",
            (movie_id, *user_ids),
        )
        return frozenset(user_id for (user_id,) in rows)


async def no_longer_seen(tx: Transaction, user_id: int, movie_ids: Iterable[int]) -> dict[Thing, State | None]:
    """Off the shelf of films seen without stars, where these are on it: they have stars now."""
    rows = await tx.rows(
        "SELECT movie_id FROM shelves WHERE user_id = ? AND shelf = 'seen'"
        " AND movie_id IN (SELECT value FROM json_each(?)) ORDER BY movie_id",
        (user_id, json.dumps([*movie_ids])),
    )
    return {Thing("shelf", movie_id): None for (movie_id,) in rows}


async def spots_of(tx: Database | Transaction, user_id: int) -> dict[int, Spot]:
    """Where each of the user's films stands, by movie id."""
    rows = await tx.rows(f"SELECT movie_id, shelf, added_at FROM {SHELVED} WHERE user_id = ?", (user_id,))
    return {movie_id: Spot(shelf, added_at) for movie_id, shelf, added_at in rows}


async def _spot(tx: Transaction, user_id: int, movie_id: int) -> Spot | None:
    row = await tx.row("SELECT shelf, added_at FROM shelves WHERE user_id = ? AND movie_id = ?", (user_id, movie_id))
    return None if row is None else Spot(*row)


async def _put(tx: Transaction, user_id: int, movie_id: int, spot: Spot | None, at: int) -> Change:
    (change,) = await record(tx, user_id, {Thing("shelf", movie_id): None if spot is None else State(*spot)}, at)
    return change
