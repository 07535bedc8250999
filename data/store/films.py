"""The films: those of the data set in use, those that other sources add, and the names of all there ever were."""

import secrets
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.catalogue import FIRST_OWN_ID, FIRST_UNNUMBERED_ID, Movie, own_id
from data.othertitles import OtherTitles
from data.store.database import Queries, Row, Transaction, read_only, store_errors
from data.store.facts import CATALOGUE_MARK, DATASET_TAKEN_IN, ID_SPACE, RETRAIN_WANTED, put_fact
from data.store.inspection import inspect
from data.store.migrate import known_migrations
from data.store.moving import move_films

_ROWS_AT_ONCE = 50_000

_KNOWN = (
    "SELECT movie_id, title, year, genres, raw_title, imdb_id, tmdb_id, original_title, runtime_min, directors, leads,"
    " languages, countries, source_mean, source_votes, source, in_dataset OR in_imdb OR source = 'hand'"
    " FROM films WHERE in_dataset = 0 OR in_imdb = 1 ORDER BY movie_id"
)
_TAKE_IN = (
    "INSERT INTO films (movie_id, title, raw_title, year, genres, imdb_id, tmdb_id, source, in_dataset)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 'movielens', 1) ON CONFLICT (movie_id) DO UPDATE SET title = excluded.title,"
    " raw_title = excluded.raw_title, year = excluded.year, genres = excluded.genres, source = 'movielens',"
    " imdb_id = coalesce(excluded.imdb_id, imdb_id), tmdb_id = coalesce(excluded.tmdb_id, tmdb_id), in_dataset = 1"
)
_IMDB = "SELECT 1 FROM fresh.films AS told WHERE told.imdb_id = films.imdb_id"
_IS_OWN = f"films.movie_id >= {FIRST_OWN_ID} AND films.source = 'imdb'"
_GONE = f"UPDATE films SET in_imdb = 0 WHERE in_imdb = 1 AND NOT EXISTS ({_IMDB})"
_NEW = (
    "INSERT INTO films (movie_id, title, raw_title, original_title, year, genres, runtime_min, directors, leads,"
    f" imdb_id, source_mean, source_votes, source, in_imdb) SELECT {FIRST_OWN_ID} + imdb_id, title,"
    " title || coalesce(' (' || year || ')', ''), original_title, year, genres, runtime_min, directors, leads,"
    " imdb_id, source_mean, source_votes, 'imdb', 1 FROM fresh.films AS told WHERE is_own AND NOT EXISTS"
    " (SELECT 1 FROM films WHERE films.imdb_id = told.imdb_id)"
)
_TOLD = (
    "UPDATE films SET original_title = told.original_title, runtime_min = told.runtime_min, directors = told.directors,"
    " leads = told.leads, in_imdb = 1, source_mean = told.source_mean, source_votes = told.source_votes,"
    f" title = CASE WHEN {_IS_OWN} THEN told.title ELSE films.title END,"
    f" raw_title = CASE WHEN {_IS_OWN} THEN told.title || coalesce(' (' || told.year || ')', '')"
    " ELSE films.raw_title END,"
    f" year = CASE WHEN {_IS_OWN} THEN told.year ELSE films.year END,"
    f" genres = CASE WHEN {_IS_OWN} OR films.genres = '' THEN told.genres ELSE films.genres END"
    " FROM fresh.films AS told WHERE told.imdb_id = films.imdb_id AND (in_imdb = 0"
    " OR films.original_title IS NOT told.original_title OR films.runtime_min IS NOT told.runtime_min"
    " OR films.directors != told.directors OR films.leads != told.leads OR films.genres = '' AND told.genres != ''"
    f" OR {_IS_OWN} AND (films.title != told.title OR films.year IS NOT told.year OR films.genres != told.genres))"
)
_VOTES = (
    "UPDATE films SET source_mean = told.source_mean, source_votes = told.source_votes FROM fresh.films AS told"
    " WHERE told.imdb_id = films.imdb_id AND (films.source_mean IS NOT told.source_mean"
    " OR films.source_votes IS NOT told.source_votes)"
)
_COMPARED = ("numbers", "new_titles", "gone_titles")
_COMPARE = (
    (
        "CREATE TABLE fresh.numbers AS SELECT imdb_id, movie_id FROM films JOIN fresh.films AS told USING (imdb_id)"
        f" UNION SELECT imdb_id, {FIRST_OWN_ID} + imdb_id FROM fresh.films AS told WHERE is_own AND NOT EXISTS"
        " (SELECT 1 FROM films WHERE films.imdb_id = told.imdb_id)"
    ),
    # EXCEPT sorts, so that the table they go into only grows at its end.
    (
        "CREATE TABLE fresh.new_titles AS SELECT movie_id, folded FROM fresh.titles JOIN fresh.numbers USING (imdb_id)"
        " EXCEPT SELECT movie_id, folded FROM film_titles"
    ),
    (
        "CREATE TABLE fresh.gone_titles AS SELECT movie_id, folded FROM film_titles WHERE movie_id IN"
        " (SELECT movie_id FROM fresh.numbers) EXCEPT"
        " SELECT movie_id, folded FROM fresh.titles JOIN fresh.numbers USING (imdb_id)"
    ),
)
"""What titles are new and gone: worked out before the transaction, so that nobody's writes wait for it."""
_TITLES_GONE = "DELETE FROM film_titles WHERE (movie_id, folded) IN (SELECT movie_id, folded FROM fresh.gone_titles)"
_TITLES_NEW = (
    "INSERT INTO film_titles (movie_id, folded) SELECT movie_id, folded FROM fresh.new_titles WHERE true"
    " ON CONFLICT DO NOTHING"
)
_ADD = (
    "INSERT INTO films (movie_id, title, raw_title, year, genres, imdb_id, tmdb_id, source)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 'hand')"
    " ON CONFLICT (movie_id) DO UPDATE SET title = excluded.title, raw_title = excluded.raw_title,"
    " year = excluded.year, genres = excluded.genres, source = 'hand', tmdb_id = coalesce(excluded.tmdb_id, tmdb_id)"
)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a data set has changed; `moved` are films of our own that are MovieLens's now, old number to new."""

    moved: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Synced:
    """Films that a source added, no longer has, or tells otherwise of; of `votes` only the votes are others."""

    added: int
    gone: int
    changed: int
    votes: int
    titles: int

    @property
    def is_news(self) -> bool:
        """Whether a training would learn of anything but votes."""
        return bool(self.added + self.gone + self.changed)


