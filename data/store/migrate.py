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

OTHER_FORMS = {19: frozenset({"5b937a904bb4f9b33f006979c880d9b4cdfd3da4b24d22de9f586b29971c114e"})}
"""Hashes under which a migration was applied too: the lines of 0019's comment were once broken elsewhere."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file: `0002_ratings.sql` is number 2."""

    number: int
    name: str
    script: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.script.encode()).hexdigest()

    def is_applied_as(self, sha256: str) -> bool:
        """Whether this is what was applied with that hash."""
        return sha256 in {self.sha256, *OTHER_FORMS.get(self.number, ())}


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
