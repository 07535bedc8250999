"""Films on their way into the store: prepared in a file beside it, taken in one transaction or not at all."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

_TABLES = """
CREATE TABLE films (
    imdb_id INTEGER PRIMARY KEY, title TEXT NOT NULL, original_title TEXT, year INTEGER, genres TEXT NOT NULL,
    runtime_min INTEGER, source_mean REAL, source_votes INTEGER, is_own INTEGER NOT NULL,
    directors TEXT NOT NULL, leads TEXT NOT NULL
) STRICT;
CREATE TABLE titles (
    imdb_id INTEGER NOT NULL, folded TEXT NOT NULL, PRIMARY KEY (imdb_id, folded)
) STRICT, WITHOUT ROWID;
"""


@dataclass(slots=True)
class StagedFilm:
    """A film as its source tells of it. One that `is_own` may be added where the data set lacks it."""

    imdb_id: int
    title: str
    original_title: str | None
    year: int | None
    genres: str
    runtime_min: int | None
    source_mean: float | None
    source_votes: int | None
    is_own: bool
    directors: str = ""
    leads: str = ""


class Staging:
    """A file of films that nothing else reads; use as a context manager, which commits and closes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        # Nothing is lost with it: it is made anew each time.
        self._connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES} BEGIN;")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        with closing(self._connection):
            if kind is None:
                self._connection.execute("COMMIT")

    def add_films(self, films: Iterable[StagedFilm]) -> None:
        rows = (astuple(film) for film in films)
        self._connection.executemany(f"INSERT INTO films VALUES ({', '.join('?' * 11)})", rows)

    def add_titles(self, titles: Iterable[tuple[int, str]]) -> None:
        self._connection.executemany("INSERT INTO titles VALUES (?, ?) ON CONFLICT DO NOTHING", titles)
