"""The process that reads IMDb's files for the bot: made for one reading, and ended with it."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from bot.catalogue.service import Reading
from bot.catalogue.syncing import Failed, SyncJob, sync_in_process
from bot.settings import Settings
from bot.spawned import serve_parent
from bot.waiting import Wait
from data import Dataset
from data.imdb.fetching import BASE_URL


def reading_process(settings: Settings, dataset: Dataset, wait: Wait, base_url: str = BASE_URL) -> Reading:
    """Reads in a process of its own, so that nobody waits for it."""

    async def read(at: int) -> str | None:
        job = SyncJob(
            database=settings.database_path,
            dataset=dataset.path,
            files=settings.imdb_dir,
            min_votes=settings.catalogue_min_votes,
            at=at,
            base_url=base_url,
        )
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(1, mp_context=context, initializer=serve_parent)
        future = pool.submit(sync_in_process, job)
        (worker,) = pool._processes.values()
        try:
            end = await wait(asyncio.wrap_future(future))
        except BrokenProcessPool:
            return "its process ended before it was done"
        finally:  # at its own exit Python waits for a worker, so none is left
            worker.kill()
            pool.shutdown(wait=False, cancel_futures=True)
        return end.reason if isinstance(end, Failed) else None

    return read
