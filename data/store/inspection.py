"""What a database file is, before anything is written to it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from data.store.database import ANOTHER_PROGRAMS, APPLICATION_ID, read_only, store_errors
from data.store.errors import (
    ChangedMigrationError,
    DatabaseGoneError,
    NewerSchemaError,
    SchemaDriftError,
    StoreUnusableError,
)
from data.store.migrate import HASHES, Migration, known_migrations
from data.store.schema import drift, schema_of
from data.store.tombstones import TOMBSTONES


def inspect(path: Path, *, may_be_new: bool = False) -> int:
    """The schema number of a sound database, 0 where there is none yet. Blocks, and changes nothing.

    One that is gone from beside its tombstones is no new one unless it `may_be_new`. Raises `DatabaseGoneError`,
    `StoreUnusableError` (damage too), `StoreLockedError`, `NewerSchemaError`, `SchemaDriftError`,
    `ChangedMigrationError`.
    """
    with store_errors(path):
        number = _number(path, known_migrations()) if path.is_file() else 0
    left = path.with_name(TOMBSTONES)
    if not number and not may_be_new and left.exists():
        raise DatabaseGoneError(path, left)
    return number


def _number(path: Path, migrations: Sequence[Migration]) -> int:
    with closing(sqlite3.connect(read_only(path), uri=True, isolation_level=None)) as connection:
        connection.execute("BEGIN")  # one moment, whatever another process writes meanwhile
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        found = schema_of(connection)
        if application != APPLICATION_ID and (application or found):
            raise StoreUnusableError(path, ANOTHER_PROGRAMS)
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        if number > migrations[-1].number:
            raise NewerSchemaError(path, number, migrations[-1].number)
        if number and (changed := _changed(connection, migrations)):
            raise ChangedMigrationError(path, changed)
        if number and (differs := drift(found, number, migrations)):
            raise SchemaDriftError(path, number, tuple(differs))
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise StoreUnusableError(path, "it is damaged")
    return int(number)


def _changed(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> str | None:
    """The first migration that is not what it was when it was applied."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (HASHES,)).fetchone():
        return None
    applied = dict(connection.execute(f"SELECT number, sha256 FROM {HASHES}"))
    known = (one for one in migrations if one.number in applied)
    return next((one.name for one in known if not one.is_applied_as(applied[one.number])), None)
