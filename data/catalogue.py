"""The films of a data set, by id."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from data.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Movie:
    """A film. `title` is as a person says it, `raw_title` as the data set writes it.

    `ratings_count`, `ratings_mean` and `ratings_entropy` (None without ratings) are those of the data set; the
    entropy, in bits, is high where people disagree.
    """

    movie_id: int
    title: str
    year: int | None
    genres: tuple[str, ...]
    raw_title: str
    imdb_id: int | None = None
    tmdb_id: int | None = None
    ratings_count: int = 0
    ratings_mean: float | None = None
    ratings_entropy: float | None = None
    tags: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """`Heat (1995)`, or the bare title where the year is unknown."""
        return self.title if self.year is None else f"{self.title} ({self.year})"


class Catalogue(Mapping[int, Movie]):
    """Maps a movie id to its film, in the order of the data set."""

    def __init__(self, movies: Iterable[Movie]) -> None:
        self._movies = {movie.movie_id: movie for movie in movies}

    @classmethod
    def from_dataset(cls, dataset: Dataset) -> "Catalogue":
        """All films of `dataset`; reads the movies frame only, never the ratings."""
        frame = dataset.movies
        columns = {name: _values(frame[name]) for name in frame.columns}
        rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
        return cls(Movie(**row | {"genres": _split(row["genres"]), "tags": _split(row["tags"])}) for row in rows)

    def __getitem__(self, movie_id: int) -> Movie:
        return self._movies[movie_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._movies)

    def __len__(self) -> int:
        return len(self._movies)

    def __contains__(self, movie_id: object) -> bool:
        return movie_id in self._movies

    @cached_property
    def last_year(self) -> int:
        """The year of the newest film; 0 where no film has a year."""
        return max((movie.year for movie in self._movies.values() if movie.year is not None), default=0)

    @cached_property
    def genres(self) -> tuple[str, ...]:
        """Every genre that occurs, in alphabetical order."""
        return tuple(sorted({genre for movie in self._movies.values() for genre in movie.genres}))

    def frame(self) -> pd.DataFrame:
        """`movie_id, title, year` (Int16, NA where unknown) and `genres` (`A|B`), for `recommender.train`."""
        movies = self._movies.values()
        return pd.DataFrame(
            {
                "movie_id": pd.Series([movie.movie_id for movie in movies], dtype="int64"),
                "title": pd.Series([movie.title for movie in movies], dtype="str"),
                "year": pd.array([movie.year for movie in movies], dtype="Int16"),
                "genres": pd.Series(["|".join(movie.genres) for movie in movies], dtype="str"),
            }
        )


def _values(column: "pd.Series[Any]") -> list[Any]:
    """Python values, None where the column has none."""
    return column.astype(object).where(column.notna(), None).tolist()


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()
