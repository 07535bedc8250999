"""The schema: numbered files in `migrations/`, each applied once, in one transaction with its number.

The number of the last one applied is the `user_version` in the file's header, which is rolled back with a
migration that fails. The hash of each one is kept beside it: a file that was applied never changes.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from data.store.database import Database, Transaction
from data.store.errors import NewerSchemaError

HASHES = "migrations"
"""The table of what was applied, since number 11."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file: `0002_ratings.sql` is number 2."""

    number: int
    name: str
    script: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.script.encode()).hexdigest()


def known_migrations() -> tuple[Migration, ...]:
    """All migrations of this version, in order."""
    files = (file for file in resources.files("data.store.migrations").iterdir() if file.name.endswith(".sql"))
    found = (Migration(int(file.name[:4]), file.name, file.read_text(encoding="utf-8")) for file in files)
    return tuple(sorted(found, key=lambda migration: migration.number))


async def migrate(database: Database, migrations: Sequence[Migration]) -> None:
    """Bring the file to the newest schema; raises `NewerSchemaError` if it is beyond that."""
    found = await database.count("PRAGMA user_version")
    known = migrations[-1].number
    if found > known:
        raise NewerSchemaError(database.path, found, known)
    for migration in migrations:
        if migration.number > found:
            await _apply(database, migration, [one for one in migrations if one.number <= migration.number])


async def _apply(database: Database, migration: Migration, applied: Sequence[Migration]) -> None:
    async with database.write() as tx:
        ((version,),) = await tx.rows("PRAGMA user_version")
        if version >= migration.number:  # another process has just applied it
            return
        for statement in _statements(migration.script):
            await tx.rows(statement)
        await tx.rows(f"PRAGMA user_version = {migration.number}")
        await _keep_hashes(tx, applied)


async def _keep_hashes(tx: Transaction, applied: Sequence[Migration]) -> None:
    """Those of the time before hashes were kept get theirs with the migration that begins it."""
    if await tx.row("SELECT 1 FROM sqlite_schema WHERE name = ?", (HASHES,)):
        await tx.run_many(
            f"INSERT INTO {HASHES} (number, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(one.number, one.sha256) for one in applied],
        )


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, each ending at the end of a line.

    `executescript` would do without, but it commits the open transaction first.
    """
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
