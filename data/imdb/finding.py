"""Single films in IMDb's files, whoever voted for them: a look through all titles there are."""

from collections.abc import Callable, Collection
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from data.imdb.preparing import KINDS, film_of
from data.imdb.tables import batches, file_of
from data.store.staging import StagedFilm


def has_titles(folder: Path) -> bool:
    """Whether there is something to look through."""
    return (folder / file_of("title.basics")).is_file()


def find_films(
    folder: Path, numbers: Collection[int], titles: Collection[str], is_over: Callable[[], bool]
) -> list[StagedFilm]:
    """The films of these numbers, and all that are called so here or at home, in capitals or not.

    `is_over` is asked after each batch whether anybody still waits. Raises SourceFileError.
    """
    ids = pa.array([f"tt{number:07d}" for number in numbers], pa.string())
    names = pc.utf8_lower(pa.array(list(titles), pa.string()))
    kinds = pa.array(KINDS, pa.string())
    found: list[StagedFilm] = []
    for batch in batches(folder / file_of("title.basics"), "title.basics"):
        if is_over():
            break
        is_film = pc.and_(pc.is_in(batch.column("titleType"), value_set=kinds), pc.equal(batch.column("isAdult"), "0"))
        wanted = pc.is_in(batch.column("tconst"), value_set=ids)
        for column in ("primaryTitle", "originalTitle"):
            wanted = pc.or_(wanted, pc.is_in(pc.utf8_lower(batch.column(column)), value_set=names))
        chosen = batch.filter(pc.fill_null(pc.and_kleene(is_film, wanted), False)).to_pylist()
        found += [film for row in chosen if (film := film_of(row | {"is_own": True}, {})) is not None]
    return found
