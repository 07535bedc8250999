"""Migrations: once, in order, each wholly or not at all."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from data.store import Store
from data.store.database import Database
from data.store.errors import NewerSchemaError
from data.store.migrate import Migration, known_migrations, migrate
from tests.data.store.conftest import content

FIRST = Migration(
    1, "0001_a.sql", "-- Why: a.\nCREATE TABLE a (\n    x INTEGER\n) STRICT;\nINSERT INTO a VALUES (1);\n"
)
SECOND = Migration(2, "0002_b.sql", "CREATE TABLE b (x INTEGER) STRICT;\nINSERT INTO a VALUES (2);\n")
BROKEN = Migration(2, "0002_c.sql", "CREATE TABLE c (x INTEGER) STRICT;\nINSERT INTO nowhere VALUES (2);\n")


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(path)
    yield opened
    await opened.close()


async def tables(database: Database) -> list[str]:
    return [name for (name,) in await database.rows("SELECT name FROM sqlite_schema ORDER BY name")]


async def test_each_is_applied_once(database: Database) -> None:
    await migrate(database, [FIRST])
    await migrate(database, [FIRST, SECOND])
    await migrate(database, [FIRST, SECOND])
    assert await tables(database) == ["a", "b"]
    assert await database.rows("SELECT x FROM a ORDER BY x") == [(1,), (2,)]
    assert await database.count("PRAGMA user_version") == 2


async def test_one_that_fails_leaves_the_schema_before_it(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        await migrate(database, [FIRST, BROKEN])
    assert await tables(database) == ["a"]
    assert await database.count("PRAGMA user_version") == 1
    await migrate(database, [FIRST, SECOND])  # and does not stand in the way of a mended one
    assert await tables(database) == ["a", "b"]


async def test_two_processes_that_start_at_once_apply_each_once(database: Database, path: Path) -> None:
    other = await Database.open(path)
    try:
        await asyncio.gather(*(migrate(each, [FIRST, SECOND]) for each in (database, other)))
    finally:
        await other.close()
    assert await database.rows("SELECT x FROM a ORDER BY x") == [(1,), (2,)]


async def test_a_newer_schema_is_left_as_it_is(path: Path) -> None:
    await (await Store.open(path)).close()
    known = known_migrations()[-1].number
    with closing(sqlite3.connect(path)) as later:
        later.execute(f"PRAGMA user_version = {known + 1}")
    before = content(path)
    with pytest.raises(NewerSchemaError) as caught:
        await Store.open(path)
    assert (caught.value.path, caught.value.found, caught.value.known) == (path, known + 1, known)
    assert content(path) == before


def test_the_files_are_numbered_without_a_gap_and_say_why() -> None:
    migrations = known_migrations()
    assert [migration.number for migration in migrations] == list(range(1, len(migrations) + 1))
    for migration in migrations:
        assert migration.script.startswith("-- Why: "), migration.name


async def test_the_schema_is_strict_and_sound(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
        loose = {name for name, strict in listed if not strict and not name.startswith("sqlite_")}
        assert loose == set()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
