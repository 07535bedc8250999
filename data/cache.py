"""Writing what was read into the cache: all of an entry or none of it, also with two processes at once."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
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
from data.errors import CorruptDatasetError
from data.files import sweep, sync, usable
from data.ratings import Tally

FORMAT = 3
"""Raised with every change of the files of an entry or of how they are made."""
_UNFINISHED = ".writing-"


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
        sweep(entry.parent, _UNFINISHED)
        scratch = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=entry.parent))
        try:
            _write(scratch, parsed, progress)
            _publish(scratch, entry)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return open_cached(entry)


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
        sync(path)


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
            aside = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=entry.parent))
            with suppress(FileNotFoundError):
                entry.rename(aside / "damaged")
            shutil.rmtree(aside, ignore_errors=True)
        else:
            sync(entry.parent)
            return
