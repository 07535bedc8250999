"""One training from a snapshot to a folder: whole or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from bot.models.registry import PENDING
from bot.training import job as training_job
from bot.training.job import PLOT, TrainingJob, publish, run
from data import Dataset, load_dataset
from data.errors import CorruptDatasetError
from recommender import Epoch, NoStarsError, Progress, Recommender, TrainingCancelled, TrainingConfig

MEMBER = 1_000_000_000


def picture(history: tuple[Epoch, ...]) -> bytes:
    return f"{len(history)} epochs".encode()


@pytest.fixture(scope="session")
def dataset(films: Path, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return load_dataset(str(films), tmp_path_factory.mktemp("datasets"))


Make = Callable[..., TrainingJob]


@pytest.fixture
def make(dataset: Dataset, tmp_path: Path) -> Make:
    """A job over the data set and a member's ratings of two films, and of one outside of it, which does not count."""
    snapshot = tmp_path / "snapshot.feather"
    frame = pd.DataFrame(
        {
            "user_id": [MEMBER] * 3,
            "movie_id": [10, 20, 987_654],
            "rating": [4.5, 1.0, 5.0],
            "timestamp": [10**9] * 3,
        }
    )
    frame.to_feather(snapshot)

    def job(**changes: object) -> TrainingJob:
        values = {
            "dataset": dataset.path,
            "snapshot": snapshot,
            "models": tmp_path / "models",
            "config": TrainingConfig(),
            "current": None,
            "parent": "before",
            "force": False,
            "plot": picture,
        } | changes
        return TrainingJob(**values)  # type: ignore[arg-type]

    return job


def test_a_run_writes_a_whole_version(make: Make, dataset: Dataset) -> None:
    steps: list[Progress] = []
    job = make()
    report = run(job, steps.append)
    assert report.version is not None
    folder = job.models / report.version
    assert {path.name for path in job.models.iterdir()} == {report.version}
    assert {path.name for path in folder.iterdir()} == {"model.safetensors", "card.json", "CARD.md", PLOT, PENDING}
    assert (folder / PLOT).read_bytes() == report.picture
    assert report.picture.endswith(b"epochs")
    assert report.refused == ()
    assert report.counts == {"users": 61, "movies": 25, "ratings": dataset.stats.ratings + 2}
    assert report.metrics["ndcg@10"] > report.metrics["popularity_ndcg@10"]
    assert report.seconds > 0
    assert report.peak_mb is None or report.peak_mb > 10
    card = json.loads((folder / "card.json").read_text("utf-8"))
    assert {name: card[name] for name in ("version", "parent", "dataset", "id_space", "forced")} == {
        "version": report.version,
        "parent": "before",
        "dataset": "films",
        "id_space": "movielens",
        "forced": False,
    }
    assert card["catalogue_hash"] == dataset.content_hash
    assert card["metrics"] == report.metrics
    assert {step.stage for step in steps} >= {"ranking", "stars"}
    assert str(MEMBER) not in (folder / "card.json").read_text("utf-8")
    assert Recommender.load(folder).support(10) > 0


def test_a_refused_one_leaves_no_folder(make: Make) -> None:
    job = make(config=TrainingConfig.popularity(), current=TrainingConfig())
    report = run(job)
    assert report.version is None
    assert report.refused == ("worse_than_current", "worse_stars")
    assert report.metrics["paired_difference"] < 0
    assert not job.models.exists()


def test_force_writes_it_and_says_so(make: Make) -> None:
    job = make(config=TrainingConfig.popularity(), current=TrainingConfig(), force=True)
    report = run(job)
    assert report.version is not None
    assert json.loads((job.models / report.version / "card.json").read_text("utf-8"))["forced"] is True


def test_a_cancelled_one_leaves_no_folder(make: Make) -> None:
    job = make()
    with pytest.raises(TrainingCancelled):
        run(job, lambda progress: progress.stage != "ranking")
    assert not job.models.exists()


@pytest.mark.parametrize("moment", ["save", "publish"])
def test_a_failure_while_writing_leaves_nothing_behind(
    make: Make, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((Recommender, "save") if moment == "save" else (training_job, "publish")), full)
    job = make()
    with pytest.raises(OSError, match="No space"):
        run(job)
    assert list(job.models.iterdir()) == []


def test_a_damaged_cache_is_told_before_anything_is_written(make: Make, tmp_path: Path) -> None:
    job = make(dataset=tmp_path / "nothing")
    with pytest.raises(CorruptDatasetError):
        run(job)
    assert not job.models.exists()


def test_publishing_gives_a_folder_its_name(tmp_path: Path) -> None:
    half = tmp_path / ".v1"
    half.mkdir()
    (half / "card.json").write_text("{}")
    publish(half, tmp_path / "v1")
    assert not half.exists()
    assert (tmp_path / "v1" / "card.json").read_text() == "{}"


def test_publishing_replaces_no_version_that_is_there(tmp_path: Path) -> None:
    for name in (".v1", "v1"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "card.json").write_text(name)
    with pytest.raises(OSError, match="v1"):
        publish(tmp_path / ".v1", tmp_path / "v1")
    assert (tmp_path / "v1" / "card.json").read_text() == "v1"


def test_ratings_that_are_all_alike_are_nothing_for_a_bot_that_shows_stars(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Dataset.load_ratings
    monkeypatch.setattr(Dataset, "load_ratings", lambda self: original(self).assign(rating=5.0))
    job = make(config=TrainingConfig.fast(), force=True)
    pd.read_feather(job.snapshot).assign(rating=5.0).to_feather(job.snapshot)
    with pytest.raises(NoStarsError):
        run(job)
    assert not job.models.exists()
