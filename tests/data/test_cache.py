import json
import os
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import NoReturn

import pyarrow as pa
import pytest

from data import load_dataset, open_cached
from data.cache import Parsed, write_entry
from data.dataset import DESCRIPTION, MOVIES, MOVIES_SCHEMA, RATINGS, RATINGS_SCHEMA
from data.errors import CorruptDatasetError, DataFolderError
from data.ratings import Tally
from tests.data.builders import RATINGS as ROWS
from tests.data.builders import write_csv


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "source")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "datasets"


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _mangle(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | {"stats": {}}))


DAMAGES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "no films": (MOVIES, Path.unlink),
    "no ratings": (RATINGS, Path.unlink),
    "no description": (DESCRIPTION, Path.unlink),
    "films cut": (MOVIES, _truncate),
    "films flipped": (MOVIES, _flip),
    "ratings cut": (RATINGS, _truncate),
    "description cut": (DESCRIPTION, _truncate),
    "description without counts": (DESCRIPTION, _mangle),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_refused_by_path_and_written_anew_by_name(
    damage: str, source: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = load_dataset(str(source), folder)
    file, harm = DAMAGES[damage]
    harm(dataset.path / file)
    with pytest.raises(CorruptDatasetError):
        open_cached(dataset.path)
    mended = load_dataset(str(source), folder)
    assert len(mended.load_ratings()) == len(ROWS)
    assert open_cached(dataset.path).stats == dataset.stats
    assert [path.name for path in (folder / "cache").iterdir()] == [dataset.path.name]
    assert capsys.readouterr().err == ""


def test_a_flipped_bit_in_the_ratings_is_met_when_they_are_read_and_mended_next_time(
    source: Path, folder: Path
) -> None:
    dataset = load_dataset(str(source), folder)
    _flip(dataset.path / RATINGS)
    with pytest.raises(CorruptDatasetError, match="a damaged file"):
        dataset.load_ratings()
    assert len(load_dataset(str(source), folder).load_ratings()) == len(ROWS)


def test_ratings_removed_under_an_open_data_set_are_told(source: Path, folder: Path) -> None:
    dataset = load_dataset(str(source), folder)
    (dataset.path / RATINGS).unlink()
    with pytest.raises(CorruptDatasetError):
        dataset.load_ratings()


def test_an_entry_that_is_a_file_is_replaced(source: Path, folder: Path) -> None:
    path = load_dataset(str(source), folder).path
    path.rename(path.with_name("elsewhere"))
    path.write_text("in the way")
    assert load_dataset(str(source), folder).path == path
    assert path.is_dir()


def test_an_interrupted_write_leaves_nothing(source: Path, folder: Path) -> None:
    dataset = load_dataset(str(source), folder)

    def interrupted(tally: Tally) -> NoReturn:
        raise KeyboardInterrupt

    batch = pa.RecordBatch.from_pandas(dataset.load_ratings(), schema=RATINGS_SCHEMA)
    with pytest.raises(KeyboardInterrupt):
        write_entry(folder / "cache" / "broken-1", Parsed("broken", "0" * 64, "movielens", [batch], interrupted))
    assert [path.name for path in (folder / "cache").iterdir()] == [dataset.path.name]


def test_what_killed_processes_left_is_swept_after_a_day(source: Path, folder: Path) -> None:
    old, young = (folder / "cache" / name for name in (".writing-old", ".writing-young"))
    for path in (old, young):
        path.mkdir(parents=True)
    yesterday = time.time() - 90_000
    os.utime(old, (yesterday, yesterday))
    load_dataset(str(source), folder)
    assert (old.exists(), young.exists()) == (False, True)


def _load(source: str, folder: Path) -> int:
    return len(load_dataset(source, folder).load_ratings())


def test_several_processes_may_write_the_same_entry(source: Path, folder: Path) -> None:
    with get_context("spawn").Pool(3) as pool:
        assert pool.starmap(_load, [(str(source), folder)] * 6) == [len(ROWS)] * 6
    (entry,) = (folder / "cache").iterdir()
    assert open_cached(entry).stats.ratings == len(ROWS)


def test_the_entry_another_process_finished_first_stays(source: Path, folder: Path, tmp_path: Path) -> None:
    dataset = load_dataset(str(source), folder)
    before = (dataset.path / DESCRIPTION).stat().st_ino
    other = load_dataset(str(source), tmp_path / "other")
    rival = Parsed(
        name="rival",
        content_hash=dataset.content_hash,
        id_space=dataset.id_space,
        batches=[pa.RecordBatch.from_pandas(other.load_ratings(), schema=RATINGS_SCHEMA)],
        movies=lambda tally: pa.Table.from_pandas(other.movies, schema=MOVIES_SCHEMA, preserve_index=False),
    )
    assert write_entry(dataset.path, rival).name == dataset.name
    assert (dataset.path / DESCRIPTION).stat().st_ino == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(source: Path, folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(DataFolderError):
        load_dataset(str(source), folder)


def test_a_full_disk_is_told_of_the_folder(source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.cache.sync", full)
    with pytest.raises(DataFolderError) as caught:
        load_dataset(str(source), folder)
    assert caught.value.reason == "no space left on device"
    assert list((folder / "cache").iterdir()) == []
