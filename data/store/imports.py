"""Imports: previewed as a plan, written in one transaction, taken back as one.

A plan is text of its maker's; it is kept only as long as there is something to decide, and after that only
what taking the import back needs: the films it put on shelves.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from data.store.changes import Change, note, unnote
from data.store.database import Database, Queries, Transaction
from data.store.shelves import Shelf, Spot, put, spots_of
from data.store.writes import Standing, record, standing_of, take_back_import

ImportState = Literal["open", "written", "cancelled", "undone"]
_SHELVES: tuple[Shelf, ...] = ("watchlist", "hidden")


@dataclass(frozen=True, slots=True)
class StoredImport:
    """`ratings` and `shelved` say how much it wrote; `plan` is None once it is written or cancelled."""

    import_id: int
    user_id: int
    source: str
    state: ImportState
    plan: str | None
    created_at: int
    ratings: int
    shelved: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """What an import brings, each film once: (movie_id, stars, rated_at) and (movie_id, added_at) by shelf."""

    ratings: Sequence[tuple[int, float, int]]
    watchlist: Sequence[tuple[int, int]] = ()
    hidden: Sequence[tuple[int, int]] = ()

    def on(self, shelf: Shelf) -> Sequence[tuple[int, int]]:
        return self.watchlist if shelf == "watchlist" else self.hidden


@dataclass(frozen=True, slots=True)
class Comparison:
    """Incoming ratings beside those that stand. Of two the newer counts, so an older one is not taken.

    A film that stands on a shelf already stays there, and one that comes for both is hidden.
    """

    new: tuple[int, ...]
    changed: tuple[int, ...]
    same: int
    older: int
    watchlist: tuple[int, ...]
    hidden: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What an import did; `left` are ratings that were changed since and stay when it is taken back."""

    ratings: int
    shelved: int
    left: int = 0


class Imports(Queries):
    async def create(self, user_id: int, source: str, plan: str, at: int) -> int:
        """Keep a plan, in place of an earlier one of this member that is still open; its id."""
        async with self._database.write() as tx:
            await tx.rows(
                "UPDATE imports SET state = 'cancelled', plan = NULL WHERE user_id = ? AND state = 'open'", (user_id,)
            )
            ((import_id,),) = await tx.rows(
                "INSERT INTO imports (user_id, source, plan, created_at) VALUES (?, ?, ?, ?) RETURNING import_id",
                (user_id, source, plan, at),
            )
        return int(import_id)

    async def get(self, import_id: int) -> StoredImport | None:
        row = await self._database.row(
            "SELECT user_id, source, state, plan, created_at,"
            " (SELECT count(*) FROM writes WHERE import_id = imports.import_id AND undoes IS NULL)"
            " FROM imports WHERE import_id = ?",
            (import_id,),
        )
        if row is None:
            return None
        user_id, source, state, plan, created_at, ratings = row
        shelved = sum(map(len, _receipt(plan).values())) if state != "open" else 0
        return StoredImport(
            import_id, user_id, source, state, plan if state == "open" else None, created_at, ratings, shelved
        )

    async def set_in_plan(self, import_id: int, path: str, value: int) -> bool:
        """Set one number in the JSON of an open plan, `$.a[3]`; whether it was still open."""
        rows = await self._database.run(
            "UPDATE imports SET plan = json_set(plan, ?, ?) WHERE import_id = ? AND state = 'open' RETURNING import_id",
            (path, value, import_id),
        )
        return bool(rows)

    async def cancel(self, import_id: int) -> bool:
        """Drop an open plan; whether it was open."""
        return bool(await self._database.run(_close("cancelled", "open"), (import_id,)))

    async def compare(self, user_id: int, incoming: Incoming) -> Comparison:
        """What writing this would change now."""
        return await _compare(self._database, user_id, incoming)

    async def write(self, import_id: int, user_id: int, incoming: Incoming, at: int) -> Written | None:
        """Write an open import, all or nothing; None where it is not open any more."""
        async with self._database.write() as tx:
            if not await tx.rows(_close("written", "open"), (import_id,)):
                return None
            found = await _compare(tx, user_id, incoming)
            wanted = {*found.new, *found.changed}
            changes = [
                (movie_id, Standing(stars, rated_at))
                for movie_id, stars, rated_at in incoming.ratings
                if movie_id in wanted
            ]
            await record(tx, user_id, changes, at, import_id=import_id)
            receipt: dict[Shelf, tuple[int, ...]] = {"watchlist": found.watchlist, "hidden": found.hidden}
            for shelf, added in receipt.items():
                when = dict(incoming.on(shelf))
                await put(tx, user_id, {movie_id: Spot(shelf, when[movie_id]) for movie_id in added})
            if found.watchlist or found.hidden:
                await tx.rows("UPDATE imports SET plan = ? WHERE import_id = ?", (json.dumps(receipt), import_id))
            await note(tx, user_id, Change("imported", import_id))
        return Written(len(changes), len(found.watchlist) + len(found.hidden))

    async def undo(self, import_id: int, user_id: int, at: int) -> Written | None:
        """Take back what an import wrote and nobody has changed since; None where it does not stand."""
        async with self._database.write() as tx:
            row = await tx.row("SELECT plan FROM imports WHERE import_id = ?", (import_id,))
            if row is None or not await tx.rows(_close("undone", "written"), (import_id,)):
                return None
            taken = await take_back_import(tx, user_id, import_id, at)
            removed = 0
            for shelf, movie_ids in _receipt(row[0]).items():
                removed += len(
                    await tx.rows(
                        "DELETE FROM shelves WHERE user_id = ? AND shelf = ?"
                        " AND movie_id IN (SELECT value FROM json_each(?)) RETURNING movie_id",
                        (user_id, shelf, json.dumps(movie_ids)),
                    )
                )
            await unnote(tx, user_id, Change("imported", import_id))
            ((left,),) = await tx.rows(
                "SELECT count(*) FROM writes WHERE import_id = ? AND undoes IS NULL AND undone = 0", (import_id,)
            )
        return Written(taken, removed, left)

    async def prune(self, before: int) -> int:
        """Forget plans made before then that nobody has decided on; how many there were."""
        sql = "DELETE FROM imports WHERE created_at < ? AND state = 'open' RETURNING import_id"
        return len(await self._database.run(sql, (before,)))


def _close(state: ImportState, was: ImportState) -> str:
    return (
        f"UPDATE imports SET state = '{state}', plan = NULL WHERE import_id = ? AND state = '{was}' RETURNING import_id"
    )


def _receipt(plan: str | None) -> dict[Shelf, list[int]]:
    """The films a written import has put on shelves."""
    stored = json.loads(plan) if plan is not None else {}
    return {shelf: stored.get(shelf, []) for shelf in _SHELVES}


async def _compare(tx: Database | Transaction, user_id: int, incoming: Incoming) -> Comparison:
    standing = await standing_of(tx, user_id, [movie_id for movie_id, _, _ in incoming.ratings])
    new, changed, same, older = [], [], 0, 0
    for movie_id, stars, rated_at in incoming.ratings:
        old = standing.get(movie_id)
        if old is None:
            new.append(movie_id)
        elif old.stars == stars:
            same += 1
        elif old.rated_at > rated_at:
            older += 1
        else:
            changed.append(movie_id)
    shelved = await spots_of(tx, user_id)
    hidden = tuple(movie_id for movie_id, _ in incoming.hidden if movie_id not in shelved)
    watchlist = tuple(movie_id for movie_id, _ in incoming.watchlist if movie_id not in {*shelved, *hidden})
    return Comparison(tuple(new), tuple(changed), same, older, watchlist, hidden)
