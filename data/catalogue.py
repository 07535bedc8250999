"""The films by id: those of a data set, and those that other sources add."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from data.dataset import Dataset

FIRST_OWN_ID = 100_000_000
"""A film that MovieLens lacks has this plus its IMDb number as its id; MovieLens's ids end far below."""
FIRST_UNNUMBERED_ID = 2_000_000_000
"""Films without an IMDb number count from here; ids end at 2³¹ - 1."""

MAIN_TAGS = 5
FORMATS = frozenset({"IMAX"})
"""Listed among the genres, and no kind of story."""

FilmSource = Literal["movielens", "imdb", "hand"]


def own_id(imdb_id: int) -> int:
    """The id of a film that MovieLens lacks; the same on every machine."""
    return FIRST_OWN_ID + imdb_id


@dataclass(frozen=True, slots=True)
class Movie:
    """A film. `title` is as a person says it, `raw_title` as the data set writes it.

    `ratings_count`, `ratings_mean` and `ratings_entropy` (None without ratings) are those of the data set; the
    entropy, in bits, is high where people disagree. `source_mean` (1–10) and `source_votes` are IMDb's, `source` is
    where the film came from, `tags` what MovieLens's people call it, the most given first. A film that `is_former` is
    in the catalogue no more, and is only named.
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
    original_title: str | None = None
    runtime_min: int | None = None
    directors: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    source_mean: float | None = None
    source_votes: int | None = None
    source: FilmSource = "movielens"
    is_former: bool = False

    @property
    def main_tags(self) -> tuple[str, ...]:
        """Those that say what the film is; those after them were given by few."""
        return self.tags[:MAIN_TAGS]

    @property
    def label(self) -> str:
        """`Heat (1995)`, or the bare title where the year is unknown."""
        return self.title if self.year is None else f"{self.title} ({self.year})"


class Catalogue(Mapping[int, Movie]):
    """Maps a movie id to its film, in the order of the data set; `former` are the films that are only named."""

    def __init__(self, movies: Iterable[Movie], former: Iterable[Movie] = ()) -> None:
        self._movies = {movie.movie_id: movie for movie in movies}
        self.former: Mapping[int, Movie] = {movie.movie_id: movie for movie in former}

    @classmethod
    def from_dataset(cls, dataset: Dataset) -> "Catalogue":
        """All films of `dataset`; reads the movies frame only, never the ratings."""
        frame = dataset.movies
        columns = {name: _values(frame[name]) for name in frame.columns}
        rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
        return cls(Movie(**row | {"genres": _split(row["genres"]), "tags": _tags(row["tags"])}) for row in rows)

    def with_films(self, films: Iterable[Movie]) -> "Catalogue":
        """These films, told more of by `films`; those of them that are not here follow, former ones by name only."""
        movies, former = dict(self._movies), []
        for film in films:
            if (known := movies.get(film.movie_id)) is not None:
                movies[film.movie_id] = _told_more(known, film)
            elif film.is_former:
                former.append(film)
            else:
                movies[film.movie_id] = film
        return Catalogue(movies.values(), former)

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

    def renown(self, movie: Movie) -> float:
        """How many ratings a film has, or would have if as many here rated it as IMDb's users do.

        Those of a film that is newer than the data set are all to come.
        """
        if movie.source_votes is None:
            return movie.ratings_count
        return max(movie.ratings_count, movie.source_votes * self._ratings_per_vote)

    @cached_property
    def _ratings_per_vote(self) -> float:
        """Of the films that were rated here."""
        both = [one for one in self._movies.values() if one.ratings_count and one.source_votes]
        return sum(one.ratings_count for one in both) / max(1, sum(one.source_votes or 0 for one in both))

    @cached_property
    def has_imdb(self) -> bool:
        """Whether anything here is IMDb's, which asks for a credit."""
        return any(movie.source_votes is not None or movie.source == "imdb" for movie in self._movies.values())

    @cached_property
    def genres(self) -> tuple[str, ...]:
        """Every genre that occurs, in alphabetical order."""
        return tuple(sorted({genre for movie in self._movies.values() for genre in movie.genres}))

    @cached_property
    def _films_of_genre(self) -> Mapping[str, int]:
        return Counter(genre for movie in self._movies.values() for genre in movie.genres)

    def telling_genres(self, movie: Movie, first: Sequence[str] = ()) -> tuple[str, ...]:
        """A film's genres, those of `first` before the others, and those of few films before those of many."""
        told = (genre for genre in movie.genres if genre not in FORMATS)
        return tuple(sorted(told, key=lambda one: (one not in first, self._films_of_genre.get(one, 0), one)))

    def frame(self) -> pd.DataFrame:
        """`movie_id, title, year` (Int16, NA where unknown) and `genres` (`A|B`), for `recommender.train`.

        Where any film has them, too: `runtime_min` (Int16), `source_mean` (Float64), `source_votes` (Int64), and
        `directors`, `cast`, `languages`, `countries` (`A|B`, empty for none), and `is_new` (bool) for films that the
        data set could not have rated, since it lacks them.
        """
        movies = self._movies.values()
        columns: dict[str, Any] = {
            "movie_id": pd.Series([movie.movie_id for movie in movies], dtype="int64"),
            "title": pd.Series([movie.title for movie in movies], dtype="str"),
            "year": pd.array([movie.year for movie in movies], dtype="Int16"),
            "genres": _joined(movie.genres for movie in movies),
        }
        more = {
            "runtime_min": pd.array([movie.runtime_min for movie in movies], dtype="Int16"),
            "source_mean": pd.array([movie.source_mean for movie in movies], dtype="Float64"),
            "source_votes": pd.array([movie.source_votes for movie in movies], dtype="Int64"),
        }
        joined = {
            "directors": _joined(movie.directors for movie in movies),
            "cast": _joined(movie.leads for movie in movies),
            "languages": _joined(movie.languages for movie in movies),
            "countries": _joined(movie.countries for movie in movies),
        }
        columns |= {name: values for name, values in more.items() if not values.isna().all()}
        columns |= {name: values for name, values in joined.items() if (values != "").any()}
        if any(is_new := [movie.movie_id >= FIRST_OWN_ID for movie in movies]):
            columns["is_new"] = pd.array(is_new, dtype="bool")
        return pd.DataFrame(columns)


def _told_more(movie: Movie, film: Movie) -> Movie:
    """A film of the data set with what another source knows of it; its title stays MovieLens's."""
    return replace(
        movie,
        imdb_id=movie.imdb_id if movie.imdb_id is not None else film.imdb_id,
        tmdb_id=movie.tmdb_id if movie.tmdb_id is not None else film.tmdb_id,
        original_title=film.original_title,
        runtime_min=film.runtime_min,
        directors=film.directors,
        leads=film.leads,
        languages=film.languages,
        countries=film.countries,
        source_mean=film.source_mean,
        source_votes=film.source_votes,
    )


def _joined(values: Iterable[tuple[str, ...]]) -> "pd.Series[Any]":
    return pd.Series(["|".join(one) for one in values], dtype="str")


def _values(column: "pd.Series[Any]") -> list[Any]:
    """Python values, None where the column has none."""
    return column.astype(object).where(column.notna(), None).tolist()


def _tags(joined: str) -> tuple[str, ...]:
    """Each tag once in memory, however many films have it."""
    return tuple(map(sys.intern, _split(joined)))


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()