@dataclass(frozen=True, slots=True)
class FilmCounts:
    """Films by where they stand: `own` are in the catalogue and in no data set, `former` are only named."""

    dataset: int
    own: int
    by_hand: int
    former: int
    from_imdb: int
    titles: int
    from_tmdb: int


class Films(Queries):
    """Writing changes the catalogue's mark, by which whoever serves it knows that it is old."""

    async def take_in(self, content_hash: str, movies: Sequence[Movie]) -> TakenIn | None:
        """Let these be the films of the data set in use; None, and nothing done, where they are so already.

        A film of our own whose IMDb number is among them is the same film: what was kept about it moves.
        """
        async with self._database.write() as tx:
            row = await tx.row("SELECT value FROM facts WHERE key = ?", (DATASET_TAKEN_IN,))
            if row is not None and row[0] == content_hash:
                return None
            await tx.rows("UPDATE films SET in_dataset = 0 WHERE in_dataset = 1")
            await tx.run_many(_TAKE_IN, map(_row_of_dataset, movies))
            moved = await _taken_over(tx, movies)
            await move_films(tx, moved)
            await put_fact(tx, DATASET_TAKEN_IN, content_hash)
            await _mark(tx, wants_training=row is not None)
        return TakenIn(moved)

    async def take_staged(self, staged: Path) -> Synced:
        """Let the films of IMDb be those that were prepared: all of them, or as it was."""
        async with self._database.attached(staged, "fresh"):
            mark = await self.mark()
            for statement in _COMPARE:
                await self._database.run_apart(statement)
            async with self._database.write() as tx:
                return await _take_staged(tx, mark)

    async def imdb_numbers(self) -> frozenset[int]:
        """Of the films of the data set in use."""
        rows = await self._database.rows("SELECT imdb_id FROM films WHERE in_dataset = 1 AND imdb_id IS NOT NULL")
        return frozenset(number for (number,) in rows)

    async def known(self) -> tuple[Movie, ...]:
        """All that the data set itself does not tell: films it lacks, former ones too, and more about those it has."""
        return await self._database.read_apart(lambda connection: tuple(map(_movie, connection.execute(_KNOWN))))

    async def add(
        self, title: str, year: int, genres: Sequence[str], imdb_id: int | None, tmdb_id: int | None = None
    ) -> tuple[int, bool]:
        """Add a film by hand, or say more about it; its id, and whether it is new.

        A film that had no IMDb number and gets one moves to the id that the number gives it.
        """
        raw_title = f"{title} ({year})"
        async with self._database.write() as tx:
            unnumbered = await tx.row(
                "SELECT movie_id FROM films WHERE movie_id >= ? AND raw_title = ?", (FIRST_UNNUMBERED_ID, raw_title)
            )
            known = None if imdb_id is None else await tx.row(*_of_imdb(imdb_id))
            if known is not None and known[0] < FIRST_OWN_ID:
                return int(known[0]), False
            if imdb_id is not None:
                movie_id = own_id(imdb_id)
            elif unnumbered is not None:
                movie_id = int(unnumbered[0])
            else:
                ((last,),) = await tx.rows("SELECT max(movie_id) FROM films")
                movie_id = max(FIRST_UNNUMBERED_ID, (last or 0) + 1)
            await tx.rows(_ADD, (movie_id, title, raw_title, year, "|".join(genres), imdb_id, tmdb_id))
            if unnumbered is not None and unnumbered[0] != movie_id:
                await move_films(tx, {int(unnumbered[0]): movie_id})
            await _mark(tx)
        return movie_id, known is None and unnumbered is None

    async def titles(self) -> OtherTitles:
        """What films go by elsewhere, folded."""

        def read(connection: sqlite3.Connection) -> OtherTitles:
            rows = connection.execute("SELECT movie_id, folded FROM film_titles")
            ids: list[npt.NDArray[np.int32]] = []
            texts: list[pa.Array] = []
            while some := rows.fetchmany(_ROWS_AT_ONCE):
                ids.append(np.array([movie_id for movie_id, _ in some], dtype=np.int32))
                texts.append(pa.array([folded for _, folded in some], pa.string()))
            return OtherTitles(np.concatenate(ids), pa.concat_arrays(texts)) if ids else OtherTitles.none()

        return await self._database.read_apart(read)

    async def mark(self) -> str:
        """Another one after every change."""
        row = await self._database.row("SELECT value FROM facts WHERE key = ?", (CATALOGUE_MARK,))
        return "" if row is None else str(row[0])

    async def counts(self) -> FilmCounts:
        (counted,) = await self._database.rows(
            "SELECT coalesce(sum(in_dataset), 0),"
            " coalesce(sum(NOT in_dataset AND (in_imdb OR source = 'hand')), 0),"
            " coalesce(sum(source = 'hand'), 0),"
            " coalesce(sum(NOT in_dataset AND NOT in_imdb AND source != 'hand'), 0), coalesce(sum(in_imdb), 0),"
            " (SELECT count(*) FROM film_titles), (SELECT count(*) FROM tmdb_films) FROM films"
        )
        return FilmCounts(*counted)


