"""From IMDb's files to the films that are taken, prepared in a file of their own so that nothing half is ever kept."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from data.errors import SourceFileError
from data.folding import fold
from data.imdb.tables import BLOCK_BYTES, batches, file_of
from data.store.staging import StagedFilm, Staging

KINDS = ("movie", "tvMovie")
DIRECTORS, LEADS = 3, 4
"""People kept of a film, the first ones."""
TITLES = 60
"""Other titles kept of a film."""
TITLE_LENGTH_LIMIT = 200
LONGEST_MIN = 32_767
_ACTING = ("actor", "actress", "self")
_GENRES = {
    **{genre: genre for genre in ("Action", "Adventure", "Animation", "Comedy", "Crime", "Documentary", "Drama")},
    **{genre: genre for genre in ("Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi")},
    **{genre: genre for genre in ("Thriller", "War", "Western")},
    "Family": "Children",
    "Music": "Musical",
}
"""MovieLens's words for them; what it has no word for (Biography, History, Sport) is left out."""

OnProgress = Callable[[str, int], None]
"""Hears the file that is read and how many bytes of its packed form have been, about."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which films are taken: any of `numbers` (IMDb's), and those with at least `min_votes`."""

    numbers: frozenset[int]
    min_votes: int


def prepare(folder: Path, wanted: Wanted, staging: Staging, on_progress: OnProgress) -> int:
    """Read the files in `folder` and fill `staging`; how many films are taken. Raises SourceFileError."""
    source = _Source(folder, on_progress)
    votes = _votes(source, wanted)
    films = _films(source, wanted, votes)
    if not films:
        raise SourceFileError(folder / file_of("title.basics"), "it has none of the films that are looked for")
    ids = pa.array([f"tt{number:07d}" for number in films], pa.string())
    _other_titles(source, ids, films, staging)
    directors = _directors(source, ids)
    leads = _leads(source, ids)
    names = _names(source, {one for people in (*directors.values(), *leads.values()) for one in people})
    for number, film in films.items():
        film.directors = _named(directors.get(number, ()), names)
        film.leads = _named(leads.get(number, ()), names)
    staging.add_films(films.values())
    return len(films)


@dataclass(frozen=True, slots=True)
class _Source:
    folder: Path
    on_progress: OnProgress

    def read(self, name: str) -> Iterator[pa.RecordBatch]:
        path, done = self.folder / file_of(name), 0
        for batch in batches(path, name):
            yield batch
            done += BLOCK_BYTES
            self.on_progress(name, done)
        self.on_progress(name, -1)

    def fail(self, name: str, reason: str) -> SourceFileError:
        return SourceFileError(self.folder / file_of(name), reason)


def _votes(source: _Source, wanted: Wanted) -> dict[str, tuple[float, int]]:
    """Mean and votes of all that may be taken, by IMDb's id."""
    found: dict[str, tuple[float, int]] = {}
    linked = _ids(wanted.numbers)
    for batch in source.read("title.ratings"):
        try:
            votes = pc.cast(batch.column("numVotes"), pa.int64())
            means = pc.cast(batch.column("averageRating"), pa.float64())
        except pa.ArrowException as error:
            raise source.fail("title.ratings", "its votes or means are no numbers") from error
        ids = batch.column("tconst")
        kept = pc.or_kleene(pc.greater_equal(votes, wanted.min_votes), pc.is_in(ids, value_set=linked))
        rows = (column.filter(kept).to_pylist() for column in (ids, means, votes))
        found |= {tconst: (mean, count) for tconst, mean, count in zip(*rows, strict=True) if mean and count}
    if not found:
        raise source.fail("title.ratings", "it has no film with enough votes")
    return found


def _films(source: _Source, wanted: Wanted, votes: dict[str, tuple[float, int]]) -> dict[int, StagedFilm]:
    """The films that are taken, by their number; those of the data set whatever kind IMDb says they are."""
    films: dict[int, StagedFilm] = {}
    linked = _ids(wanted.numbers)
    known = pa.array([one for one, (_, count) in votes.items() if count >= wanted.min_votes], pa.string())
    kinds = pa.array(KINDS, pa.string())
    for batch in source.read("title.basics"):
        ids = batch.column("tconst")
        is_film = pc.and_(pc.is_in(batch.column("titleType"), value_set=kinds), pc.equal(batch.column("isAdult"), "0"))
        is_own = pc.and_kleene(is_film, pc.is_in(ids, value_set=known))
        is_linked = pc.is_in(ids, value_set=linked)
        table = pa.Table.from_batches([batch]).append_column("is_own", pc.fill_null(is_own, False))
        chosen = table.filter(pc.fill_null(pc.or_kleene(is_own, is_linked), False))
        for row in chosen.to_pylist():
            film = film_of(row, votes)
            if film is not None:
                films[film.imdb_id] = film
    return films


