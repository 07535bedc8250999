"""Reading films, links and tags out of any layout into one table."""

import contextlib
import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from data.archive import Archive
from data.dataset import MOVIES_SCHEMA
from data.errors import CorruptDatasetError
from data.layouts import CSV, DAT, TAB, Layout
from data.ratings import MOVIE_ID_LIMIT, FilmRatings
from data.titles import read_title

TAG_SHARE = 0.1
"""Of a film's tags those are kept that at least so many gave it, of those who gave it the first one."""
TAG_LENGTH_LIMIT = 40
NO_GENRES = "(no genres listed)"
# The two oldest sets wrote this one genre otherwise.
_GENRE_SPELLING = {"Children's": "Children"}
_FLAGGED_GENRES = (
    *("unknown", "Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary"),
    *("Drama", "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi"),
    *("Thriller", "War", "Western"),
)
_FIELDS_BEFORE_FLAGS = 5


@dataclass(frozen=True, slots=True)
class MovieRow:
    """A film as its file lists it; `released` is the year of ml-100k's own date column."""

    movie_id: int
    raw_title: str
    genres: str
    released: int | None = None


Links = tuple[int | None, int | None]
"""A film's IMDb and TMDB numbers, None where the file has none."""


def movies_table(
    listed: list[MovieRow],
    rated: Mapping[int, FilmRatings],
    links: Mapping[int, Links] | None = None,
    tags: Mapping[int, str] | None = None,
) -> pa.Table:
    """A table of `MOVIES_SCHEMA` in file order; films rated but not listed follow as `Film <id>`."""
    known = {movie.movie_id for movie in listed}
    unlisted = (MovieRow(movie_id, untitled(movie_id), "") for movie_id in sorted(rated.keys() - known))
    rows = []
    for movie in (*listed, *unlisted):
        parts = read_title(movie.raw_title)
        ratings = rated.get(movie.movie_id)
        imdb_id, tmdb_id = (links or {}).get(movie.movie_id, (None, None))
        rows.append(
            {
                "movie_id": movie.movie_id,
                "title": parts.main.text,
                "year": movie.released if parts.year is None else parts.year,
                "genres": movie.genres,
                "raw_title": movie.raw_title,
                "imdb_id": imdb_id,
                "tmdb_id": tmdb_id,
                "ratings_count": ratings.count if ratings else 0,
                "ratings_mean": ratings.mean if ratings else None,
                "ratings_entropy": ratings.entropy if ratings else None,
                "tags": (tags or {}).get(movie.movie_id, ""),
            }
        )
    return pa.Table.from_pylist(rows, schema=MOVIES_SCHEMA)


def read_movies(archive: Archive, layout: Layout) -> list[MovieRow]:
    """The films in file order; raises CorruptDatasetError on a line that is wrong or an id given twice."""
    reader: Callable[[Archive], Iterator[tuple[int, MovieRow]]]
    reader = {CSV.movies: _read_csv, DAT.movies: _read_dat, TAB.movies: _read_item}[layout.movies]
    movies: dict[int, MovieRow] = {}
    for line, movie in reader(archive):
        if movie.movie_id in movies:
            raise CorruptDatasetError(layout.movies, line, "every film id once", f"{movie.movie_id} again")
        movies[movie.movie_id] = movie
    if not movies:
        raise CorruptDatasetError(layout.movies, None, "at least one film", "none")
    return list(movies.values())


def read_links(archive: Archive, layout: Layout) -> dict[int, Links]:
    """IMDb and TMDB numbers by movie id; empty where the layout or the archive has none."""
    if layout.links is None or layout.links not in archive:
        return {}
    links: dict[int, Links] = {}
    for line, (movie_id, imdb_id, tmdb_id) in _csv_rows(archive, layout.links, ("movieId", "imdbId", "tmdbId")):
        imdb, tmdb = (_number(layout.links, line, value) if value else None for value in (imdb_id, tmdb_id))
        links[_number(layout.links, line, movie_id)] = imdb, tmdb
    return links


def read_tags(archive: Archive, layout: Layout) -> dict[int, str]:
    """The tags of each film, the most given first and without those that hardly anybody gave, joined by `|`.

    Tags are free text and only decoration, so a line that cannot be read is passed over.
    """
    if layout.tags is None or layout.tags not in archive:
        return {}
    given: defaultdict[int, Counter[str]] = defaultdict(Counter)
    with archive.open(layout.tags) as stream:
        text = io.TextIOWrapper(stream, "utf-8", "replace", newline="")
        rows = csv.reader(text) if layout is CSV else (line.rstrip("\r\n").split("::") for line in text)
        with contextlib.suppress(csv.Error):  # what follows a broken quote is no line any more
            for row in rows:
                if len(row) == 4 and row[1].isdecimal() and row[1].isascii():
                    tag = " ".join(row[2].split()).lower()
                    if 0 < len(tag) <= TAG_LENGTH_LIMIT and "|" not in tag:
                        given[int(row[1])][tag] += 1
    return {
        movie_id: "|".join(sorted(_shared(counts), key=lambda tag: (-counts[tag], tag)))
        for movie_id, counts in given.items()
    }