def kept_films(path: Path, id_space: str) -> tuple[Movie, ...]:
    """What `Films.known` gives, of a database that is left as it is; none where it is not there, of an earlier schema,
    or numbers films otherwise. Blocks; raises what `inspect` raises.
    """
    if inspect(path, may_be_new=True) < known_migrations()[-1].number:
        return ()
    with store_errors(path), closing(sqlite3.connect(read_only(path), uri=True)) as connection:
        space = connection.execute("SELECT value FROM facts WHERE key = ?", (ID_SPACE,)).fetchone()
        return tuple(map(_movie, connection.execute(_KNOWN))) if space == (id_space,) else ()


async def _take_staged(tx: Transaction, mark: str) -> Synced:
    """Take what was compared with the catalogue of that mark; compare again where it is another one by now."""
    row = await tx.row("SELECT value FROM facts WHERE key = ?", (CATALOGUE_MARK,))
    if (row[0] if row is not None else "") != mark:
        for table in _COMPARED:
            await tx.rows(f"DROP TABLE fresh.{table}")
        for statement in _COMPARE:
            await tx.rows(statement)
    gone = await _changes(tx, _GONE)
    added = await _changes(tx, _NEW)
    changed = await _changes(tx, _TOLD)
    told = await _changes(tx, _VOTES)
    renamed = await _changes(tx, _TITLES_GONE) + await _changes(tx, _TITLES_NEW)
    synced = Synced(added, gone, changed, told, renamed)
    if synced.is_news or told or renamed:
        await _mark(tx, wants_training=synced.is_news)
    return synced


