"""What can go wrong with the store.

DataError
└── StoreError
    ├── StoreUnavailableError   nothing can be read or written at the moment, or ever
    │   ├── StoreUnusableError  the file cannot be a database of ours: garbage, a folder, a full disk, …
    │   └── StoreLockedError    another process holds it for longer than we wait
    ├── DatabaseGoneError       there is none, or an empty one, where one was in use
    ├── NewerSchemaError        written by a later version of the program
    ├── SchemaDriftError        its tables are not those of its schema number
    ├── ChangedMigrationError   made by another form of a migration than this version brings
    ├── IdSpaceMismatchError    a data set that numbers films otherwise than the stored ratings do
    ├── UnknownWriteError       no write of that member under that id
    ├── AlreadyUndoneError      the write was taken back before
    ├── WriteSupersededError    the film was written again since, which taking this back would lose
    ├── LastWasImportError      the newest write is one of an import, which is taken back as a whole
    ├── LastWasOtherError       the newest change is no rating
    ├── OwnerGoneError          the member, or the import, that a row was to belong to was deleted meanwhile
    ├── UnknownListError        a shown list that was never made, or pruned
    └── RunNotOpenError         a training run that does not wait for its outcome
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError

if TYPE_CHECKING:
    from data.store.changes import Change

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


class StoreError(DataError):
    """The store cannot do what was asked."""


class StoreUnavailableError(StoreError):
    """`path` is the database, or the file beside it."""

    path: Path


class StoreUnusableError(StoreUnavailableError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be used as the database: {reason}")
        self.path = path
        self.reason = reason


class StoreLockedError(StoreUnavailableError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is locked by another process")
        self.path = path


class DatabaseGoneError(StoreError):
    """`left` is the file of a database that was in use here."""

    def __init__(self, path: Path, left: Path) -> None:
        super().__init__(f"{path} is gone or empty, though {left} is there")
        self.path = path
        self.left = left


class NewerSchemaError(StoreError):
    """`found` is the file's schema number, `known` the last one this program has a migration for."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(f"{path} has schema {found}, this version knows up to {known}")
        self.path = path
        self.found = found
        self.known = known


class SchemaDriftError(StoreError):
    """`differs` are the tables and indexes that are not as schema `number` has them, such as `table shelves`."""

    def __init__(self, path: Path, number: int, differs: Sequence[str]) -> None:
        super().__init__(f"{path} is not as schema {number} should be: {', '.join(differs)}")
        self.path = path
        self.number = number
        self.differs = tuple(differs)


class ChangedMigrationError(StoreError):
    def __init__(self, path: Path, name: str) -> None:
        super().__init__(f"{path} was made by another {name}")
        self.path = path
        self.name = name


class IdSpaceMismatchError(StoreError):
    def __init__(self, stored: str, given: str) -> None:
        super().__init__(f"the stored ratings use the movie ids of {stored}, the data set those of {given}")
        self.stored = stored
        self.given = given


class UnknownWriteError(StoreError):
    def __init__(self, user_id: int, write_id: int) -> None:
        super().__init__(f"user {user_id} has no write {write_id}")
        self.user_id = user_id
        self.write_id = write_id


class AlreadyUndoneError(StoreError):
    def __init__(self, write_id: int) -> None:
        super().__init__(f"write {write_id} was taken back before")
        self.write_id = write_id


class WriteSupersededError(StoreError):
    """`by` is the newest later write of the same film that still holds."""

    def __init__(self, write_id: int, by: int) -> None:
        super().__init__(f"write {write_id} was superseded by write {by}")
        self.write_id = write_id
        self.by = by


class LastWasImportError(StoreError):
    def __init__(self, import_id: int) -> None:
        super().__init__(f"the newest write is one of import {import_id}")
        self.import_id = import_id


class LastWasOtherError(StoreError):
    def __init__(self, change: "Change") -> None:
        super().__init__(f"the newest change is no rating: {change.kind} {change.subject}")
        self.change = change


class OwnerGoneError(StoreError):
    def __init__(self) -> None:
        super().__init__("what the row was to belong to was deleted")


class UnknownListError(StoreError):
    def __init__(self, list_id: int) -> None:
        super().__init__(f"no shown list {list_id}")
        self.list_id = list_id


class RunNotOpenError(StoreError):
    def __init__(self, run_id: int) -> None:
        super().__init__(f"training run {run_id} does not wait for an outcome")
        self.run_id = run_id


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
