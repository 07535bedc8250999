"""What a training reads of the chat: one file for each training, the same rows whoever trains."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from bot.servers.votes import MIN_ACCOUNT_AGE_S, counted
from data import Catalogue
from data.errors import HeldError
from data.lock import check_free, held
from data.store import Store

MOST_OF_ONE = 2_000
"""So many ratings of one member are trained on at most, the newest: nobody weighs more than that."""

PREFIX, LOCK = ".snapshot-", "lock"


@contextlib.contextmanager
def snapshot_file(models: Path) -> Iterator[Path]:
    """A place for a snapshot beside the models, gone afterwards; see `remove_snapshots` for one that was killed."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=models) as folder, held(Path(folder) / LOCK):
        yield Path(folder) / "snapshot.feather"


async def write_movies(catalogue: Catalogue, snapshot: Path) -> Path:
    """Write what is known of the films beside a snapshot of ratings; where it is."""
    path = snapshot.with_name("movies.feather")
    await asyncio.to_thread(lambda: catalogue.frame().to_feather(path))
    return path


async def write_snapshot(store: Store, path: Path, at: int) -> int:
    """Write the ratings that may be trained on at that time (epoch seconds); how many there are."""
    frame = await store.ratings.training_frame(created_before=at - MIN_ACCOUNT_AGE_S)

    def write() -> int:
        kept = fair(frame)
        kept.to_feather(path)
        return len(kept)

    return await asyncio.to_thread(write)


def fair(frame: pd.DataFrame) -> pd.DataFrame:
    """Of the ratings that may be trained on, those that count (`bot.servers.votes`), a cap of them from one member."""
    columns = (frame[one].to_numpy() for one in ("user_id", "movie_id", "rating", "timestamp"))
    kept = frame[counted(*columns)]
    age = kept.groupby("user_id")["timestamp"].rank(method="first", ascending=False)
    return kept[age <= MOST_OF_ONE].reset_index(drop=True)


def remove_snapshots(models: Path) -> None:
    """Remove what killed trainings left; a training that goes on, `marquee train` beside the bot, holds its own."""
    for left in models.glob(f"{PREFIX}*"):
        with contextlib.suppress(HeldError):
            check_free(left / LOCK)
            shutil.rmtree(left, ignore_errors=True)