async def _taken_over(tx: Transaction, movies: Iterable[Movie]) -> dict[int, int]:
    """Films of our own that the data set has under a number of its own; of its twins the better known one."""
    of_imdb = "SELECT imdb_id, movie_id FROM films WHERE movie_id >= ? AND imdb_id IS NOT NULL"
    own: dict[int, int] = dict(await tx.rows(of_imdb, (FIRST_OWN_ID,)))
    best: dict[int, Movie] = {}
    for movie in movies if own else ():
        if movie.imdb_id in own and movie.imdb_id is not None:
            other = best.get(movie.imdb_id)
            if other is None or movie.ratings_count > other.ratings_count:
                best[movie.imdb_id] = movie
    return {own[imdb_id]: movie.movie_id for imdb_id, movie in best.items()}


async def _changes(tx: Transaction, sql: str) -> int:
    """Run one statement; how many rows it changed."""
    await tx.rows(sql)
    ((count,),) = await tx.rows("SELECT changes()")
    return int(count)


async def _mark(tx: Transaction, *, wants_training: bool = True) -> None:
    """The catalogue is another one, and what is trained on it is old."""
    await put_fact(tx, CATALOGUE_MARK, secrets.token_hex(8))
    if wants_training:
        await put_fact(tx, RETRAIN_WANTED, secrets.token_hex(8))


def _of_imdb(imdb_id: int) -> tuple[str, tuple[int]]:
    return "SELECT movie_id FROM films WHERE imdb_id = ? ORDER BY in_dataset DESC, movie_id LIMIT 1", (imdb_id,)


def _row_of_dataset(movie: Movie) -> tuple[int | str | None, ...]:
    genres = "|".join(movie.genres)
    return movie.movie_id, movie.title, movie.raw_title, movie.year, genres, movie.imdb_id, movie.tmdb_id


def _movie(row: Row) -> Movie:
    (movie_id, title, year, genres, raw_title, imdb_id, tmdb_id, original_title, runtime_min, *people) = row
    directors, leads, languages, countries, source_mean, source_votes, source, is_listed = people
    return Movie(
        movie_id,
        title,
        year,
        _split(genres),
        raw_title,
        imdb_id,
        tmdb_id,
        original_title=original_title,
        runtime_min=runtime_min,
        directors=_split(directors),
        leads=_split(leads),
        languages=_split(languages),
        countries=_split(countries),
        source_mean=source_mean,
        source_votes=source_votes,
        source=source,
        is_former=not is_listed,
    )


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()
