"""Forgetting all of a member's ratings at once, so that it can be taken back as one."""

from dataclasses import dataclass

from data.store.changes import Change, note, unnote
from data.store.database import Queries
from data.store.writes import Standing, let_stand, record

# What was removed by hand in one go: the removals of one member in one second that nothing has taken back.
_REMOVED = (
    " FROM writes WHERE user_id = ? AND at = ?"
    " AND before IS NOT NULL AND after IS NULL AND undoes IS NULL AND undone = 0 AND import_id IS NULL"
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """So many ratings were removed in one go, at `at` (epoch seconds)."""

    ratings: int
    at: int


class Resets(Queries):
    async def forget(self, user_id: int, at: int) -> Forgotten:
        """Remove all ratings; each removal is a write of its own in the history."""
        async with self._database.write() as tx:
            rated = await tx.rows("SELECT movie_id FROM ratings WHERE user_id = ? ORDER BY movie_id", (user_id,))
            await record(tx, user_id, [(movie_id, None) for (movie_id,) in rated], at)
            if rated:
                await note(tx, user_id, Change("forgotten", len(rated)))
        return Forgotten(len(rated), at)

    async def last(self, user_id: int) -> Forgotten | None:
        """What the member's newest change removed; None where it was no removal, or has been taken back."""
        newest = await self._database.row(
            "SELECT at FROM writes WHERE user_id = ? AND undone = 0 AND undoes IS NULL ORDER BY write_id DESC LIMIT 1",
            (user_id,),
        )
        if newest is None:
            return None
        ratings = await self._database.count(f"SELECT count(*){_REMOVED}", (user_id, newest[0]))
        return Forgotten(ratings, newest[0]) if ratings else None

    async def restore(self, user_id: int, at: int) -> int:
        """Bring back what was removed at `at`, as if it had not been; how many ratings that were.

        The removals leave the history, so that what came before them can be taken back as ever. Films that were
        changed since stay as they are.
        """
        async with self._database.write() as tx:
            rows = await tx.rows(
                f"SELECT write_id, movie_id, before, before_at{_REMOVED} AND NOT EXISTS ("
                "SELECT 1 FROM writes AS later WHERE later.user_id = writes.user_id"
                " AND later.movie_id = writes.movie_id AND later.write_id > writes.write_id)",
                (user_id, at),
            )
            await tx.run_many("DELETE FROM writes WHERE write_id = ?", [(write_id,) for write_id, *_ in rows])
            await let_stand(tx, user_id, {movie_id: Standing(stars, since) for _, movie_id, stars, since in rows})
            await unnote(tx, user_id, Change("forgotten", len(rows)))
        return len(rows)
