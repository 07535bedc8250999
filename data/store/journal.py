"""The journal: whatever a member changes is one entry, which is taken back and brought back as a whole.

An entry is made of changes, each of one thing: the stars of a film, the shelf it stands on, or a setting. A change can
be undone where nothing later of that thing stands, and restored where the thing is again as it was before. So what
stands is always what the changes that are not undone have left, in their order. Of an entry whatever can be is undone
or restored; what was changed since stays as it is.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.store.changes import COLUMNS, SETTINGS, Change, What, change_of, let_stand
from data.store.database import Queries, Transaction
from data.store.errors import AlreadySoError, ChangedSinceError, UnknownEntryError
from data.store.facts import RETRAIN_WANTED

MANY = 20
"""Ratings; what is turned is no new rating that a training would wait for."""
NAMED = 3
"""Changes of an entry that are told one by one; the others are counted."""

_OF_FILM = "user_id = changes.user_id AND movie_id = changes.movie_id"
_STANDS = (
    f"CASE what WHEN 'rating' THEN (SELECT stars FROM ratings WHERE {_OF_FILM})"
    f" WHEN 'shelf' THEN (SELECT shelf FROM shelves WHERE {_OF_FILM})"
    + "".join(f" WHEN '{one}' THEN (SELECT {one} FROM profiles WHERE user_id = changes.user_id)" for one in SETTINGS)
    + " END"
)
_SINCE = (
    f"CASE what WHEN 'rating' THEN (SELECT rated_at FROM ratings WHERE {_OF_FILM})"
    f" WHEN 'shelf' THEN (SELECT added_at FROM shelves WHERE {_OF_FILM}) END"
)
_IS_NEWEST = (
    "NOT EXISTS (SELECT 1 FROM changes AS later WHERE later.user_id = changes.user_id"
    " AND later.movie_id IS changes.movie_id AND later.what = changes.what"
    " AND later.change_id > changes.change_id AND later.undone = 0)"
)
_CAN_UNDO = f"undone = 0 AND {_IS_NEWEST} AND after IS {_STANDS} AND after_at IS {_SINCE}"
_CAN_RESTORE = f"undone = 1 AND {_IS_NEWEST} AND before IS {_STANDS} AND before_at IS {_SINCE}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a member did at once: the first of its changes, and how many there are of each kind.

    `counts` are by what was changed and whether something is there since. `source` is that of an import. `left` are
    changes that stayed as they are where the others were undone or restored.
    """

    entry_id: int
    at: int
    changes: tuple[Change, ...]
    counts: Mapping[tuple[What, bool], int]
    source: str | None = None
    can_undo: bool = False
    can_restore: bool = False
    is_undone: bool = False
    left: int = 0


