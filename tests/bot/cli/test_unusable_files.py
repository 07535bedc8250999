"""Files that cannot be used: one sentence each, what is in use stays in use, and nothing is lost."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from data.store import Store
from data.store.database import Database
from tests.bot.cli.conftest import Run, files_in, ratings_in
from tests.data.builders import write_csv, write_tab, zipped
from tests.data.store.old_databases import OLD_FORM, restore

ALICE = 111


async def _open_and(path: Path, id_space: str = "movielens") -> None:
    store = await Store.open(path)
    try:
        await store.facts.bind_id_space(id_space)
        profile = await store.profiles.get_or_create(ALICE, at=0)
        await store.ratings.rate(profile.user_id, [(10, 4.5), (20, 1.0)], at=0)
    finally:
        await store.close()


@pytest.fixture
def database(trained_dir: Path) -> Path:
    """A data folder with a model in use and two chat ratings."""
    path = trained_dir / "marquee.db"
    asyncio.run(_open_and(path))
    return path


def without_the_log(path: Path) -> dict[str, bytes]:
    """All files of a data folder but the write-ahead log, which comes and goes with an open database."""
    return {name: content for name, content in files_in(path).items() if not name.endswith(("-wal", "-shm"))}


# The data folder


def test_a_data_folder_below_a_file(marquee: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    ended = marquee("train", DATA_DIR=tmp_path / "file" / "data")
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence == (
        f"The data folder {tmp_path / 'file' / 'data'} cannot be used (Not a directory). "
        "Set DATA_DIR to a folder I may write to."
    )
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["models", "datasets"])
def test_a_file_where_a_folder_belongs(marquee: Run, data_dir: Path, name: str) -> None:
    data_dir.mkdir()
    (data_dir / name).write_text("mine")
    ended = marquee("data", "info")
    assert ended.code == 2
    assert ended.sentence.startswith(f"The data folder {data_dir} cannot be used (File exists).")
    assert (data_dir / name).read_text() == "mine"


def test_a_home_written_with_a_tilde(marquee: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert marquee("data", "info", DATA_DIR="~/marquee").code == 0
    assert (tmp_path / "home" / "marquee" / "datasets").is_dir()
    assert list(Path().iterdir()) == []


# The database


def test_a_database_held_by_another_program(marquee: Run, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Database.open.__func__.__kwdefaults__, "busy_timeout_s", 0.05)
    before = ratings_in(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        ended = marquee("train")
        other.execute("ROLLBACK")
    assert (ended.code, ended.out) == (1, "")
    assert ended.sentence == (
        f"The database {database} is held by another program. "
        "Stop the other Marquee, or give this one its own DATA_DIR."
    )
    assert ratings_in(database) == before
    assert len(before) == 2


def test_a_database_that_is_none(marquee: Run, trained_dir: Path) -> None:
    database = trained_dir / "marquee.db"
    database.write_bytes(b"These are my notes, not a database. " * 100)
    before = files_in(trained_dir)
    ended = marquee("train")
    assert ended.code == 1
    assert ended.sentence.startswith(f"The database {database} cannot be used (")
    assert ended.sentence.endswith("the file was left as it is.")
    assert files_in(trained_dir) == before


def test_a_folder_where_the_database_belongs(marquee: Run, trained_dir: Path) -> None:
    (trained_dir / "marquee.db").mkdir()
    ended = marquee("train")
    assert ended.code == 1
    assert "cannot be used (it is a folder)" in ended.sentence


def test_a_database_of_a_newer_version(marquee: Run, database: Path) -> None:
    with closing(sqlite3.connect(database)) as newer:
        newer.execute("PRAGMA user_version = 9999")
    before = without_the_log(database.parent)
    ended = marquee("train")
    assert ended.code == 1
    assert "written by a newer Marquee (schema 9999" in ended.sentence
    assert without_the_log(database.parent) == before


def test_a_database_whose_tables_another_program_changed(marquee: Run, database: Path) -> None:
    with closing(sqlite3.connect(database)) as other:
        other.execute("ALTER TABLE shelves ADD COLUMN note TEXT")
    before = without_the_log(database.parent)
    for command in ("check", "train"):
        ended = marquee(command)
        assert ended.code == 1
        assert f"The database {database} is not as schema " in (ended.out if command == "check" else ended.sentence)
        assert "should be: table shelves." in ended.out + ended.err
    assert without_the_log(database.parent) == before


def test_a_damaged_database_is_told_before_anything_is_done(marquee: Run, database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[-4096:] = b"\xff" * 4096
    database.write_bytes(content)
    before = without_the_log(database.parent)
    checked, trained = marquee("check"), marquee("train")
    assert (checked.code, trained.code) == (1, 1)
    assert f"The database {database} cannot be used (" in checked.out
    assert trained.sentence.startswith(f"The database {database} cannot be used (")
    assert without_the_log(database.parent) == before


@pytest.mark.parametrize("is_empty", [False, True])
def test_a_database_that_is_gone_from_beside_the_file_of_the_deleted(
    marquee: Run, database: Path, is_empty: bool
) -> None:
    if is_empty:
        database.write_bytes(b"")
    else:
        database.unlink()
    before = files_in(database.parent)
    for command in ("check", "train"):
        ended = marquee(command)
        assert ended.code == 1
        assert f"The database {database} is gone or empty" in ended.out + ended.err
        assert "NEW_DATABASE=yes" in ended.out + ended.err
    assert files_in(database.parent) == before
    assert marquee("train", NEW_DATABASE="yes").code == 0
    assert marquee("train").code == 0
    assert ratings_in(database) == []


def test_check_tells_of_the_upgrade_that_is_to_come(marquee: Run, trained_dir: Path) -> None:
    restore(OLD_FORM, trained_dir / "marquee.db")
    assert "database: sound, schema 9; the next start brings it to " in marquee("check").out
    assert marquee("train").code == 0
    assert "; the next start" not in marquee("check").out


def test_a_data_set_that_numbers_films_otherwise(marquee: Run, database: Path, tmp_path: Path) -> None:
    before = ratings_in(database)
    models = files_in(database.parent / "models")
    ended = marquee("train", DATASET=write_tab(tmp_path / "ml-100k"))
    assert ended.code == 2
    assert ended.sentence == (
        "The stored ratings number films as movielens does, DATASET as 100k does. "
        "Set DATASET back, or use another DATA_DIR for this one."
    )
    assert ratings_in(database) == before
    assert files_in(database.parent / "models") == models


# The data set


def _bad_row(folder: Path) -> Path:
    ratings = folder / "ratings.csv"
    lines = ratings.read_text().splitlines()
    lines[5] = "3,6,excellent,1306463578"
    ratings.write_text("\n".join(lines))
    return folder


def _truncated(folder: Path) -> Path:
    archive = zipped(folder, folder.parent / "short.zip")
    archive.write_bytes(archive.read_bytes()[:-200])
    return archive


def _no_zip(folder: Path) -> Path:
    page = folder.parent / "page.zip"
    page.write_text("<html>Not found</html>")
    return page


def _empty(folder: Path) -> Path:
    empty = folder.parent / "empty"
    empty.mkdir()
    return empty


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_bad_row, ("ratings.csv, line 6: expected a rating from 0.5 to 5 in half steps", "excellent")),
        (_truncated, ("short.zip: expected a zip archive",)),
        (_no_zip, ("page.zip: expected a zip archive",)),
        (_empty, ("empty: expected", "ratings.csv")),
    ],
)
@pytest.mark.parametrize("command", [("train",), ("data", "info"), ("evaluate",)])
def test_a_damaged_data_set(
    marquee: Run,
    database: Path,
    tmp_path: Path,
    damage: Callable[[Path], Path],
    words: tuple[str, ...],
    command: tuple[str, ...],
) -> None:
    damaged = damage(write_csv(tmp_path / "source"))
    source, kept, ratings = files_in(tmp_path / "source"), without_the_log(database.parent), ratings_in(database)
    ended = marquee(*command, DATASET=damaged)
    assert (ended.code, ended.out) == (1, "")
    for word in words:
        assert word in ended.sentence
    assert ended.sentence.endswith("Get the data set again or correct the file; nothing was changed.")
    assert without_the_log(database.parent) == kept
    assert ratings_in(database) == ratings
    assert files_in(tmp_path / "source") == source
    # The set in use before is still there, read from its cache.
    assert marquee("data", "info").code == 0


def test_a_damaged_cache_is_told_once_and_written_anew(marquee: Run, trained_dir: Path) -> None:
    models = files_in(trained_dir / "models")
    (ratings,) = (trained_dir / "datasets" / "cache").glob("*/ratings.feather")
    content = bytearray(ratings.read_bytes())
    content[len(content) // 2] ^= 0xFF
    ratings.write_bytes(content)
    ended = marquee("train")
    assert ended.code == 1
    assert f"{ratings}: expected the ratings as they were written, found a damaged file." in ended.err
    assert "Traceback" not in ended.err
    assert files_in(trained_dir / "models") == models
    assert marquee("train").code == 0


def test_an_archive_that_reaches_out_of_its_folder(marquee: Run, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "x").write_text("x")
    archive = zipped(tmp_path / "source", tmp_path / "evil.zip", inside="..")
    ended = marquee("data", "fetch", DATASET=archive)
    assert ended.code == 1
    assert ended.sentence.startswith(f"The archive {archive} holds “../")


# Models


def _cut_short(model: Path) -> None:
    tensors = model / "model.safetensors"
    tensors.write_bytes(tensors.read_bytes()[:-10])


def _garbled_card(model: Path) -> None:
    (model / "card.json").write_text("{")


@pytest.mark.parametrize("damage", [_cut_short, _garbled_card])
def test_a_damaged_model_is_passed_over_and_kept(
    marquee: Run, trained_dir: Path, damage: Callable[[Path], None]
) -> None:
    """Training goes on without it, from the model before it; nothing is removed."""
    models = trained_dir / "models"
    good = (models / "CURRENT").read_text()
    assert marquee("train").code == 0
    damaged = (models / "CURRENT").read_text()
    assert damaged != good
    damage(models / damaged)
    before = files_in(models / damaged)

    checked = marquee("check")
    assert checked.code == 1
    assert f"The model {models / damaged} cannot be used" in checked.out

    ended = marquee("train")
    assert ended.code == 0
    assert f"model {damaged} cannot be used and is passed over" in ended.err
    newest = (models / "CURRENT").read_text()
    assert newest not in {damaged, good}
    assert f'"parent": "{good}"' in (models / newest / "card.json").read_text("utf-8")
    assert files_in(models / damaged) == before


def test_with_the_only_model_damaged_a_first_one_is_trained(marquee: Run, trained_dir: Path) -> None:
    models = trained_dir / "models"
    damaged = (models / "CURRENT").read_text()
    _cut_short(models / damaged)
    ended = marquee("train")
    assert ended.code == 0
    assert f"model {damaged} cannot be used and is passed over" in ended.err
    newest = (models / "CURRENT").read_text()
    assert newest != damaged
    assert '"parent": null' in (models / newest / "card.json").read_text("utf-8")
    assert (models / damaged / "model.safetensors").is_file()


def test_a_pointer_to_nothing(marquee: Run, trained_dir: Path) -> None:
    (trained_dir / "models" / "CURRENT").write_text("../../elsewhere")
    checked = marquee("check")
    assert checked.code == 1
    assert "missing model: The model " in checked.out
    ended = marquee("train")
    assert ended.code == 0
    assert "CURRENT names the model '../../elsewhere', which is not there" in ended.err
