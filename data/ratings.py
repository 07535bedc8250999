"""Streaming the ratings out of any layout, fast and in constant memory.

Arrow parses and numpy checks whole blocks. Only where a block is refused is the file read again line by line,
to name the line.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv as arrow_csv

from data.archive import Archive
from data.dataset import RATINGS_SCHEMA, DatasetStats, day
from data.errors import CorruptDatasetError
from data.layouts import Layout

USER_ID_LIMIT = 1_000_000_000
"""Ids from here up belong to chat users."""
MOVIE_ID_LIMIT = 2**31
TIMESTAMP_LIMIT_S = 2**32
RATING_MIN, RATING_MAX = 0.5, 5.0

_BLOCK_BYTES = 8 << 20
_LIMITS = {
    "user_id": (1, USER_ID_LIMIT),
    "movie_id": (1, MOVIE_ID_LIMIT),
    "timestamp": (0, TIMESTAMP_LIMIT_S),
}
# What nearly every line looks like, so that a search for the wrong one is quick. Exact limits: see `line_fault`.
_SOUND = (r"[1-9]\d{0,8}", r"[1-9]\d{0,8}", r"(?:[1-4](?:\.[05])?|0\.5|5(?:\.0)?)", r"[0-3]?\d{1,9}")
_EXPECTED = {
    "user_id": "a user id from 1 to 999999999",
    "movie_id": "a film id from 1 to 2147483647",
    "rating": "a rating from 0.5 to 5 in half steps",
    "timestamp": "a time in seconds since 1970",
}


def stream_ratings(archive: Archive, layout: Layout) -> Iterator[pa.RecordBatch]:
    """Batches of `RATINGS_SCHEMA` in file order; raises CorruptDatasetError with the line that is wrong."""
    _check_first_line(archive, layout)
    try:
        with archive.open(layout.ratings) as stream:
            for batch in arrow_csv.open_csv(stream, **_options(layout)):
                if not batch_is_sound(batch):
                    raise pa.ArrowInvalid("a value outside its range")
                if batch.num_rows:
                    yield batch.select(RATINGS_SCHEMA.names).cast(RATINGS_SCHEMA)
    except pa.ArrowInvalid as error:
        raise _find_fault(archive, layout, str(error)) from None


def batch_is_sound(batch: pa.RecordBatch) -> bool:
    """Whether no value is missing, out of range or off the half-star grid."""
    if any(batch.column(name).null_count for name in RATINGS_SCHEMA.names):
        return False
    for name, (low, high) in _LIMITS.items():
        values = batch.column(name).to_numpy()
        if len(values) and not (low <= values.min() and values.max() < high):
            return False
    rating = batch.column("rating").to_numpy()
    return bool(np.all((rating >= RATING_MIN) & (rating <= RATING_MAX) & (2 * rating == np.rint(2 * rating))))


@dataclass(frozen=True, slots=True)
class FilmRatings:
    """How many ratings a film has, their mean, and the entropy of their distribution over the stars in bits.

    The entropy is 0 where all agree and log2(10) where each half star is given as often: Shannon (1948).
    """

    count: int
    mean: float
    entropy: float


@dataclass(slots=True)
class Tally:
    """Counts kept while the ratings stream by."""

    ratings: int = 0
    _users: list[npt.NDArray[np.int32]] = field(default_factory=list)
    _given: pa.Table | None = None  # how often each film got each of the stars
    _rating_range: tuple[float, float] = (np.inf, -np.inf)
    _time_range_s: tuple[int, int] = (TIMESTAMP_LIMIT_S, 0)

    def add(self, batch: pa.RecordBatch) -> None:
        """Count a batch of `RATINGS_SCHEMA` with at least one row."""
        self.ratings += batch.num_rows
        self._users.append(np.unique(batch.column("user_id").to_numpy()))
        given = pa.table({"movie_id": batch.column("movie_id"), "rating": batch.column("rating")})
        given = given.append_column("times", pa.array(np.ones(batch.num_rows, dtype=np.int64)))
        self._given = _counted(given if self._given is None else pa.concat_tables([self._given, given]))
        rating = batch.column("rating").to_numpy()
        time_s = batch.column("timestamp").to_numpy()
        low, high = self._rating_range
        self._rating_range = min(low, float(rating.min())), max(high, float(rating.max()))
        first, last = self._time_range_s
        self._time_range_s = min(first, int(time_s.min())), max(last, int(time_s.max()))

    def by_movie(self) -> dict[int, FilmRatings]:
        """What was counted for each film, by movie id."""
        if self._given is None:
            return {}
        # In one order, so that sums do not depend on where the blocks were cut.
        given = self._given.sort_by([("movie_id", "ascending"), ("rating", "ascending")])
        movie_id, rating, times = (given.column(name).to_numpy() for name in ("movie_id", "rating", "times"))
        ids, film = np.unique(movie_id, return_inverse=True)
        counts = np.bincount(film, weights=times)
        means = np.bincount(film, weights=times * rating.astype(np.float64)) / counts
        share = times / counts[film]
        entropies = np.bincount(film, weights=-share * np.log2(share)) + 0.0  # never -0
        return {
            int(one): FilmRatings(int(count), float(mean), float(entropy))
            for one, count, mean, entropy in zip(ids, counts, means, entropies, strict=True)
        }

    def stats(self, movies: int) -> DatasetStats:
        """The counts so far, for a data set that lists `movies` films."""
        return DatasetStats(
            users=len(np.unique(np.concatenate(self._users))),
            movies=movies,
            rated_movies=len(self.by_movie()),
            ratings=self.ratings,
            rating_min=self._rating_range[0],
            rating_max=self._rating_range[1],
            first=day(self._time_range_s[0]),
            last=day(self._time_range_s[1]),
        )


def _counted(given: pa.Table) -> pa.Table:
    """One row for each film and star, with how often it was given."""
    table = given.group_by(["movie_id", "rating"]).aggregate([("times", "sum")])
    return table.rename_columns({"times_sum": "times"})


def _options(layout: Layout) -> dict[str, object]:
    """Arrow cuts at one character only, so between the halves of `::` lies a column that must stay empty."""
    gaps = len(layout.separator) - 1
    columns: list[str] = []
    types: dict[str, pa.DataType] = {}
    for name in RATINGS_SCHEMA.names:
        if columns and gaps:
            columns.append(f"before_{name}")
            types[columns[-1]] = pa.null()
        columns.append(name)
        types[name] = pa.float32() if name == "rating" else pa.int64()
    return {
        "read_options": arrow_csv.ReadOptions(
            column_names=columns, skip_rows=1 if layout.header else 0, block_size=_BLOCK_BYTES
        ),
        "parse_options": arrow_csv.ParseOptions(
            delimiter=layout.separator[0], quote_char='"' if layout.header else False
        ),
        "convert_options": arrow_csv.ConvertOptions(column_types=types, null_values=[""]),
    }


def _check_first_line(archive: Archive, layout: Layout) -> None:
    with archive.open(layout.ratings) as stream:
        if layout.header:
            first = stream.readline().removeprefix(codecs.BOM_UTF8)
            if tuple(_cut(first.decode("latin-1"), layout)) != layout.header:
                expected = "the header " + ",".join(layout.header)
                raise CorruptDatasetError(layout.ratings, 1, expected, _show(first.decode("utf-8", "replace")))
        if not any(line.strip() for line in stream):
            raise CorruptDatasetError(layout.ratings, None, "at least one rating", "none")


def _find_fault(archive: Archive, layout: Layout, reason: str) -> CorruptDatasetError:
    sound = re.compile(layout.separator.join(_SOUND) + r"\r?\n?", re.ASCII)
    with archive.open(layout.ratings) as stream:
        for number, raw in enumerate(stream, start=1):
            line = raw.decode("latin-1")
            if sound.fullmatch(line) or (number == 1 and layout.header) or not line.strip():
                continue
            if (fault := line_fault(line, layout)) is not None:
                return CorruptDatasetError(layout.ratings, number, fault, _show(line))
    return CorruptDatasetError(layout.ratings, None, "ratings that can be read", reason)


def line_fault(line: str, layout: Layout) -> str | None:
    """What `line` should have held, None where nothing is wrong with it."""
    fields = _cut(line, layout)
    if len(fields) != len(RATINGS_SCHEMA):
        return f"{len(RATINGS_SCHEMA)} fields separated by {layout.separator!r}"
    for name, value in zip(RATINGS_SCHEMA.names, fields, strict=True):
        if name == "rating":
            sound = re.fullmatch(r"\d(\.\d*)?", value, re.ASCII) and 2 * float(value) in range(1, 11)
        else:
            low, high = _LIMITS[name]
            sound = re.fullmatch(r"\d{1,12}", value, re.ASCII) and low <= int(value) < high
        if not sound:
            return _EXPECTED[name]
    return None


def _cut(line: str, layout: Layout) -> list[str]:
    line = line.rstrip("\r\n")
    if layout.header:
        return next(csv.reader([line]), [])
    return line.split(layout.separator)


def _show(line: str) -> str:
    line = line.rstrip("\r\n")
    return repr(line if len(line) <= 80 else line[:79] + "…")
