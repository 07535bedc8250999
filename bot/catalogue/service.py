"""The catalogue as the store keeps it, read at the start and again whenever it has changed."""

import asyncio
import logging
from dataclasses import dataclass

from bot.models import ModelRegistry
from bot.movies import MovieSearch
from data import Catalogue, Dataset, TitleIndex
from data.store import Store

log = logging.getLogger(__name__)


async def read_catalogue(store: Store, dataset: Dataset) -> Catalogue:
    """The films of the data set, which the store takes in where they are new to it, and all others it knows."""
    films = await asyncio.to_thread(Catalogue.from_dataset, dataset)
    taken = await store.films.take_in(dataset.content_hash, tuple(films.values()))
    if taken is not None and taken.moved:
        log.info("%s films that were our own are MovieLens's now: all that was kept about them moved", len(taken.moved))
    known = await store.films.known()
    return await asyncio.to_thread(films.with_films, known)


async def open_search(store: Store, catalogue: Catalogue) -> MovieSearch:
    return await asyncio.to_thread(lambda: MovieSearch(catalogue, TitleIndex(catalogue)))


@dataclass(slots=True)
class CatalogueService:
    """Keeps search and models with the films as they are; `mark` is that of the catalogue which is served."""

    store: Store
    dataset: Dataset
    search: MovieSearch
    models: ModelRegistry
    mark: str

    async def notice_change(self) -> bool:
        """Serve what has changed since, by this process or another one; asked every minute."""
        mark = await self.store.films.mark()
        if mark == self.mark:
            return False
        catalogue = await read_catalogue(self.store, self.dataset)
        search = await open_search(self.store, catalogue)
        self.mark = mark
        self.search.become(search)
        self.models.show(catalogue)
        log.info("the catalogue has changed: it has %s films now; a training is due", len(catalogue))
        return True
