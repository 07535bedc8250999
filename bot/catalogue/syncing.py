"""One reading of IMDb's files, from the command line or in a process of its own."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue.service import read_catalogue
from data import open_cached
from data.errors import DataError
from data.imdb.fetching import BASE_URL, fetch_all
from data.imdb.syncing import take_films
from data.store import Store
from data.store.films import Synced

OnProgress = Callable[[str, int, int | None], None]
"""Hears what is done, how far it is, and how far it goes; -1 is its end."""


@dataclass(frozen=True, slots=True)
class SyncJob:
    """Everything a reading needs, picklable. `base_url` is None where the files are taken as they lie in `files`."""

    database: Path
    dataset: Path
    files: Path
    min_votes: int
    at: int
    base_url: str | None = BASE_URL


@dataclass(frozen=True, slots=True)
class Failed:
    """A reading that came to nothing; a value, since exceptions with data do not survive the way back."""

    reason: str


def _unheard(stage: str, done: int, total: int | None) -> None:
    """For a reading that nobody watches."""


async def sync(job: SyncJob, on_progress: OnProgress = _unheard) -> Synced:
    """Fetch what has changed, read it and take its films; raises DataError, and the catalogue is as it was then."""
    dataset = open_cached(job.dataset)
    if job.base_url is not None:
        await asyncio.to_thread(fetch_all, job.files, job.base_url, on_progress)

    def read(name: str, done: int) -> None:
        on_progress(f"reading {name}", done, None)

    store = await Store.open(job.database)
    try:
        await store.facts.bind_id_space(dataset.id_space)
        await read_catalogue(store, dataset)
        return await take_films(store, job.files, job.min_votes, job.at, read)
    finally:
        await store.close()


def sync_in_process(job: SyncJob) -> Synced | Failed:
    """What the process of a reading does."""
    try:
        return asyncio.run(sync(job))
    except DataError as error:
        return Failed(str(error))
