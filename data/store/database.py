"""The one owner of the SQLite file: one connection that writes, one that reads, and how they are set up."""

import asyncio
import mmap
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

from data.files import make_private
from data.store.errors import OwnerGoneError, StoreLockedError, StoreUnavailableError, StoreUnusableError

BUSY_TIMEOUT_S = 5.0
APPLICATION_ID = 0x4D515545  # "MQUE" in the file's header: the mark that a database is ours
ANOTHER_PROGRAMS = "it belongs to another program"
_OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNUSABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
_PRIMARY_CODE = 0xFF  # SQLite's extended result codes keep the primary one in their lowest byte

Value = int | float | str | None
Row = tuple[Any, ...]
T = TypeVar("T")


OnTrouble = Callable[[StoreUnavailableError], None]
"""Hears that the file cannot be used, whoever asked for it."""


def ignore(trouble: StoreUnavailableError) -> None:
    """For those who tell of it when it reaches them."""


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Raise what SQLite and the system say about the file at `path` as errors of ours.

    Wrong SQL and broken constraints are bugs and stay what they are, but for references: a member may be deleted
    between the moment their id was read and that of a write for them.
    """
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
            raise OwnerGoneError from error
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
        if code in _LOCKED:
            raise StoreLockedError(path) from error
        if code in _UNUSABLE:
            raise StoreUnusableError(path, str(error)) from error
        raise
    except OSError as error:
        raise StoreUnusableError(path, error.strerror or str(error)) from error


class Transaction:
    """The statements of one unit of work, between BEGIN and COMMIT."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Run one statement; its rows, which a write has if it says RETURNING."""
        return [tuple(row) for row in await self._connection.execute_fetchall(sql, values)]

    async def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        return next(iter(await self.rows(sql, values)), None)

    async def run_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement once for every row of values."""
        async with self._connection.executemany(sql, rows):
            pass


@dataclass(slots=True)
class Errand:
    """A statement that is run with the next unit of work of the task it was given to."""

    sql: str
    values: Sequence[Value]
    is_pending: bool = True

    def drop(self) -> None:
        self.is_pending = False


_ERRAND: ContextVar[Errand | None] = ContextVar("errand", default=None)


class Database:
    """An open SQLite file. Reads see the last commit; writes queue behind one another.

    The journal is a write-ahead log, so that a long read does not hold up a write, and every commit is synced
    to the disk: what was acknowledged to a member outlives a killed process and a power cut.
    """

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection, on_trouble: OnTrouble
    ) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._writing = asyncio.Lock()
        self._on_trouble = on_trouble

    @classmethod
    async def open(cls, path: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S, on_trouble: OnTrouble = ignore) -> Self:
        """Open or create the file. Raises `StoreUnusableError`; `StoreLockedError` after `busy_timeout_s`."""
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            raise StoreUnusableError(path, f"SQLite {sqlite3.sqlite_version} is too old, 3.37 is needed")
        with store_errors(path):
            await asyncio.to_thread(_make_room, path)
            writer = await aiosqlite.connect(path, timeout=busy_timeout_s, isolation_level=None)
            try:
                await _prepare_writer(path, writer)
                reader = await aiosqlite.connect(
                    read_only(path), uri=True, timeout=busy_timeout_s, isolation_level=None
                )
            except BaseException:
                await writer.close()
                raise
        return cls(path, writer, reader, on_trouble)

    async def close(self) -> None:
        """Close after what is queued; the writer goes last, since only it can fold the log into the file."""
        async with self._writing:
            await self._reader.close()
            await self._writer.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            with store_errors(self.path):
                yield
        except StoreUnavailableError as trouble:
            self._on_trouble(trouble)
            raise

    async def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """The rows of one query, read beside any write."""
        with self._errors():
            return [tuple(row) for row in await self._reader.execute_fetchall(sql, values)]

    async def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        return next(iter(await self.rows(sql, values)), None)

    async def count(self, sql: str, values: Sequence[Value] = ()) -> int:
        """The one integer that a query such as `SELECT count(*)` answers with."""
        ((number,),) = await self.rows(sql, values)
        return int(number)

    async def read_apart(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in a thread on a connection of its own, for reads long enough to hold up the others."""

        def read() -> T:
            reader = sqlite3.connect(read_only(self.path), uri=True, isolation_level=None)
            with closing(reader):
                return work(reader)

        with self._errors():
            return await asyncio.to_thread(read)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """One unit of work: committed at the end of the block, rolled back on an exception or cancellation.

        A statement whose awaiting task is cancelled still runs in the connection's thread. The rollback is
        queued behind it before the lock is let go, so the next unit of work starts outside this transaction.
        """
        async with self._writing:
            errand = _ERRAND.get()
            with self._errors():
                try:
                    await self._writer.execute_fetchall("BEGIN IMMEDIATE")
                    if errand is not None and errand.is_pending:
                        await self._writer.execute_fetchall(errand.sql, errand.values)
                    yield Transaction(self._writer)
                    await self._writer.commit()
                except BaseException:
                    await self._writer.rollback()
                    raise
            if errand is not None:
                errand.drop()

    @asynccontextmanager
    async def attached(self, path: Path, name: str) -> AsyncIterator[None]:
        """Let the writer read another file under a name; not within a unit of work."""
        async with self._writing:
            with self._errors():
                await self._writer.execute_fetchall(f"ATTACH ? AS {name}", (str(path),))
        try:
            yield
        finally:
            async with self._writing:
                with self._errors():
                    await self._writer.execute_fetchall(f"DETACH {name}")

    async def run_apart(self, sql: str) -> None:
        """One statement that writes to an attached file alone, so that no other process waits for it."""
        async with self._writing:
            with self._errors():
                await self._writer.execute_fetchall(sql)

    async def run(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """One statement as a unit of work; its rows, which it has if it says RETURNING."""
        async with self.write() as tx:
            return await tx.rows(sql, values)

    @staticmethod
    def write_along(sql: str, values: Sequence[Value] = ()) -> Errand:
        """Run a statement within the running task's next unit of work, whatever that is: both are kept or neither."""
        errand = Errand(sql, values)
        _ERRAND.set(errand)
        return errand

    async def empty_log(self) -> bool:
        """Fold the log into the file and cut it to nothing; False where a long read held that up."""
        async with self._writing:
            with self._errors():
                ((is_busy, *_),) = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        return not is_busy

    async def rebuild(self) -> bool:
        """Write the file anew from its rows, without what lies between them; as `empty_log` in the end.

        Takes about a second for 50 MB, in which writes wait.
        """
        async with self._writing:
            with self._errors():
                await self._writer.execute_fetchall("VACUUM")
        return await self.empty_log()

    async def holds(self, trace: bytes) -> bool:
        """Whether these bytes stand anywhere in the file, in use or not."""
        with self._errors():
            return await asyncio.to_thread(_holds, self.path, trace)

    async def size(self) -> int:
        """Bytes of the file, without the log."""
        return (await asyncio.to_thread(self.path.stat)).st_size


class Queries:
    """What the store is asked about one topic."""

    def __init__(self, database: Database) -> None:
        self._database = database


def _holds(path: Path, trace: bytes) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(trace) >= 0


def _make_room(path: Path) -> None:
    """Make the folder and the file, for the owner alone; SQLite gives its log the same permissions.

    Tells a folder in the file's place, for which SQLite has no clear words.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_dir():
        raise StoreUnusableError(path, "it is a folder")
    make_private(path)
    for log_file in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if log_file.exists():
            make_private(log_file)


async def _prepare_writer(path: Path, writer: aiosqlite.Connection) -> None:
    """Set the connection up, and mark a new file as ours; another program's file is left as it is."""
    ((application, tables),) = await writer.execute_fetchall(
        "SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id"
    )
    if application != APPLICATION_ID and (application or tables):
        raise StoreUnusableError(path, ANOTHER_PROGRAMS)
    ((mode,),) = await writer.execute_fetchall("PRAGMA journal_mode = WAL")
    if mode != "wal":
        raise StoreUnusableError(path, "this file system cannot hold a write-ahead log")
    await writer.execute_fetchall("PRAGMA synchronous = FULL")
    await writer.execute_fetchall("PRAGMA foreign_keys = ON")
    await writer.execute_fetchall("PRAGMA secure_delete = ON")  # what is deleted is overwritten with zeros
    if not application:
        await writer.execute_fetchall(f"PRAGMA application_id = {APPLICATION_ID}")


def copy_into(path: Path, empty: Path) -> None:
    """Write what the file holds at this moment into an empty one, whoever writes to it meanwhile. Blocks."""
    with closing(sqlite3.connect(read_only(path), uri=True, isolation_level=None)) as reader:
        reader.execute("VACUUM INTO ?", (str(empty),))


def read_only(path: Path) -> str:
    """The address of a file that is opened for reading alone."""
    return f"{path.absolute().as_uri()}?mode=ro"