def film_of(row: dict[str, Any], votes: dict[str, tuple[float, int]]) -> StagedFilm | None:
    """The film of a row of title.basics; None where it has no number or no title."""
    number, title = _number(row["tconst"]), _line(row["primaryTitle"])
    if number is None or not title:
        return None
    mean, count = votes.get(row["tconst"], (None, None))
    original = _line(row["originalTitle"])
    genres = dict.fromkeys(_GENRES[one] for one in (row["genres"] or "").split(",") if one in _GENRES)
    return StagedFilm(
        imdb_id=number,
        title=title,
        original_title=original if original and original != title else None,
        year=_count(row["startYear"]),
        genres="|".join(genres),
        runtime_min=_count(row["runtimeMinutes"]),
        source_mean=mean,
        source_votes=count,
        is_own=row["is_own"],
    )


def _other_titles(source: _Source, ids: pa.Array, films: dict[int, StagedFilm], staging: Staging) -> None:
    """Each title once as it is searched for; neither the title of the film itself nor one too long to be typed."""
    own = {number: fold(film.title) for number, film in films.items()}
    counts: defaultdict[int, int] = defaultdict(int)
    for batch in source.read("title.akas"):
        chosen = batch.filter(pc.fill_null(pc.is_in(batch.column("titleId"), value_set=ids), False))
        rows: list[tuple[int, str]] = []
        pairs = zip(chosen.column("titleId").to_pylist(), chosen.column("title").to_pylist(), strict=True)
        for tconst, title in dict.fromkeys(pairs):
            number = int(tconst[2:])
            if title and len(title) <= TITLE_LENGTH_LIMIT and counts[number] < TITLES:
                folded = fold(title)
                if folded and folded != own[number]:
                    counts[number] += 1
                    rows.append((number, folded))
        staging.add_titles(rows)
    staging.add_titles((number, fold(film.original_title)) for number, film in films.items() if film.original_title)


def _directors(source: _Source, ids: pa.Array) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for batch in source.read("title.crew"):
        chosen = batch.filter(pc.fill_null(pc.is_in(batch.column("tconst"), value_set=ids), False))
        for row in chosen.to_pylist():
            if row["directors"]:
                found[int(row["tconst"][2:])] = tuple(row["directors"].split(",")[:DIRECTORS])
    return found


def _leads(source: _Source, ids: pa.Array) -> dict[int, tuple[str, ...]]:
    """The first who act; IMDb orders a film's people by how much they matter for it."""
    billed: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    acting = pa.array(_ACTING, pa.string())
    for batch in source.read("title.principals"):
        kept = pc.and_kleene(
            pc.is_in(batch.column("category"), value_set=acting), pc.is_in(batch.column("tconst"), value_set=ids)
        )
        for row in batch.filter(pc.fill_null(kept, False)).to_pylist():
            place = _count(row["ordering"])
            if place is not None and row["nconst"]:
                billed[int(row["tconst"][2:])].append((place, row["nconst"]))
    return {one: tuple(dict.fromkeys(nconst for _, nconst in sorted(people)))[:LEADS] for one, people in billed.items()}


def _names(source: _Source, wanted: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    ids = pa.array(sorted(wanted), pa.string())
    for batch in source.read("name.basics"):
        chosen = batch.filter(pc.fill_null(pc.is_in(batch.column("nconst"), value_set=ids), False))
        found |= dict(zip(*(chosen.column(one).to_pylist() for one in ("nconst", "primaryName")), strict=True))
    return found


def _named(people: tuple[str, ...], names: dict[str, str]) -> str:
    return "|".join(_line(names[one]).replace("|", "/") for one in people if names.get(one))


def _ids(numbers: frozenset[int]) -> pa.Array:
    return pa.array([f"tt{number:07d}" for number in numbers], pa.string())


def _number(tconst: str | None) -> int | None:
    digits = (tconst or "")[2:]
    is_number = digits.isdecimal() and digits.isascii() and len(digits) <= 9
    return int(digits) if is_number and int(digits) > 0 else None


def _count(text: str | None) -> int | None:
    """A count that fits 16 bits; None for anything else."""
    is_count = text is not None and text.isdecimal() and text.isascii() and len(text) <= 5
    return int(text) if is_count and text is not None and 0 < int(text) <= LONGEST_MIN else None


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
