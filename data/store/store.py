"""The store as its users see it: one open database, one attribute per topic."""

from pathlib import Path
from typing import Self

from data.store.database import Database
from data.store.facts import Facts
from data.store.guilds import Guilds
from data.store.lists import ShownLists
from data.store.migrate import known_migrations, migrate
from data.store.profiles import Profiles
from data.store.ratings import Ratings
from data.store.runs import TrainingRuns
from data.store.shelves import Shelves


class Store:
    """Made by `open`, ended by `close`. Every method is one unit of work; times are UTC epoch seconds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.profiles = Profiles(database)
        self.ratings = Ratings(database)
        self.shelves = Shelves(database)
        self.lists = ShownLists(database)
        self.runs = TrainingRuns(database)
        self.guilds = Guilds(database)
        self.facts = Facts(database)

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open or create the database file and bring its schema up to date.

        Raises `StoreUnusableError`, `StoreLockedError`, `NewerSchemaError`.
        """
        database = await Database.open(path)
        try:
            await migrate(database, known_migrations())
            store = cls(database)
        except BaseException:
            await database.close()
            raise
        return store

    async def close(self) -> None:
        """Close after what is queued; a second call does nothing."""
        await self._database.close()