class Journal(Queries):
    async def undo(self, user_id: int, change_id: int) -> Entry:
        """Take back what the entry of a change has changed and nothing has changed since; what that was.

        Raises UnknownEntryError, AlreadySoError, and ChangedSinceError where nothing of it can be taken back.
        """
        async with self._database.write() as tx:
            return await undo(tx, user_id, change_id)

    async def restore(self, user_id: int, change_id: int) -> Entry:
        """Let again stand what `undo` has taken back; raises as it does."""
        async with self._database.write() as tx:
            return await _toggle(tx, user_id, change_id, is_undone=True)

    async def newest(self, user_id: int, movie_id: int | None = None) -> Entry | None:
        """The member's newest entry that can be taken back, or the newest where that can be of a film."""
        row = await self._database.row(
            f"SELECT entry_id FROM changes WHERE user_id = ? AND movie_id IS coalesce(?, movie_id) AND {_CAN_UNDO}"
            " ORDER BY entry_id DESC, change_id DESC LIMIT 1",
            (user_id, movie_id),
        )
        return None if row is None else (await self._entries(user_id, [row[0]]))[0]

    async def page(self, user_id: int, *, limit: int, offset: int) -> tuple[Entry, ...]:
        """A member's entries, the newest first."""
        rows = await self._database.rows(
            "SELECT DISTINCT entry_id FROM changes WHERE user_id = ? ORDER BY entry_id DESC LIMIT ? OFFSET ?",
            (user_id, limit, offset),
        )
        return await self._entries(user_id, [entry_id for (entry_id,) in rows])

    async def count_of(self, user_id: int) -> int:
        return await self._database.count("SELECT count(DISTINCT entry_id) FROM changes WHERE user_id = ?", (user_id,))

    async def find(self, user_id: int, change_id: int) -> Change | None:
        """One change of the member's own."""
        row = await self._database.row(
            f"SELECT {COLUMNS} FROM changes WHERE change_id = ? AND user_id = ?", (change_id, user_id)
        )
        return None if row is None else change_of(row)

    async def restored_by(self, user_id: int, first: int, last: int) -> tuple[int, ...]:
        """The entries that old `Restore` buttons with numbers in that range bring back."""
        rows = await self._database.rows(
            "SELECT DISTINCT entry_id FROM old_undos JOIN changes USING (change_id)"
            " WHERE write_id BETWEEN ? AND ? AND user_id = ? ORDER BY entry_id",
            (first, last, user_id),
        )
        return tuple(entry_id for (entry_id,) in rows)

    async def entries_between(self, user_id: int, first: int, last: int) -> tuple[int, ...]:
        """The entries with changes in that range, the newest first."""
        rows = await self._database.rows(
            "SELECT DISTINCT entry_id FROM changes WHERE change_id BETWEEN ? AND ? AND user_id = ?"
            " ORDER BY entry_id DESC",
            (first, last, user_id),
        )
        return tuple(entry_id for (entry_id,) in rows)

    async def entry_of_import(self, user_id: int, import_id: int) -> int | None:
        row = await self._database.row(
            "SELECT entry_id FROM changes WHERE import_id = ? AND user_id = ? ORDER BY undone LIMIT 1",
            (import_id, user_id),
        )
        return None if row is None else int(row[0])

    async def removal_at(self, user_id: int, at: int) -> int | None:
        """The entry that removed ratings at that second."""
        row = await self._database.row(
            "SELECT entry_id FROM changes WHERE user_id = ? AND at = ? AND what = 'rating' AND after IS NULL LIMIT 1",
            (user_id, at),
        )
        return None if row is None else int(row[0])

    async def _entries(self, user_id: int, entry_ids: Sequence[int]) -> tuple[Entry, ...]:
        """These entries, in this order."""
        found: list[Entry] = []
        for entry_id in entry_ids:
            of_entry = (user_id, entry_id)
            changes = await self._database.rows(
                f"SELECT {COLUMNS} FROM changes WHERE user_id = ? AND entry_id = ? ORDER BY change_id LIMIT {NAMED}",
                of_entry,
            )
            counts = await self._database.rows(
                "SELECT what, after IS NOT NULL, count(*) FROM changes WHERE user_id = ? AND entry_id = ?"
                " GROUP BY 1, 2",
                of_entry,
            )
            ((source, can_undo, can_restore, is_undone),) = await self._database.rows(
                "SELECT (SELECT source FROM changes JOIN imports USING (import_id)"
                " WHERE changes.user_id = ? AND entry_id = ? LIMIT 1),"
                f" EXISTS (SELECT 1 FROM changes WHERE user_id = ? AND entry_id = ? AND {_CAN_UNDO}),"
                f" EXISTS (SELECT 1 FROM changes WHERE user_id = ? AND entry_id = ? AND {_CAN_RESTORE}),"
                " NOT EXISTS (SELECT 1 FROM changes WHERE user_id = ? AND entry_id = ? AND undone = 0)",
                of_entry * 4,
            )
            told = tuple(map(change_of, changes))
            found.append(
                Entry(
                    entry_id, told[0].at, told, {(what, bool(is_there)): count for what, is_there, count in counts},
                    source, bool(can_undo), bool(can_restore), bool(is_undone),
                )
            )  # fmt: skip
        return tuple(found)


async def undo(tx: Transaction, user_id: int, change_id: int) -> Entry:
    """As `Journal.undo`, within a unit of work."""
    return await _toggle(tx, user_id, change_id, is_undone=False)


async def _train_anew(tx: Transaction, changes: Sequence[Change]) -> None:
    """Let a training be due where the model in use has learned from many ratings that were turned."""
    ((trained_to,),) = await tx.rows(
        "SELECT coalesce(max(last_write_id), 0) FROM training_runs WHERE outcome = 'promoted'"
    )
    if sum(one.thing.what == "rating" and one.change_id <= trained_to for one in changes) >= MANY:
        await tx.rows(
            "INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (RETRAIN_WANTED, secrets.token_hex(8)),
        )


async def _toggle(tx: Transaction, user_id: int, change_id: int, *, is_undone: bool) -> Entry:
    """Undo what of a change's entry stands, or restore what `is_undone`."""
    found = await tx.row("SELECT entry_id FROM changes WHERE change_id = ? AND user_id = ?", (change_id, user_id))
    if found is None:
        raise UnknownEntryError(user_id, change_id)
    entry_id = int(found[0])
    rows = await tx.rows(
        f"SELECT {COLUMNS} FROM changes WHERE user_id = ? AND entry_id = ?"
        f" AND {_CAN_RESTORE if is_undone else _CAN_UNDO} ORDER BY change_id",
        (user_id, entry_id),
    )
    of_entry = await tx.rows(
        "SELECT undone, source, count(*) FROM changes LEFT JOIN imports USING (import_id)"
        " WHERE changes.user_id = ? AND entry_id = ? GROUP BY 1, 2",
        (user_id, entry_id),
    )
    to_change = sum(count for undone, _, count in of_entry if bool(undone) == is_undone)
    if not to_change:
        raise AlreadySoError(entry_id)
    if not rows:
        raise ChangedSinceError(entry_id)
    changes = tuple(map(change_of, rows))
    await tx.run_many(
        "UPDATE changes SET undone = ? WHERE change_id = ?", [(not is_undone, one.change_id) for one in changes]
    )
    await let_stand(tx, user_id, {one.thing: one.after if is_undone else one.before for one in changes})
    await _train_anew(tx, changes)
    counts: dict[tuple[What, bool], int] = {}
    for one in changes:
        kind = one.thing.what, one.after is not None
        counts[kind] = counts.get(kind, 0) + 1
    return Entry(
        entry_id, changes[0].at, changes[:NAMED], counts, of_entry[0][1],
        can_undo=is_undone, can_restore=not is_undone, is_undone=not is_undone, left=to_change - len(changes),
    )  # fmt: skip
