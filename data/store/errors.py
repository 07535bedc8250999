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
    ├── UnknownEntryError       no entry of that member's journal under that id
    ├── AlreadySoError          the entry was taken back, or brought back, before
    ├── ChangedSinceError       what the entry changed was changed again since, which would be lost
    ├── DailyCapError           more ratings in a day than are taken
    ├── OwnerGoneError          the member, or the import, that a row was to belong to was deleted meanwhile
    ├── UnknownListError        a shown list that was never made, or pruned
    └── RunNotOpenError         a training run that does not wait for its outcome
"""

from dataclasses import dataclass
from pathlib import Path

from data.errors import DataError


class StoreError(DataError):
    """The store cannot do what was asked."""


@dataclass(eq=False)
class StoreUnavailableError(StoreError):
    """`path` is the database, or the file beside it."""

    path: Path


@dataclass(eq=False)
class StoreUnusableError(StoreUnavailableError):
    reason: str
    SAYS = "{path} cannot be used as the database: {reason}"


class StoreLockedError(StoreUnavailableError):
    SAYS = "{path} is locked by another process"


@dataclass(eq=False)
class DatabaseGoneError(StoreError):
    """`left` is what a database in use has left beside it."""

    path: Path
    left: Path
    SAYS = "{path} is gone or empty, though {left} is there"


@dataclass(eq=False)
class NewerSchemaError(StoreError):
    path: Path
    found: int
    known: int
    SAYS = "{path} has schema {found}, this version knows up to {known}"


@dataclass(eq=False)
class SchemaDriftError(StoreError):
    """`differs` names the tables and indexes that are not as schema `number` has them."""

    path: Path
    number: int
    differs: tuple[str, ...]
    SAYS = "{path} is not as schema {number} should be: {differs}"


@dataclass(eq=False)
class ChangedMigrationError(StoreError):
    path: Path
    name: str
    SAYS = "{path} was made by another {name}"


@dataclass(eq=False)
class IdSpaceMismatchError(StoreError):
    stored: str
    given: str
    SAYS = "the stored ratings use the movie ids of {stored}, the data set those of {given}"


@dataclass(eq=False)
class UnknownEntryError(StoreError):
    user_id: int
    entry_id: int
    SAYS = "user {user_id} has no entry {entry_id}"


@dataclass(eq=False)
class AlreadySoError(StoreError):
    entry_id: int
    SAYS = "entry {entry_id} was taken back, or brought back, before"


@dataclass(eq=False)
class ChangedSinceError(StoreError):
    """All that the entry changed was changed again since."""

    entry_id: int
    SAYS = "what entry {entry_id} changed was changed since"


@dataclass(eq=False)
class DailyCapError(StoreError):
    """More ratings in a day than are taken."""

    cap: int
    SAYS = "more than {cap} ratings in a day"


class OwnerGoneError(StoreError):
    SAYS = "what the row was to belong to was deleted"


@dataclass(eq=False)
class UnknownListError(StoreError):
    list_id: int
    SAYS = "no shown list {list_id}"


@dataclass(eq=False)
class RunNotOpenError(StoreError):
    run_id: int
    SAYS = "training run {run_id} does not wait for an outcome"
