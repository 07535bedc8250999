"""Bringing the catalogue up to date with IMDb's files: in one transaction, after everything was read."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from data.files import sweep
from data.imdb.preparing import OnProgress, Wanted, prepare
from data.store import Store
from data.store.database import store_errors
from data.store.facts import IMDB_READ_AT
from data.store.films import Synced
from data.store.staging import Staging

_SCRATCH = ".catalogue-"


async def take_films(store: Store, files: Path, min_votes: int, at: int, on_progress: OnProgress) -> Synced:
    """Take the films in the folder `files`; raises SourceFileError and StoreError, and all is as it was then."""
    wanted = Wanted(await store.films.imdb_numbers(), min_votes)
    beside = store.path.parent
    sweep(beside, _SCRATCH)
    scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=beside))
    staged = scratch / "films.db"

    def fill() -> None:
        with store_errors(staged), Staging(staged) as staging:
            prepare(files, wanted, staging, on_progress)

    try:
        await asyncio.to_thread(fill)
        synced = await store.films.take_staged(staged)
    finally:
        await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)
    await store.facts.set(IMDB_READ_AT, str(at))
    return synced
