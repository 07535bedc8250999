"""Writing what was read into the cache: all of an entry or none of it, also with two processes at once."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import feather
from tqdm import tqdm

from data.dataset import (
    DESCRIPTION,
    MOVIES,
    RATINGS,
    RATINGS_SCHEMA,
    Dataset,
    IdSpace,
    describe,
    open_cached,
)
from data.errors import CorruptDatasetError, DataFolderError
from data.ratings import Tally

FORMAT = 1
"""Raised with every change of the files of an entry or of how they are made."""
_UNFINISHED = ".writing-"
_ABANDONED_AFTER_S = 86_400


@dataclass(frozen=True, slots=True)
class Parsed:
    """A data set on its way into the cache. `movies` is asked once all `batches` have been counted."""

    name: str
    content_hash: str
    id_space: IdSpace
    batches: Iterable[pa.RecordBatch]
    movies: Callable[[Tally], pa.Table]


def entry_path(folder: Path, content_hash: str) -> Path:
    """Where the entry for this content lies in the data sets' `folder`."""
    return folder / "cache" / f"{content_hash[:24]}-{FORMAT}"


def find_entry(entry: Path) -> Dataset | None:
    """The data set at `entry`, None where there is none or it is damaged."""
    with suppress(CorruptDatasetError):
        return open_cached(entry)
    return None


def write_entry(entry: Path, parsed: Parsed, *, progress: bool = False) -> Dataset:
    """Write `parsed` to `entry` and open it; raises DataFolderError and what reading the batches raises."""
    with usable(entry.parent):
        entry.parent.mkdir(parents=True, exist_ok=True)
        _sweep(entry.parent)
        scratch = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=entry.parent))
        try:
            _write(scratch, parsed, progress)
            _publish(scratch, entry)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return open_cached(entry)


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """Tell what the system says about a folder that cannot be written to as DataFolderError."""
    try:
        yield
    except OSError as error:
        raise DataFolderError(folder, (error.strerror or str(error)).lower()) from error


def _write(scratch: Path, parsed: Parsed, progress: bool) -> None:
    tally = Tally()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    bar = tqdm(desc=parsed.name, unit=" ratings", unit_scale=True, disable=not progress)
    with bar, pa.ipc.new_file(str(scratch / RATINGS), RATINGS_SCHEMA, options=options) as writer:
        for batch in parsed.batches:
            tally.add(batch)
            writer.write_batch(batch)
            bar.update(batch.num_rows)
    movies = parsed.movies(tally)
    feather.write_feather(movies, str(scratch / MOVIES), compression="lz4")
    described = describe(
        scratch,
        name=parsed.name,
        content_hash=parsed.content_hash,
        id_space=parsed.id_space,
        stats=tally.stats(movies.num_rows),
    )
    (scratch / DESCRIPTION).write_text(json.dumps(described, indent=1), "utf-8")
    for path in (*scratch.iterdir(), scratch):
        _sync(path)


def _publish(scratch: Path, entry: Path) -> None:
    """Move `scratch` to `entry`; a whole entry that another process put there stays, a damaged one goes."""
    while True:
        try:
            scratch.rename(entry)
        except OSError:
            if find_entry(entry) is not None:
                return
            if not entry.exists():
                raise
            with suppress(FileNotFoundError):
                entry.rename(Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=entry.parent)) / "damaged")
        else:
            _sync(entry.parent)
            return


def _sweep(folder: Path) -> None:
    """Remove what killed processes left unfinished."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _ABANDONED_AFTER_S:
                shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
