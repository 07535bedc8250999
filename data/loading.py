"""From the name in `DATASET` to a data set that is ready to use."""

from dataclasses import replace
from pathlib import Path

from data.archive import Archive
from data.cache import Parsed, entry_path, find_entry, write_entry
from data.dataset import Dataset
from data.download import fetch
from data.errors import UnknownDatasetError
from data.files import usable
from data.layouts import find_layout
from data.movies import movies_table, read_links, read_movies, read_tags
from data.ratings import stream_ratings
from data.registry import DEFAULT_BASE_URL, KNOWN_NAMES, PUBLISHED, SAMPLE
from data.sample import find_sample, hash_sample, read_sample


def load_dataset(name: str, folder: Path, *, base_url: str = DEFAULT_BASE_URL, progress: bool = False) -> Dataset:
    """The data set `name`: one of `KNOWN_NAMES`, or a path to a folder or zip in one of the three layouts.

    Downloads and the cache lie in `folder`. What was read once is opened from the cache; a damaged cache is
    written anew. `progress` shows bars on standard error. Raises UnknownDatasetError, DownloadError,
    CorruptDatasetError, UnsafeArchiveError, DataFolderError and SampleMissingError.
    """
    with usable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if name == SAMPLE:
            return _load_sample(folder, progress)
        if name in PUBLISHED:
            archive = fetch(PUBLISHED[name], folder, base_url=base_url, progress=progress)
        elif name and Path(name).expanduser().exists():
            archive = Path(name).expanduser()
        else:
            raise UnknownDatasetError(name, tuple(KNOWN_NAMES))
        return _load_archive(name if name in PUBLISHED else archive.stem, archive, folder, progress)


def _load_archive(name: str, path: Path, folder: Path, progress: bool) -> Dataset:
    with Archive(path) as archive:
        layout = find_layout(archive)
        content_hash = archive.content_hash(layout.files)
        entry = entry_path(folder, content_hash)
        dataset = find_entry(entry)
        if dataset is None:
            listed = read_movies(archive, layout)
            links, tags = read_links(archive, layout), read_tags(archive, layout)
            parsed = Parsed(
                name=name,
                content_hash=content_hash,
                id_space=layout.id_space,
                batches=stream_ratings(archive, layout),
                movies=lambda tally: movies_table(listed, tally.by_movie(), links, tags),
            )
            dataset = write_entry(entry, parsed, progress=progress)
    return replace(dataset, name=name)


def _load_sample(folder: Path, progress: bool) -> Dataset:
    file = find_sample()
    content_hash = hash_sample(file)
    entry = entry_path(folder, content_hash)
    dataset = find_entry(entry)
    if dataset is None:
        listed, batch = read_sample(file)
        parsed = Parsed(
            name=SAMPLE,
            content_hash=content_hash,
            id_space="movielens",
            batches=[batch],
            movies=lambda tally: movies_table(listed, tally.by_movie()),
        )
        dataset = write_entry(entry, parsed, progress=progress)
    return replace(dataset, name=SAMPLE)
