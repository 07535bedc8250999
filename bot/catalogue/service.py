"""The catalogue as the store keeps it, read at the start and again whenever it has changed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.models import ModelRegistry
from bot.movies import MovieSearch
from data import Catalogue, Dataset, TitleIndex
from data.facets import Origins
from data.store import Store
from data.store.facts import IMDB_READ_AT

log = logging.getLogger(__name__)

RETRY_S = 3_600
"""Before files that could not be read are asked for again."""

NO_ORIGINS: Origins = {}

Reading = Callable[[int], Awaitable[str | None]]
"""Reads IMDb's files at that time (epoch seconds); why it could not, None where it did."""


async def read_catalogue(store: Store, dataset: Dataset) -> tuple[Catalogue, str]:
    """The films of the data set, which the store takes in where they are new to it, and all others it knows.

    With them their mark, which is another one as soon as anything has changed since.
    """
    films = await asyncio.to_thread(Catalogue.from_dataset, dataset)
    taken = await store.films.take_in(dataset.content_hash, tuple(films.values()))
    if taken is not None and taken.moved:
        log.info("%s films that were our own are MovieLens's now: all that was kept about them moved", len(taken.moved))
    mark = await store.films.mark()  # before they are read: a change between the two is noticed later
    known = await store.films.known()
    return await asyncio.to_thread(films.with_films, known), mark


async def open_search(store: Store, catalogue: Catalogue, origins: Origins = NO_ORIGINS) -> MovieSearch:
    """Search in those films, by their titles here and elsewhere, and by where they come from."""
    titles = await store.films.titles()

    def opened() -> MovieSearch:
        search = MovieSearch(catalogue, TitleIndex(catalogue, titles))
        search.facets.tell_origins(origins)
        return search

    return await asyncio.to_thread(opened)


@dataclass(slots=True)
class CatalogueService:
    """Keeps search and models with the films as they are; `mark` is that of the catalogue which is served.

    IMDb's files are read every so often by a process of their own, which `read` makes; None means never.
    """

    store: Store
    dataset: Dataset
    search: MovieSearch
    models: ModelRegistry
    mark: str
    every: timedelta | None = None
    read: Reading | None = None
    _not_before: int = field(default=0, init=False)

    async def sync_if_due(self, now: int) -> bool:
        """Read IMDb's files where it is time to; whether that came to a good end. Asked every ten minutes."""
        if self.every is None or self.read is None or now < self._not_before:
            return False
        read_at = await self.store.facts.get(IMDB_READ_AT)
        if read_at is not None and now - int(read_at) < self.every.total_seconds():
            return False
        log.info("reading IMDb's files")
        failure = await self.read(now)
        if failure is not None:
            self._not_before = now + RETRY_S
            log.warning("IMDb's files were not read, the catalogue is as it was: %s", failure)
        return failure is None

    async def notice_change(self) -> bool:
        """Serve what has changed since, by this process or another one; asked every five minutes."""
        if await self.store.films.mark() == self.mark:
            return False
        catalogue, mark = await read_catalogue(self.store, self.dataset)
        search = await open_search(self.store, catalogue, self.search.facets.told_origins)
        self.mark = mark
        # First the models, which then list nothing that the search is about to lose.
        await asyncio.to_thread(self.models.show, catalogue)
        self.search.become(search)
        log.info("the catalogue has changed: it has %s films now; a training is due", len(catalogue))
        return True
