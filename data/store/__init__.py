"""Members' data in SQLite: profiles, ratings and their history, shelves, shown lists, training runs, guilds, facts."""

from data.store.changes import Change, ChangeKind
from data.store.errors import (
    AlreadyUndoneError,
    IdSpaceMismatchError,
    LastWasImportError,
    LastWasOtherError,
    NewerSchemaError,
    OwnerGoneError,
    RunNotOpenError,
    StoreError,
    StoreLockedError,
    StoreUnusableError,
    UnknownListError,
    UnknownWriteError,
    WriteSupersededError,
)
from data.store.facts import REBUILD_WANTED, RETRAIN_WANTED, Facts
from data.store.guesses import Guess, Guesses
from data.store.guilds import Guilds
from data.store.imports import Comparison, Imports, ImportState, Incoming, StoredImport, Written
from data.store.lists import ShownList, ShownLists
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
    "Comparison",
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
    "Shelf",
    "ShelvedFilm",
    "Shelves",
    "ShownList",
    "ShownLists",
    "Spot",
    "Store",
    "StoreError",
    "StoreLockedError",
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
]
