"""IMDb's files for films that do not exist, as long as the real ones are, written column by column."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.titles import titles
from data.imdb.tables import file_of

TITLES, RATED, AKAS, PRINCIPALS, NAMES = 12_000_000, 1_600_000, 50_000_000, 90_000_000, 14_000_000
"""Lines of the real files, about."""
ALL_OF_A_FILM, FILM_AKAS, FILM_PEOPLE = 136, 8, 10
"""One title in so many is a film with enough votes, which has so many titles and people."""
FILM = 17
"""One title in so many is a film."""
CHUNK = 1_000_000
_SCRIPTS = ("", "Приключения ", "千と", "Die ", "La ", "ال", "Le ", "El ")
_HEADERS = {
    "title.basics": (
        *("tconst", "titleType", "primaryTitle", "originalTitle", "isAdult", "startYear", "endYear"),
        *("runtimeMinutes", "genres"),
    ),
    "title.ratings": ("tconst", "averageRating", "numVotes"),
    "title.akas": ("titleId", "ordering", "title", "region", "language", "types", "attributes", "isOriginalTitle"),
    "title.crew": ("tconst", "directors", "writers"),
    "title.principals": ("tconst", "ordering", "nconst", "category", "job", "characters"),
    "name.basics": ("nconst", "primaryName", "birthYear", "deathYear", "primaryProfession", "knownForTitles"),
}

Numbers = npt.NDArray[np.int64]


def film_numbers(share: float) -> Numbers:
    """IMDb's numbers of the films with enough votes."""
    return np.arange(ALL_OF_A_FILM, round(TITLES * share), ALL_OF_A_FILM)


def write_files(folder: Path, share: float) -> None:
    """Write all six, each with that share of its real lines."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    count = round(TITLES * share)
    words = [one.rpartition(" (")[0] for one in titles(np.full(20_000, 2000), random)]
    names = pa.array(words, pa.string())
    with _File(folder, "title.ratings") as file:
        for some in _chunks(1, count, step=max(1, round(TITLES / RATED))):
            file.write(_ids("tt", some), _some(["6.1", "7.3", "8.8"], some), _text(some % 990))
        films = film_numbers(share)
        file.write(_ids("tt", films), _some(["6.1", "7.3", "8.8"], films), _text(1_000 + films % 100_000))
    with _File(folder, "title.basics") as file:
        for some in _chunks(1, count):
            kind = pc.if_else(pa.array(some % FILM == 0), "movie", "tvEpisode")
            title = pc.binary_join_element_wise(_pick(names, some), _text(some % 977), " ")
            rest = (_some(["0"], some), _text(1920 + some % 106), _some([r"\N"], some), _text(60 + some % 90))
            file.write(_ids("tt", some), kind, title, title, *rest, _some(["Drama", "Comedy,Family", r"\N"], some))
    with _File(folder, "title.akas") as file:
        for some in _chunks(1, count):
            _write_akas(file, some, names, AKAS // TITLES)
        for number in range(FILM_AKAS):
            _write_aka(file, film_numbers(share), number, names)
    with _File(folder, "title.crew") as file:
        for some in _chunks(1, count):
            file.write(_ids("tt", some), _ids("nm", some % round(NAMES * share) + 1), _some([r"\N"], some))
    with _File(folder, "title.principals") as file:
        for some in _chunks(1, count):
            for ordering in range(PRINCIPALS // TITLES):
                _write_person(file, some, ordering + 1, share)
        for ordering in range(FILM_PEOPLE):
            _write_person(file, film_numbers(share), 20 + ordering, share)
    with _File(folder, "name.basics") as file:
        for some in _chunks(1, round(NAMES * share) + 1):
            name = pc.binary_join_element_wise(_some(["Ada", "Bruno", "Clara"], some), _text(some), " ")
            nothing = _some([r"\N"], some)
            file.write(_ids("nm", some), name, nothing, nothing, _some(["actor"], some), nothing)


class _File:
    def __init__(self, folder: Path, name: str) -> None:
        self._stream = gzip.open(folder / file_of(name), "wb", compresslevel=1)  # noqa: SIM115 - closed below
        self._stream.write(("\t".join(_HEADERS[name]) + "\n").encode())

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def write(self, *columns: pa.Array) -> None:
        lines = pc.binary_join_element_wise(pc.binary_join_element_wise(*columns, "\t"), "", "\n")
        self._stream.write(lines.buffers()[2])


def _write_akas(file: _File, some: Numbers, names: pa.Array, each: int) -> None:
    for number in range(each):
        _write_aka(file, some, number, names)


def _write_aka(file: _File, some: Numbers, number: int, names: pa.Array) -> None:
    script = _SCRIPTS[number % len(_SCRIPTS)]
    title = pc.binary_join_element_wise(script, _pick(names, some * 31 + number * 7919), "")
    nothing = _some([r"\N"], some)
    regions = _some(["DE", "FR", "JP"], some)
    file.write(
        _ids("tt", some), _text(some * 0 + number), title, regions, nothing, nothing, nothing, _some(["0"], some)
    )


def _write_person(file: _File, some: Numbers, ordering: int, share: float) -> None:
    people = (some * 131 + ordering * 7919) % round(NAMES * share) + 1
    category = _some(["actor", "actress", "writer", "producer"], some + ordering)
    nothing = _some([r"\N"], some)
    file.write(_ids("tt", some), _text(some * 0 + ordering), _ids("nm", people), category, nothing, nothing)


def _chunks(start: int, stop: int, step: int = 1) -> list[Numbers]:
    return [np.arange(at, min(at + CHUNK * step, stop), step) for at in range(start, stop, CHUNK * step)]


def _text(numbers: Numbers) -> pa.Array:
    return pc.cast(pa.array(numbers), pa.string())


def _ids(prefix: str, numbers: Numbers) -> pa.Array:
    return pc.binary_join_element_wise(prefix, pc.utf8_lpad(_text(numbers), 7, "0"), "")


def _some(values: Sequence[str], numbers: Numbers) -> pa.Array:
    return _pick(pa.array(values, pa.string()), numbers)


def _pick(values: pa.Array, numbers: Numbers) -> pa.Array:
    return values.take(pa.array(numbers % len(values)))
