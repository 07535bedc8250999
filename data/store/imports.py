"""Imports: previewed as a plan, and written in one transaction, as one entry of the journal.

A plan is text of its maker's; it is kept only as long as there is something to decide.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from data.store.changes import State, Thing, record, standing_of
from data.store.database import Database, Queries, Transaction
from data.store.shelves import SHELVES, Shelf, no_longer_seen, spots_of

ImportState = Literal["open", "written", "cancelled", "undone"]


@dataclass(frozen=True, slots=True)
class StoredImport:
    """`ratings` and `shelved` say how much of it stands; `plan` is None once it is written or cancelled.

    It is "undone" where nothing of what it wrote stands.
    """

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
    seen: Sequence[tuple[int, int]] = ()

    def on(self, shelf: Shelf) -> Sequence[tuple[int, int]]:
        return {"watchlist": self.watchlist, "hidden": self.hidden, "seen": self.seen}[shelf]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Incoming ratings beside those that stand. Of two the newer counts, so an older one is not taken.

    A film that stands on a shelf already stays there, and one that comes for several is hidden, or else seen. What was
    seen has no stars and leaves the watchlist.
    """

    new: tuple[int, ...]
    changed: tuple[int, ...]
    same: int
    older: int
    watchlist: tuple[int, ...]
    hidden: tuple[int, ...]
    seen: tuple[int, ...]

    def on(self, shelf: Shelf) -> tuple[int, ...]:
        return {"watchlist": self.watchlist, "hidden": self.hidden, "seen": self.seen}[shelf]


@dataclass(frozen=True, slots=True)
class Written:
    """What an import did, in the entry `entry_id`."""

    entry_id: int
    ratings: int
    shelved: int


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
            "SELECT user_id, source, state, plan, created_at FROM imports WHERE import_id = ?", (import_id,)
        )
        if row is None:
            return None
        user_id, source, state, plan, created_at = row
        stands: dict[str, int] = dict(
            await self._database.rows(
                "SELECT what, count(*) FROM changes WHERE import_id = ? AND undone = 0 AND after IS NOT NULL"
                " GROUP BY what",
                (import_id,),
            )
        )
        if state == "written" and not stands:
            state = "undone"
        return StoredImport(
            import_id, user_id, source, state, plan, created_at, stands.get("rating", 0), stands.get("shelf", 0)
        )

    async def set_in_plan(self, import_id: int, path: str, value: int) -> bool:
        """Set one number in the JSON of an open plan, `$.a[3]`; whether it was still open."""
        rows = await self._database.run(
            "UPDATE imports SET plan = json_set(plan, ?, ?) WHERE import_id = ? AND state = 'open' RETURNING import_id",
            (path, value, import_id),
        )
        return bool(rows)

    async def revise(self, import_id: int, change: Callable[[str], str]) -> bool:
        """Change an open plan as it stands by then; whether it was still open. `change` runs in a thread."""
        async with self._database.write() as tx:
            row = await tx.row("SELECT plan FROM imports WHERE import_id = ? AND state = 'open'", (import_id,))
            if row is not None:
                plan = await asyncio.to_thread(change, row[0])
                await tx.rows("UPDATE imports SET plan = ? WHERE import_id = ?", (plan, import_id))
        return row is not None

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
            states: dict[Thing, State | None] = {
                Thing("rating", movie_id): State(stars, rated_at)
                for movie_id, stars, rated_at in incoming.ratings
                if movie_id in wanted
            }
            states |= await no_longer_seen(tx, user_id, wanted)
            for shelf in SHELVES:
                when = dict(incoming.on(shelf))
                states |= {Thing("shelf", movie_id): State(shelf, when[movie_id]) for movie_id in found.on(shelf)}
            changes = await record(tx, user_id, states, at, import_id=import_id)
        entry_id = changes[0].entry_id if changes else 0
        return Written(entry_id, len(wanted), sum(len(found.on(shelf)) for shelf in SHELVES))

    async def prune(self, before: int) -> int:
        """Forget plans made before then that nobody has decided on; how many there were."""
        sql = "DELETE FROM imports WHERE created_at < ? AND state = 'open' RETURNING import_id"
        return len(await self._database.run(sql, (before,)))


def _close(state: ImportState, was: ImportState) -> str:
    return (
        f"UPDATE imports SET state = '{state}', plan = NULL WHERE import_id = ? AND state = '{was}' RETURNING import_id"
    )


async def _compare(tx: Database | Transaction, user_id: int, incoming: Incoming) -> Comparison:
    named = [*(movie_id for movie_id, _, _ in incoming.ratings), *(movie_id for movie_id, _ in incoming.seen)]
    standing = await standing_of(tx, user_id, [Thing("rating", movie_id) for movie_id in named])
    new, changed, same, older = [], [], 0, 0
    for movie_id, stars, rated_at in incoming.ratings:
        old = standing.get(Thing("rating", movie_id))
        if old is None:
            new.append(movie_id)
        elif old.value == stars:
            same += 1
        elif (old.since or 0) > rated_at:
            older += 1
        else:
            changed.append(movie_id)
    shelved = await spots_of(tx, user_id)
    hidden = tuple(movie_id for movie_id, _ in incoming.hidden if movie_id not in shelved)
    others = {*new, *hidden}
    seen = tuple(
        movie_id
        for movie_id, _ in incoming.seen
        if Thing("rating", movie_id) not in standing
        and movie_id not in others
        and (movie_id not in shelved or shelved[movie_id].shelf == "watchlist")
    )
    taken = {*shelved, *hidden, *seen}
    watchlist = tuple(movie_id for movie_id, _ in incoming.watchlist if movie_id not in taken)
    return Comparison(tuple(new), tuple(changed), same, older, watchlist, hidden, seen)
