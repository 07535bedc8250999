"""Members' data in SQLite: profiles, ratings and their history, shelves, shown lists, training runs, guilds, facts."""

from data.store.changes import Change as Change
from data.store.changes import ChangeKind as ChangeKind
from data.store.errors import DailyCapError as DailyCapError
from data.store.errors import IdSpaceMismatchError as IdSpaceMismatchError
from data.store.errors import LastWasImportError as LastWasImportError
from data.store.errors import LastWasOtherError as LastWasOtherError
from data.store.errors import StoreError as StoreError
from data.store.errors import StoreUnavailableError as StoreUnavailableError
from data.store.facts import REFUSAL_TOLD as REFUSAL_TOLD
from data.store.facts import RETRAIN_WANTED as RETRAIN_WANTED
from data.store.facts import Facts as Facts
from data.store.guesses import Guess as Guess
from data.store.imports import Incoming as Incoming
from data.store.imports import StoredImport as StoredImport
from data.store.inspection import inspect as inspect
from data.store.lists import ShownList as ShownList
from data.store.migrate import known_migrations as known_migrations
from data.store.personal import Everything as Everything
from data.store.personal import Holdings as Holdings
from data.store.profiles import Profile as Profile
from data.store.profiles import Visibility as Visibility
from data.store.ratings import Order as Order
from data.store.shelves import Shelf as Shelf
from data.store.shelves import Spot as Spot
from data.store.store import Store as Store
from data.store.writes import Write as Write
