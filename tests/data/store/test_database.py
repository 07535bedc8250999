"""One writer, one reader: commits, roll-backs, cancellation, locks, broken files."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from data.store.database import Database
from data.store.errors import StoreLockedError, StoreUnusableError
from tests.data.store.conftest import content, fill


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(path, busy_timeout_s=0.1)
    async with opened.write() as tx:
        await tx.rows("CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT")
        await tx.rows("INSERT INTO counters VALUES ('a', 0)")
    yield opened
    await opened.close()


async def value(database: Database) -> int:
    return await database.count("SELECT value FROM counters WHERE name = 'a'")


async def test_what_a_block_wrote_is_read_after_it(database: Database) -> None:
    async with database.write() as tx:
        await tx.rows("UPDATE counters SET value = 7")
        assert await value(database) == 0  # the reader sees commits only
    assert await value(database) == 7


async def test_an_exception_takes_the_whole_block_back(database: Database) -> None:
    async def write() -> None:
        async with database.write() as tx:
            await tx.rows("UPDATE counters SET value = 7")
            raise LookupError

    with pytest.raises(LookupError):
        await write()
    assert await value(database) == 0


async def test_broken_constraints_stay_what_they_are_and_take_the_block_back(database: Database) -> None:
    async def write() -> None:
        async with database.write() as tx:
            await tx.rows("UPDATE counters SET value = 7")
            await tx.rows("INSERT INTO counters VALUES ('a', 1)")

    with pytest.raises(sqlite3.IntegrityError):
        await write()
    assert await value(database) == 0


async def test_a_hundred_read_modify_writes_at_once_lose_nothing(database: Database) -> None:
    async def increment() -> None:
        async with database.write() as tx:
            ((old,),) = await tx.rows("SELECT value FROM counters WHERE name = 'a'")
            await asyncio.sleep(0)
            await tx.rows("UPDATE counters SET value = ?", (old + 1,))

    await asyncio.gather(*(increment() for _ in range(100)))
    assert await value(database) == 100


@pytest.mark.parametrize("steps", range(12))
async def test_a_cancelled_write_happens_wholly_or_not_at_all(database: Database, steps: int) -> None:
    async def write() -> None:
        async with database.write() as tx:
            await tx.rows("UPDATE counters SET value = value + 1")
            await tx.rows("INSERT INTO counters VALUES ('b', 1)")

    task = asyncio.create_task(write())
    for _ in range(steps):
        await asyncio.sleep(0.0002)
    task.cancel()
    await asyncio.wait([task])

    async with database.write() as tx:  # the next one starts outside the cancelled transaction
        await tx.rows("UPDATE counters SET value = value + 10 WHERE name = 'a'")
    rows: dict[str, int] = dict(await database.rows("SELECT name, value FROM counters"))
    assert rows in ({"a": 10}, {"a": 11, "b": 1})


async def test_cancelled_between_two_statements_nothing_is_kept(database: Database) -> None:
    halfway = asyncio.Event()

    async def write() -> None:
        async with database.write() as tx:
            await tx.rows("UPDATE counters SET value = 7")
            halfway.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await halfway.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await value(database) == 0
    async with database.write() as tx:
        await tx.rows("UPDATE counters SET value = 8")
    assert await value(database) == 8


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StoreUnusableError, match="readonly"):
        await database.rows("UPDATE counters SET value = 7")


async def test_a_long_read_holds_up_neither_reads_nor_writes(database: Database) -> None:
    reading, done = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def work(connection: sqlite3.Connection) -> tuple[int, int]:
        connection.execute("BEGIN")
        (before,) = connection.execute("SELECT value FROM counters").fetchone()
        loop.call_soon_threadsafe(reading.set)
        asyncio.run_coroutine_threadsafe(done.wait(), loop).result()
        (after,) = connection.execute("SELECT value FROM counters").fetchone()
        return before, after

    task = asyncio.create_task(database.read_apart(work))
    await reading.wait()
    async with database.write() as tx:
        await tx.rows("UPDATE counters SET value = 7")
    assert await value(database) == 7
    done.set()
    assert await task == (0, 0)  # and what it reads stands still


async def test_another_process_that_holds_the_file_is_named(database: Database, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLockedError) as caught:
            async with database.write() as tx:
                await tx.rows("UPDATE counters SET value = 7")
        assert caught.value.path == path
        assert await value(database) == 0  # reading goes on
        other.execute("ROLLBACK")
    async with database.write() as tx:
        await tx.rows("UPDATE counters SET value = 8")
    assert await value(database) == 8


async def test_a_short_lock_is_waited_for(path: Path) -> None:
    database = await Database.open(path, busy_timeout_s=10)
    async with database.write() as tx:
        await tx.rows("CREATE TABLE t (x INTEGER)")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        async def insert() -> None:
            async with database.write() as tx:
                await tx.rows("INSERT INTO t VALUES (1)")

        task = asyncio.create_task(insert())
        await asyncio.sleep(0.05)
        assert not task.done()
        other.execute("COMMIT")
        await task
    assert await database.count("SELECT count(*) FROM t") == 1
    await database.close()


async def test_every_commit_is_synced_and_logged_ahead(database: Database) -> None:
    async with database.write() as tx:
        assert await tx.row("PRAGMA synchronous") == (2,)  # FULL
        assert await tx.row("PRAGMA journal_mode") == ("wal",)
        assert await tx.row("PRAGMA foreign_keys") == (1,)


async def test_closing_twice_is_harmless_and_leaves_one_file(path: Path) -> None:
    database = await Database.open(path)
    await database.close()
    await database.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["with blank.db", "a#b?c%20d.db", "é😀.db"])
async def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    database = await Database.open(tmp_path / "new" / "folders" / name)
    assert await database.count("SELECT 1") == 1
    await database.close()
    assert (tmp_path / "new" / "folders" / name).is_file()


async def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusableError) as caught:
        await Database.open(tmp_path)
    assert (caught.value.path, caught.value.reason) == (tmp_path, "it is a folder")


async def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(StoreUnusableError, match=r"exists|not a directory") as caught:
        await Database.open(tmp_path / "data" / "marquee.db")
    assert caught.value.path == tmp_path / "data" / "marquee.db"


async def test_a_file_that_is_no_database_is_left_as_it_is(path: Path) -> None:
    before = fill(path, b"these are not the bytes of a database" * 100)
    with pytest.raises(StoreUnusableError, match="not a database"):
        await Database.open(path)
    assert content(path) == before


async def test_the_database_of_another_program_is_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (x)")
    before = content(path)
    with pytest.raises(StoreUnusableError, match="another program"):
        await Database.open(path)
    assert content(path) == before


async def test_damaged_pages_are_told_when_they_are_met(path: Path) -> None:
    database = await Database.open(path)
    async with database.write() as tx:
        await tx.rows("CREATE TABLE t (x TEXT)")
        await tx.run_many("INSERT INTO t VALUES (?)", [("x" * 500,)] * 1000)
    await database.close()
    whole = content(path)
    fill(path, whole[:4096].ljust(len(whole), b"\xff"))  # all but the schema's page

    database = await Database.open(path)
    with pytest.raises(StoreUnusableError, match="malformed"):
        await database.rows("SELECT * FROM t")
    with pytest.raises(StoreUnusableError, match="malformed"):
        async with database.write() as tx:
            await tx.rows("UPDATE t SET x = 'y'")
    await database.close()


async def test_a_full_disk_is_told_and_reading_goes_on(database: Database, path: Path) -> None:
    async with database.write() as tx:
        ((pages,),) = await tx.rows("PRAGMA page_count")
    await database._writer.execute_fetchall(f"PRAGMA max_page_count = {pages}")  # SQLite says what it says of a disk
    with pytest.raises(StoreUnusableError, match="full") as caught:
        async with database.write() as tx:
            await tx.rows("INSERT INTO counters VALUES (?, 1)", ("x" * 10_000,))
    assert caught.value.path == path
    assert await value(database) == 0


async def test_whoever_owns_it_hears_of_trouble_that_somebody_else_met(path: Path) -> None:
    heard: list[str] = []
    database = await Database.open(path, on_trouble=lambda trouble: heard.append(str(trouble)))
    with pytest.raises(StoreUnusableError):
        await database.rows("CREATE TABLE t (x)")  # a reader cannot write
    with pytest.raises(sqlite3.OperationalError):
        await database.rows("SELECT nonsense")  # a bug is no trouble of the file's
    await database.close()
    assert heard == [f"{path} cannot be used as the database: attempt to write a readonly database"]
