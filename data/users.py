"""Single users of a data set and what they gave, read from its ratings batch by batch: all of them never lie in memory.

Files are grouped by user as GroupLens writes them, but nothing here relies on it.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.dataset import RATINGS, RATINGS_SCHEMA, Dataset
from data.errors import CorruptDatasetError

HALF_STARS = 10
"""How many different ratings there are, from 0.5 to 5."""

NEAREST_SHRINKAGE = 10.0
"""Common films at which half of what a neighbour agrees beyond a stranger is believed."""

_NOT_RATED = np.float32(np.nan)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A user beside somebody's ratings: `apart` is how many stars they differ by on average over `common` films."""

    user_id: int
    common: int
    apart: float


class StarsGiven:
    """How often each film got each rating. `movie_ids` ascend; `counts` is [films, HALF_STARS]."""

    def __init__(self, movie_ids: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> None:
        self._movie_ids = movie_ids
        self._counts = counts

    def shares(self, movie_ids: Collection[int]) -> tuple[float, ...] | None:
        """The shares of the ratings 0.5, 1, … 5 over these films, each film weighing the same.

        So their mean is the mean of the films' means. None where nobody has rated any of them.
        """
        wanted = np.isin(self._movie_ids, np.fromiter(movie_ids, np.int64, len(movie_ids)))
        counts = self._counts[wanted]
        counts = counts[counts.sum(axis=1) > 0]
        if not len(counts):
            return None
        return tuple(float(share) for share in (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0))

    def at_least(self, stars: float, movie_ids: Collection[int]) -> dict[int, int]:
        """How many gave each of these films so many stars or more; films that are not in the data set are left out."""
        wanted = np.isin(self._movie_ids, np.fromiter(movie_ids, np.int64, len(movie_ids)))
        counts = self._counts[wanted, round(2 * stars) - 1 :].sum(axis=1)
        return dict(zip(self._movie_ids[wanted].tolist(), counts.tolist(), strict=True))


def ratings_of(dataset: Dataset, user_id: int) -> dict[int, float]:
    """The stars by movie id of one user of the data set, the first rated first; empty where there is no such user.

    Raises CorruptDatasetError, as all functions here.
    """
    found: list[tuple[int, int, float]] = []
    with _reading(dataset) as source:
        users, rows = _columns(source, "user_id"), _columns(source, "movie_id", "rating", "timestamp")
        for index in range(users.num_record_batches):
            theirs = users.get_batch(index).column("user_id").to_numpy() == user_id
            if theirs.any():
                batch = rows.get_batch(index)
                columns = (batch.column(name).to_numpy()[theirs] for name in ("timestamp", "movie_id", "rating"))
                found += zip(*(column.tolist() for column in columns), strict=True)
    found.sort(key=lambda row: row[0])
    return {movie_id: stars for _, movie_id, stars in found}


def user_range(dataset: Dataset) -> tuple[int, int]:
    """The lowest and the highest user id of the data set."""
    with _reading(dataset) as source:
        ids = [batch.column("user_id").to_numpy() for batch in _batches(_columns(source, "user_id"))]
        return int(min(one.min() for one in ids)), int(max(one.max() for one in ids))


def nearest_users(dataset: Dataset, rated: Mapping[int, float], n: int) -> tuple[Neighbour, ...]:
    """The `n` users who agree best with somebody's ratings, best first; reads every rating once.

    A user's score is the mean, over the films both rated, of how much closer their stars are than those of all
    who rated the films; shrunk towards that of a stranger, 0, where few films are common:
    sum(apart_of_all - |own - theirs|) / (common + NEAREST_SHRINKAGE).
    """
    own = np.full(max(rated, default=0) + 2, _NOT_RATED, dtype=np.float32)  # the last place stands for all beyond it
    own[np.fromiter(rated, np.int64, len(rated))] = np.fromiter(rated.values(), np.float32, len(rated))
    users, apart = [], []
    with _reading(dataset) as source:
        for batch in _batches(_columns(source, "user_id", "movie_id", "rating")):
            stars = own[np.minimum(batch.column("movie_id").to_numpy(), len(own) - 1)]
            common = np.flatnonzero(~np.isnan(stars))
            users.append(batch.column("user_id").to_numpy()[common])
            apart.append(np.abs(stars[common] - batch.column("rating").to_numpy()[common]))
    ids, who = np.unique(np.concatenate(users), return_inverse=True)
    if not len(ids):
        return ()
    each = np.concatenate(apart).astype(np.float64)
    common, total = np.bincount(who), np.bincount(who, weights=each)
    score = (common * each.mean() - total) / (common + NEAREST_SHRINKAGE)
    best = np.lexsort((ids, -score))[:n]
    return tuple(Neighbour(int(ids[one]), int(common[one]), float(total[one] / common[one])) for one in best)


def stars_given(dataset: Dataset) -> StarsGiven:
    """Counts of each film's ratings; reads every rating once."""
    movie_ids = np.sort(dataset.movies["movie_id"].to_numpy())
    place = np.zeros(movie_ids[-1] + 1, dtype=np.int64)  # a table, since searching 32 million times takes seconds
    place[movie_ids] = np.arange(len(movie_ids)) * HALF_STARS - 1
    counts = np.zeros(len(movie_ids) * HALF_STARS, dtype=np.int64)
    with _reading(dataset) as source:
        for batch in _batches(_columns(source, "movie_id", "rating")):
            halves = (batch.column("rating").to_numpy() * 2).astype(np.int64)
            given = place[batch.column("movie_id").to_numpy()] + halves
            counts += np.bincount(given, minlength=len(counts))
    return StarsGiven(movie_ids, counts.reshape(len(movie_ids), HALF_STARS))


@contextmanager
def _reading(dataset: Dataset) -> Iterator[pa.MemoryMappedFile]:
    file = dataset.path / RATINGS
    try:
        with pa.memory_map(str(file)) as source:
            yield source
    except (OSError, pa.ArrowException) as error:
        raise CorruptDatasetError(str(file), None, "the ratings as they were written", str(error)) from error


def _columns(source: pa.MemoryMappedFile, *names: str) -> pa.RecordBatchFileReader:
    """A reader that unpacks these columns only."""
    fields = [RATINGS_SCHEMA.get_field_index(name) for name in names]
    return pa.ipc.open_file(source, options=pa.ipc.IpcReadOptions(included_fields=fields, use_threads=False))


def _batches(reader: pa.RecordBatchFileReader) -> Iterator[pa.RecordBatch]:
    return map(reader.get_batch, range(reader.num_record_batches))