def _shared(counts: Counter[str]) -> list[str]:
    least = TAG_SHARE * max(counts.values(), default=0)
    return [tag for tag, count in counts.items() if count >= least]


def untitled(movie_id: int) -> str:
    """What a film without a title is called."""
    return f"Film {movie_id}"


def _read_csv(archive: Archive) -> Iterator[tuple[int, MovieRow]]:
    for line, (movie_id, title, genres) in _csv_rows(archive, CSV.movies, ("movieId", "title", "genres")):
        yield line, _listed(CSV.movies, line, movie_id, title, genres)


def _read_dat(archive: Archive) -> Iterator[tuple[int, MovieRow]]:
    # ml-10m is UTF-8, ml-1m Latin-1: a Latin-1 accent before a plain letter is never valid UTF-8.
    text = _read_text(archive, DAT.movies, "utf-8", "latin-1")
    for line, row in _lines(text):
        fields = row.split("::")
        if len(fields) < 3:
            raise CorruptDatasetError(DAT.movies, line, "3 fields separated by '::'", repr(row[:80]))
        yield line, _listed(DAT.movies, line, fields[0], "::".join(fields[1:-1]), fields[-1])


def _read_item(archive: Archive) -> Iterator[tuple[int, MovieRow]]:
    width = _FIELDS_BEFORE_FLAGS + len(_FLAGGED_GENRES)
    for line, row in _lines(_read_text(archive, TAB.movies, "latin-1")):
        fields = row.split("|")
        flags = fields[_FIELDS_BEFORE_FLAGS:]
        if len(fields) != width or not set(flags) <= {"0", "1"}:
            expected = f"{width} fields separated by '|', the last {len(_FLAGGED_GENRES)} of them 0 or 1"
            raise CorruptDatasetError(TAB.movies, line, expected, repr(row[:80]))
        genres = (genre for genre, flag in zip(_FLAGGED_GENRES, flags, strict=True) if flag == "1")
        year = fields[2][-4:]
        movie = _listed(TAB.movies, line, fields[0], fields[1], "|".join(genres))
        released = int(year) if year.isdecimal() and year.isascii() and len(year) == 4 else None
        yield line, MovieRow(movie.movie_id, movie.raw_title, movie.genres, released)


def _listed(file: str, line: int, movie_id: str, title: str, genres: str) -> MovieRow:
    if not title.strip():
        raise CorruptDatasetError(file, line, "a title", "none")
    return MovieRow(_number(file, line, movie_id), title, plain_genres(genres))


def plain_genres(genres: str) -> str:
    """`A|B` in the spelling of the later sets; empty where the film has none."""
    named = (genre.strip() for genre in genres.split("|"))
    kept = (_GENRE_SPELLING.get(genre, genre) for genre in named if genre not in {NO_GENRES, "unknown", ""})
    return "|".join(dict.fromkeys(kept))


def _csv_rows(archive: Archive, name: str, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Line number and fields of every row below `header`."""
    reader = csv.reader(io.StringIO(_read_text(archive, name, "utf-8-sig"), newline=""), strict=True)
    try:
        found = next(reader, [])
        if tuple(found) != header:
            expected = "the header " + ",".join(header)
            raise CorruptDatasetError(name, 1, expected, repr(",".join(found)[:80]))
        for row in reader:
            if row and len(row) != len(header):
                raise CorruptDatasetError(name, reader.line_num, f"{len(header)} fields", f"{len(row)}")
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise CorruptDatasetError(name, reader.line_num, "well-formed CSV", str(error)) from error


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # Not str.splitlines(): that also cuts at 0x85, a letter's second half in mis-decoded text.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def _read_text(archive: Archive, name: str, *encodings: str) -> str:
    """The whole file in the first of `encodings` that fits."""
    with archive.open(name) as stream:
        content = stream.read()
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
    raise CorruptDatasetError(name, line, f"text in {encodings[-1]}", "bytes that are not")


def _number(file: str, line: int, value: str) -> int:
    if value.isdecimal() and value.isascii() and len(value) <= 10 and 0 < int(value) < MOVIE_ID_LIMIT:
        return int(value)
    raise CorruptDatasetError(file, line, "a number from 1 to 2147483647", repr(value[:80]))
