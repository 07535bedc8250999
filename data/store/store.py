"""The store as its users see it: one open database, one attribute per topic."""

import asyncio
from pathlib import Path
from typing import Self

from data.store.database import Database
from data.store.facts import Facts
from data.store.guesses import Guesses
from data.store.guilds import Guilds
from data.store.handled import Handled
from data.store.imports import Imports
from data.store.lists import ShownLists
from data.store.migrate import known_migrations, migrate
from data.store.personal import Personal
from data.store.profiles import Profiles
from data.store.ratings import Ratings
from data.store.resets import Resets
from data.store.runs import TrainingRuns
from data.store.shelves import Shelves
from data.store.tombstones import Tombstones

TOMBSTONES = "deleted"
"""The file beside the database."""


class Store:
    """Made by `open`, ended by `close`. Every method is one unit of work; times are UTC epoch seconds."""

    def __init__(self, database: Database, tombstones: Tombstones) -> None:
        self._database = database
        self.profiles = Profiles(database)
        self.ratings = Ratings(database)
        self.guesses = Guesses(database)
        self.resets = Resets(database)
        self.shelves = Shelves(database)
        self.imports = Imports(database)
        self.lists = ShownLists(database)
        self.runs = TrainingRuns(database)
        self.guilds = Guilds(database)
        self.handled = Handled(database)
        self.facts = Facts(database)
        self.personal = Personal(database, tombstones, self.facts)

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open or create the database file and bring its schema up to date.

        Raises `StoreUnusableError`, `StoreLockedError`, `NewerSchemaError`.
        """
        database = await Database.open(path)
        try:
            await migrate(database, known_migrations())
            tombstones = await asyncio.to_thread(Tombstones.open, path.with_name(TOMBSTONES))
            store = cls(database, tombstones)
        except BaseException:
            await database.close()
            raise
        return store

    async def close(self) -> None:
        """Close after what is queued; a second call does nothing."""
        await self._database.close()
