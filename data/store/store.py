"""The store as its users see it: one open database, one attribute per topic."""

import asyncio
from pathlib import Path
from typing import Self

from data.store.copies import Copies
from data.store.database import Database, OnTrouble, ignore
from data.store.evenings import Evenings
from data.store.facts import Facts
from data.store.films import Films
from data.store.games import Games
from data.store.guesses import Guesses
from data.store.guilds import Guilds
from data.store.handled import Handled
from data.store.imports import Imports
from data.store.inspection import inspect
from data.store.journal import Journal
from data.store.lists import ShownLists
from data.store.memberships import Memberships
from data.store.migrate import known_migrations, migrate
from data.store.personal import Personal
from data.store.profiles import Profiles
from data.store.ratings import Ratings
from data.store.runs import TrainingRuns
from data.store.shelves import Shelves
from data.store.tmdb import TmdbFilms
from data.store.tombstones import TOMBSTONES, Tombstones
from data.store.votes import Votes


class Store:
    """Made by `open`, ended by `close`. Every method is one unit of work; times are UTC epoch seconds."""

    def __init__(self, database: Database, tombstones: Tombstones, copies: Copies) -> None:
        self._database = database
        self.path = database.path
        self.profiles = Profiles(database)
        self.ratings = Ratings(database)
        self.votes = Votes(database)
        self.guesses = Guesses(database)
        self.shelves = Shelves(database)
        self.journal = Journal(database)
        self.imports = Imports(database)
        self.lists = ShownLists(database)
        self.runs = TrainingRuns(database)
        self.guilds = Guilds(database)
        self.memberships = Memberships(database)
        self.evenings = Evenings(database)
        self.games = Games(database)
        self.handled = Handled(database)
        self.facts = Facts(database)
        self.films = Films(database)
        self.tmdb = TmdbFilms(database)
        self.personal = Personal(database, tombstones, copies, self.facts)

    @classmethod
    async def open(cls, path: Path, *, may_be_new: bool = False, on_trouble: OnTrouble = ignore) -> Self:
        """Open or create the database file and bring its schema up to date, with a copy of what it was before.

        `on_trouble` hears from then on when the file cannot be used. Raises as `inspect` does, before anything is
        changed.
        """
        number = await asyncio.to_thread(inspect, path, may_be_new=may_be_new)
        migrations, copies = known_migrations(), Copies(path)
        if 0 < number < migrations[-1].number:
            await asyncio.to_thread(copies.make, number + 1)
        database = await Database.open(path, on_trouble=on_trouble)
        try:
            await migrate(database, migrations)
            tombstones = await asyncio.to_thread(Tombstones.open, path.with_name(TOMBSTONES))
            store = cls(database, tombstones, copies)
        except BaseException:
            await database.close()
            raise
        return store

    async def close(self) -> None:
        """Close after what is queued; a second call does nothing."""
        await self._database.close()
