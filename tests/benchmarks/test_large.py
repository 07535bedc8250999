"""The parts of the large benchmark, on little data and in this process."""

from pathlib import Path

import pytest

from benchmarks import large
from benchmarks.generated import generated, write_csv
from benchmarks.titles import HOSTILE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("large") / "made", *generated(100, 150, 2500))


def test_reading_is_timed_cold_and_cached(made: Path, tmp_path: Path) -> None:
    cold, cached = large.load(made, tmp_path), large.load(made, tmp_path)
    assert cold.seconds > 0
    assert cached.seconds > 0
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_every_question_is_timed_and_reported(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "QUERIES", 5)
    monkeypatch.setattr(large, "LISTS", 4)
    titles, searches = large.search(made, tmp_path)
    assert {len(times) for times in searches.values()} == {5, len(HOSTILE)}
    threads, training, stages, lists = large.train_and_serve(made, tmp_path)
    assert {len(times) for times in lists.values()} == {4}
    assert {"validation", "stars", "ranking"} <= set(stages)
    assert 0 < sum(end - begin for begin, end in stages.values()) <= training.processor_s
    loading = {"cached": large.load(made, tmp_path)}
    measured = large.Measured("1m", threads, 0.0, loading, titles, searches, training, stages, lists)
    costs, times = large.report(measured)
    assert costs.row_count == 3 + len(stages)
    assert times.row_count == len(searches) + len(lists)
