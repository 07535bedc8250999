"""IMDb's files become films of the store: all of them, or nothing at all."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from data import Movie
from data.errors import SourceFileError
from data.imdb.preparing import OnProgress
from data.imdb.syncing import take_films
from data.imdb.tables import FILES, file_of
from data.store import RETRAIN_WANTED, Store, staging
from data.store.errors import StoreUnusableError
from data.store.films import Synced
from tests.data.imdb.builders import HEADERS, ROWS, write_file, write_imdb
from tests.data.store.old_databases import rows_in

TOY = Movie(1, "Toy Story", 1995, ("Comedy",), "Toy Story (1995)", imdb_id=114709, ratings_count=9)
MATRIX = Movie(3, "The Matrix", 1999, ("Action",), "Matrix, The (1999)", imdb_id=133093)
OWN_ID = 115_398_776


def unheard(name: str, done: int) -> None:
    """Nobody watches."""


async def take(store: Store, files: Path, *, min_votes: int = 1000, heard: OnProgress = unheard) -> Synced:
    return await take_films(store, files, min_votes, 1_800_000_000, heard)


@pytest.fixture
async def filled(store: Store) -> Store:
    await store.films.take_in("a", [TOY, MATRIX])
    return store


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return write_imdb(tmp_path / "imdb")


async def test_what_is_taken_and_what_is_told_of_it(filled: Store, files: Path) -> None:
    synced = await take(filled, files)
    assert (synced.added, synced.changed, synced.gone) == (3, 2, 0)
    films = {film.movie_id: film for film in await filled.films.known()}
    assert set(films) == {1, 3, OWN_ID, 100_245_429, 109_000_001}
    assert films[OWN_ID] == Movie(
        OWN_ID,
        "Oppenheimer",
        2023,
        ("Drama",),
        "Oppenheimer (2023)",
        15398776,
        runtime_min=180,
        directors=("Christopher Nolan",),
        leads=("Cillian Murphy", "Emily Blunt"),
        source_mean=8.2,
        source_votes=900000,
        source="imdb",
    )
    spirited = films[100_245_429]
    assert (spirited.original_title, spirited.genres) == (
        "Sen to Chihiro no kamikakushi",
        ("Adventure", "Children", "Fantasy"),
    )
    assert films[109_000_001].title == '"Quoted" and 7" Singles'  # there is no quoting in these files
    assert films[109_000_001].runtime_min is None
    # A film of the data set keeps its title and genres, and is told of whatever kind IMDb says it is.
    assert (films[3].title, films[3].genres, films[3].runtime_min, films[3].source_votes) == (
        "The Matrix",
        ("Action",),
        136,
        12,
    )


async def test_other_titles_stand_as_they_are_searched_for(filled: Store, path: Path, files: Path) -> None:
    await take(filled, files)
    titles = {folded for _, folded in rows_in(path)["film_titles"]}
    assert "chihiros reise ins zauberland" in titles
    assert "опенхаимер" in titles
    assert len(rows_in(path)["film_titles"]) == 5


async def test_films_added_while_the_files_were_read_are_seen(
    filled: Store, path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = filled.films.mark

    async def mark_of_before() -> str:
        mark = await real()
        await filled.films.add("Oppenheimer", 2023, ["War"], 15398776)
        monkeypatch.undo()
        return mark

    monkeypatch.setattr(filled.films, "mark", mark_of_before)
    assert (await take(filled, files)).added == 2
    films = {film.movie_id: film for film in await filled.films.known()}
    assert (films[OWN_ID].source, films[OWN_ID].genres, films[OWN_ID].runtime_min) == ("hand", ("War",), 180)
    assert len(rows_in(path)["film_titles"]) == 5


async def test_a_training_is_due_where_more_than_votes_has_changed(filled: Store, tmp_path: Path, files: Path) -> None:
    await take(filled, files)
    wanted, mark = await filled.facts.get(RETRAIN_WANTED), await filled.films.mark()
    assert wanted is not None
    again = await take(filled, files)
    assert again == Synced(0, 0, 0, 0, 0)
    assert await filled.films.mark() == mark
    rows = [row.replace("~900000", "~900001") for row in ROWS["title.ratings"]]
    write_file(files / file_of("title.ratings"), HEADERS["title.ratings"], rows)
    assert (await take(filled, files)).votes == 1
    assert await filled.facts.get(RETRAIN_WANTED) == wanted
    assert await filled.films.mark() != mark


async def test_a_film_that_is_taken_no_more_is_only_named(filled: Store, files: Path) -> None:
    await take(filled, files)
    assert (await take(filled, files, min_votes=10_000)).gone == 1
    assert {film.movie_id for film in await filled.films.known() if film.is_former} == {109_000_001}


async def test_a_film_of_an_earlier_data_set_keeps_its_number(filled: Store, files: Path) -> None:
    later = Movie(200_001, "Oppenheimer", 2023, ("Drama",), "Oppenheimer (2023)", imdb_id=15398776)
    await filled.films.take_in("b", [TOY, MATRIX, later])
    await filled.films.take_in("a", [TOY, MATRIX])
    await take(filled, files)
    films = {film.movie_id: film for film in await filled.films.known()}
    assert OWN_ID not in films
    assert not films[200_001].is_former
    assert films[200_001].leads == ("Cillian Murphy", "Emily Blunt")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def scramble(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 8] = bytes(8)
    file.write_bytes(data)


def drop_column(file: Path) -> None:
    text = gzip.decompress(file.read_bytes()).decode()
    file.write_bytes(gzip.compress("".join(line.split("\t", 1)[1] for line in text.splitlines(True)).encode()))


def ragged(file: Path) -> None:
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()) + b"tt1\tx\n"))


def empty(file: Path) -> None:
    file.write_bytes(b"")


DAMAGES: dict[str, Callable[[Path], None]] = {
    "cut": cut,
    "scrambled": scramble,
    "a column less": drop_column,
    "a line of another length": ragged,
    "empty": empty,
    "gone": Path.unlink,
}


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
async def test_a_damaged_file_is_told_of_and_changes_nothing(
    filled: Store,
    path: Path,
    files: Path,
    name: str,
    damage: Callable[[Path], None],
) -> None:
    damage(files / file_of(name))
    before = rows_in(path)
    with pytest.raises(SourceFileError) as caught:
        await take(filled, files)
    assert caught.value.path == files / file_of(name)
    assert "\n" not in str(caught.value)
    assert rows_in(path) == before
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".catalogue")] == []


async def test_a_full_disk_changes_nothing(
    filled: Store,
    path: Path,
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(staging, "_TABLES", f"PRAGMA page_size = 512; PRAGMA max_page_count = 6; {staging._TABLES}")
    before = rows_in(path)
    titles = [rf"tt15398776~{n}~Another title, number {n}~DE~\N~\N~\N~0" for n in range(60)]
    write_imdb(files, title_akas=titles)
    with pytest.raises(StoreUnusableError, match="full"):
        await take(filled, files)
    assert rows_in(path) == before


async def test_progress_is_told_file_by_file(filled: Store, files: Path) -> None:
    heard: list[str] = []
    await take(filled, files, heard=lambda name, done: heard.append(name))
    assert list(dict.fromkeys(heard)) == list(FILES)
