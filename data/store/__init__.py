"""Members' data in SQLite: profiles, ratings and their history, shelves, shown lists, training runs, guilds, facts."""

from data.store.changes import Change, ChangeKind
from data.store.errors import (
    AlreadyUndoneError,
    ChangedMigrationError,
    DailyCapError,
    DatabaseGoneError,
    IdSpaceMismatchError,
    LastWasImportError,
    LastWasOtherError,
    NewerSchemaError,
    OwnerGoneError,
    RunNotOpenError,
    SchemaDriftError,
    StoreError,
    StoreLockedError,
    StoreUnavailableError,
    StoreUnusableError,
    UnknownListError,
    UnknownWriteError,
    WriteSupersededError,
)
from data.store.facts import REBUILD_WANTED, RETRAIN_WANTED, Facts
from data.store.guesses import Guess, Guesses
from data.store.guilds import Guilds
from data.store.imports import Comparison, Imports, ImportState, Incoming, StoredImport, Written
from data.store.inspection import inspect
from data.store.lists import ShownList, ShownLists
from data.store.migrate import known_migrations
from data.store.personal import Everything, Holdings
from data.store.profiles import FIRST_USER_ID, Profile, Profiles, Visibility
from data.store.ratings import Order, RatingRow, Ratings
from data.store.resets import Forgotten, Resets
from data.store.runs import Outcome, RunState, TrainingRun, TrainingRuns
from data.store.shelves import Shelf, ShelvedFilm, Shelves, Spot
from data.store.store import Store
from data.store.writes import Write

__all__ = [
    "FIRST_USER_ID",
    "REBUILD_WANTED",
    "RETRAIN_WANTED",
    "AlreadyUndoneError",
    "Change",
    "ChangeKind",
    "ChangedMigrationError",
    "Comparison",
    "DailyCapError",
    "DatabaseGoneError",
    "Everything",
    "Facts",
    "Forgotten",
    "Guess",
    "Guesses",
    "Guilds",
    "Holdings",
    "IdSpaceMismatchError",
    "ImportState",
    "Imports",
    "Incoming",
    "LastWasImportError",
    "LastWasOtherError",
    "NewerSchemaError",
    "Order",
    "Outcome",
    "OwnerGoneError",
    "Profile",
    "Profiles",
    "RatingRow",
    "Ratings",
    "Resets",
    "RunNotOpenError",
    "RunState",
    "SchemaDriftError",
    "Shelf",
    "ShelvedFilm",
    "Shelves",
    "ShownList",
    "ShownLists",
    "Spot",
    "Store",
    "StoreError",
    "StoreLockedError",
    "StoreUnavailableError",
    "StoreUnusableError",
    "StoredImport",
    "TrainingRun",
    "TrainingRuns",
    "UnknownListError",
    "UnknownWriteError",
    "Visibility",
    "Write",
    "WriteSupersededError",
    "Written",
    "inspect",
    "known_migrations",
]
