"""A data set that has been read once and can be opened again in milliseconds.

An entry of the cache is a folder:

    movies.feather     one row a film, read at once
    ratings.feather    one row a rating in file order, read only by `load_ratings`
    dataset.json       name, hash, id space, counts, and the checksums of the two files; written last
"""

import json
import zlib
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import feather

from data.errors import CorruptDatasetError

IdSpace = Literal["100k", "movielens"]
"""How films are numbered: ml-100k has numbers of its own, all later sets share theirs."""

MOVIES = "movies.feather"
RATINGS = "ratings.feather"
DESCRIPTION = "dataset.json"

MOVIES_SCHEMA = pa.schema(
    [
        ("movie_id", pa.int64()),
        ("title", pa.string()),
        ("year", pa.int16()),
        ("genres", pa.string()),
        ("raw_title", pa.string()),
        ("imdb_id", pa.int64()),
        ("tmdb_id", pa.int64()),
        ("ratings_count", pa.int64()),
        ("ratings_mean", pa.float64()),
        ("ratings_entropy", pa.float64()),
        ("tags", pa.string()),
    ]
)
# Ids and half stars fit narrow types, which halves the file; `load_ratings` widens them.
RATINGS_SCHEMA = pa.schema(
    [("user_id", pa.int32()), ("movie_id", pa.int32()), ("rating", pa.float32()), ("timestamp", pa.int64())]
)
_WIDE_TYPES = {"user_id": np.int64, "movie_id": np.int64, "rating": np.float32, "timestamp": np.int64}
_NULLABLE = {
    pa.int16(): pd.Int16Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.string(): pd.StringDtype(na_value=float("nan")),
}
_READ_SIZE = 1 << 20


@dataclass(frozen=True, slots=True)
class DatasetStats:
    """Counts of a data set; `rated_movies` have a rating, `first` and `last` are UTC dates of ratings."""

    users: int
    movies: int
    rated_movies: int
    ratings: int
    rating_min: float
    rating_max: float
    first: date
    last: date

    @property
    def density(self) -> float:
        """The share of (user, rated film) pairs that have a rating."""
        return self.ratings / (self.users * self.rated_movies)


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Films, counts, and where the ratings lie. `path` reopens the very same data in another process.

    `movies` has the columns of `MOVIES_SCHEMA`: `title` as a person says it, `year` (Int16) and the link ids
    (Int64) are NA where unknown, `genres` and `tags` are joined by `|` and empty where there are none,
    `ratings_mean` and `ratings_entropy` (bits) are NaN where nobody rated the film.
    """

    name: str
    content_hash: str
    id_space: IdSpace
    movies: pd.DataFrame
    stats: DatasetStats
    path: Path
    ratings_checksum: int

    def load_ratings(self) -> pd.DataFrame:
        """`user_id, movie_id` (int64), `rating` (float32), `timestamp` (int64, seconds) in file order.

        Raises CorruptDatasetError where the cached file was damaged; the next `load_dataset` writes it anew.
        """
        file = self.path / RATINGS
        try:
            intact = checksum(file) == self.ratings_checksum
        except OSError:
            intact = False
        if not intact:
            (self.path / DESCRIPTION).unlink(missing_ok=True)
            raise CorruptDatasetError(str(file), None, "the ratings as they were written", "a damaged file")
        # Filled batch by batch, so that a large data set needs its final size and no more.
        columns = {name: np.empty(self.stats.ratings, dtype) for name, dtype in _WIDE_TYPES.items()}
        start = 0
        with pa.OSFile(str(file)) as source:
            reader = pa.ipc.open_file(source)
            for batch in map(reader.get_batch, range(reader.num_record_batches)):
                for name, values in columns.items():
                    values[start : start + batch.num_rows] = batch.column(name).to_numpy()
                start += batch.num_rows
        return pd.DataFrame(columns, copy=False)


def open_cached(path: Path) -> Dataset:
    """Open the cache entry at `path` (a `Dataset.path`); raises CorruptDatasetError unless it is whole."""
    try:
        described: dict[str, Any] = json.loads((path / DESCRIPTION).read_text("utf-8"))
        if checksum(path / MOVIES) != described["movies_checksum"]:
            raise ValueError("the checksum of the films differs")
        if (path / RATINGS).stat().st_size != described["ratings_bytes"]:
            raise ValueError("the ratings have another length")
        movies = feather.read_table(path / MOVIES, memory_map=False).cast(MOVIES_SCHEMA)
        return Dataset(
            name=described["name"],
            content_hash=described["content_hash"],
            id_space=described["id_space"],
            movies=_movies_frame(movies),
            stats=_read_stats(described["stats"]),
            path=path,
            ratings_checksum=described["ratings_checksum"],
        )
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise CorruptDatasetError(str(path), None, "a data set as it was cached", str(error)) from error


def describe(folder: Path, *, name: str, content_hash: str, id_space: IdSpace, stats: DatasetStats) -> dict[str, Any]:
    """What `dataset.json` says of the two files in `folder`."""
    return {
        "name": name,
        "content_hash": content_hash,
        "id_space": id_space,
        "stats": asdict(stats) | {"first": stats.first.isoformat(), "last": stats.last.isoformat()},
        "movies_checksum": checksum(folder / MOVIES),
        "ratings_checksum": checksum(folder / RATINGS),
        "ratings_bytes": (folder / RATINGS).stat().st_size,
    }


def checksum(file: Path) -> int:
    """CRC-32 of a file: guards against damage, not against malice."""
    value = 0
    with file.open("rb") as stream:
        while block := stream.read(_READ_SIZE):
            value = zlib.crc32(block, value)
    return value


def day(timestamp_s: int) -> date:
    """The UTC date of a MovieLens time stamp."""
    return datetime.fromtimestamp(timestamp_s, UTC).date()


def _read_stats(stored: dict[str, Any]) -> DatasetStats:
    days = {field: date.fromisoformat(stored[field]) for field in ("first", "last")}
    return DatasetStats(**stored | days)


def _movies_frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=_NULLABLE.get)
    return frame.astype({"movie_id": "int64", "ratings_count": "int64"})
