"""Everything the database holds about one member: counted, read out, and deleted.

What belongs to a member is found in the schema: every table that refers to `profiles` does, and goes with the
profile. Beside those only `training_runs` names who asked.
"""

import asyncio
import contextlib
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from data.store.copies import Copies
from data.store.database import Database, Row, Transaction, Value
from data.store.errors import StoreError
from data.store.facts import COPIES_SINCE, REBUILD_WANTED, RETRAIN_WANTED, Facts
from data.store.profiles import Visibility
from data.store.shelves import SHELVED
from data.store.tombstones import Tombstones

REBUILT_AT_ONCE = 64 * 2**20
"""Bytes of a file that is rebuilt after each deletion; a larger one at the next start, or if an id is left in it."""

COPIES_KEPT_S = 86_400

_FOREVER = 2**63 - 1

_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    " AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(name) WHERE \"table\" = 'profiles') ORDER BY name"
)
_PROFILE = (
    "SELECT user_id, created_at, visibility, trains, adopted_user_id, compares FROM profiles WHERE discord_id = ?"
)
_TRAININGS = "SELECT * FROM training_runs WHERE requested_by = ? ORDER BY run_id"

Ask = Callable[[str, Sequence[Value]], Awaitable[list[Row]]]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is kept about a member. `rows` counts by table, where the shelves' names stand for `shelves`.

    `user_id` and `created_at` are None without a profile. `trainings` are the runs the member asked for.
    """

    user_id: int | None = None
    created_at: int | None = None
    visibility: Visibility = "server"
    trains: bool = True
    adopted_user_id: int | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    trainings: int = 0
    compares: bool = False

    def count(self, kind: str) -> int:
        return self.rows.get(kind, 0)

    @property
    def total(self) -> int:
        """All rows, the profile among them."""
        return (self.user_id is not None) + sum(self.rows.values()) + self.trainings


@dataclass(frozen=True, slots=True)
class Everything:
    """All rows about a member as they stand, by table, each from column to value; `profile` is None without one."""

    profile: Mapping[str, Value] | None
    tables: Mapping[str, Sequence[Mapping[str, Value]]]
    trainings: Sequence[Mapping[str, Value]]


class Personal:
    def __init__(self, database: Database, tombstones: Tombstones, copies: Copies, facts: Facts) -> None:
        self._database = database
        self._tombstones = tombstones
        self._copies = copies
        self._facts = facts

    async def holdings(self, discord_id: int) -> Holdings:
        return await _holdings(self._database.rows, discord_id)

    async def everything(self, discord_id: int) -> Everything:
        """Read out at one moment, beside any write."""

        def read(connection: sqlite3.Connection) -> Everything:
            connection.row_factory = sqlite3.Row

            def rows(sql: str, value: int) -> list[Mapping[str, Value]]:
                return [dict(row) for row in connection.execute(sql, (value,))]

            connection.execute("BEGIN")
            profile = next(iter(rows("SELECT * FROM profiles WHERE discord_id = ?", discord_id)), None)
            tables = {}
            if profile is not None:
                for (name,) in connection.execute(_TABLES).fetchall():
                    tables[name] = rows(
                        f"SELECT * FROM {name} WHERE user_id = ? ORDER BY 1, 2", int(profile["user_id"] or 0)
                    )
            return Everything(profile, tables, rows(_TRAININGS, discord_id))

        return await self._database.read_apart(read)

    async def delete(self, discord_id: int, at: int) -> Holdings:
        """Delete all of it, for good: what was there. The note that outlives a restored copy comes first."""
        async with self._database.write() as tx:
            held = await _holdings(tx.rows, discord_id)
            if not held.total:
                return held
            await asyncio.to_thread(self._tombstones.add, discord_id, at)
            await asyncio.to_thread(self._copies.remove)
            await _remove(tx, discord_id)
        # The rows are gone by now; cleaning that fails, on a full disk perhaps, is made up for at the next opening.
        with contextlib.suppress(StoreError):
            await self._clean(discord_id)
        return held

    async def delete_again(self) -> int:
        """At opening: delete whom a database put back from an older copy has brought back; how many.

        Also rebuilds a file that a deletion left to be rebuilt.
        """
        returned = await self._returned() if len(self._tombstones) else {}
        if returned:
            async with self._database.write() as tx:
                await asyncio.to_thread(self._copies.remove)
                for discord_id, deleted_at in returned.items():
                    await _remove(tx, discord_id, before=deleted_at)
        if await self._facts.get(REBUILD_WANTED):
            await self._rebuild()
        return len(returned)

    async def tidy(self, now: int) -> None:
        """Remove the copies from before an upgrade once the bot has served beside them for a day."""
        since = await self._facts.get(COPIES_SINCE)
        kept = await asyncio.to_thread(self._copies.found)
        if kept and since is None:
            await self._facts.set(COPIES_SINCE, str(now))
        elif kept and since is not None and now - int(since) < COPIES_KEPT_S:
            return
        elif since is not None:
            await asyncio.to_thread(self._copies.remove)
            await self._facts.clear(COPIES_SINCE, since)

    async def _returned(self) -> dict[int, int]:
        """Members with rows from before their deletion, and when that was."""
        rows = await self._database.rows(
            "SELECT discord_id, created_at FROM profiles"
            " UNION ALL SELECT requested_by, started_at FROM training_runs WHERE requested_by IS NOT NULL"
        )

        def find() -> dict[int, int]:
            found = {}
            for discord_id, since in rows:
                deleted_at = self._tombstones.deleted_at(discord_id)
                if deleted_at is not None and since < deleted_at:
                    found[discord_id] = deleted_at
            return found

        return await asyncio.to_thread(find)

    async def _clean(self, discord_id: int) -> None:
        """Leave no byte of the id in the file.

        Deleted rows are overwritten, but not the copies of them that SQLite leaves in a page when it moves rows
        to another one; only a rebuilt file is free of those.
        """
        await self._database.empty_log()
        if await self._database.size() <= REBUILT_AT_ONCE or await self._database.holds(discord_id.to_bytes(8, "big")):
            await self._rebuild()

    async def _rebuild(self) -> None:
        if await self._database.rebuild():
            await self._facts.clear(REBUILD_WANTED, "yes")


async def _holdings(ask: Ask, discord_id: int) -> Holdings:
    ((trainings,),) = await ask("SELECT count(*) FROM training_runs WHERE requested_by = ?", (discord_id,))
    profile = next(iter(await ask(_PROFILE, (discord_id,))), None)
    if profile is None:
        return Holdings(trainings=trainings)
    user_id, created_at, visibility, trains, adopted, compares = profile
    tables = [name for (name,) in await ask(_TABLES, ()) if name != "shelves"]
    counts = [f"SELECT '{name}', count(*) FROM {name} WHERE user_id = ?" for name in tables]
    counts.append(f"SELECT shelf, count(*) FROM {SHELVED} WHERE user_id = ? GROUP BY shelf")
    rows: dict[str, int] = dict(await ask(" UNION ALL ".join(counts), (user_id,) * len(counts)))
    return Holdings(user_id, created_at, visibility, bool(trains), adopted, rows, trainings, bool(compares))


async def _remove(tx: Transaction, discord_id: int, *, before: int = _FOREVER) -> None:
    """Delete the profile with all that refers to it, and the name under trainings: what is older than `before`."""
    of_whom = (discord_id, before)
    rated = await tx.row(
        "SELECT 1 FROM changes JOIN profiles USING (user_id) WHERE discord_id = ? AND what = 'rating' LIMIT 1",
        of_whom[:1],
    )
    await tx.rows("UPDATE training_runs SET requested_by = NULL WHERE requested_by = ? AND started_at < ?", of_whom)
    await tx.rows("DELETE FROM profiles WHERE discord_id = ? AND created_at < ?", of_whom)
    facts = {REBUILD_WANTED: "yes"}
    if rated:  # the model in use was, perhaps, trained on what is gone
        facts[RETRAIN_WANTED] = secrets.token_hex(8)
    await tx.run_many(
        "INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        facts.items(),
    )
