"""A model folder: what is in it, and that no damage goes unnoticed."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load, save

from recommender import DamagedModelError, Recommender, TrainingConfig, train
from recommender.checkpoint import CARD, TENSORS
from tests.recommender.worlds import checkerboard, frame


@pytest.fixture
def folder(any_model: Recommender, tmp_path: Path) -> Path:
    any_model.save(tmp_path / "model")
    return tmp_path / "model"


def rewrite_card(folder: Path, **changes: object) -> None:
    card = json.loads((folder / CARD).read_text("utf-8"))
    (folder / CARD).write_text(json.dumps({**card, **changes}), "utf-8")


def rewrite_tensors(folder: Path, change: Callable[[dict[str, np.ndarray]], object]) -> None:
    """Other tensors under a card whose checksum is right."""
    tensors = load((folder / TENSORS).read_bytes())
    change(tensors)
    content = save(tensors)
    (folder / TENSORS).write_bytes(content)
    rewrite_card(folder, sha256=hashlib.sha256(content).hexdigest())


def test_the_card_says_what_the_model_is(any_model: Recommender, tmp_path: Path) -> None:
    any_model.save(tmp_path, {"parent": "v0", "dataset": "checkerboard"})
    card = json.loads((tmp_path / CARD).read_text("utf-8"))
    assert TrainingConfig.from_dict(card["config"]) == any_model.config
    assert card["counts"] == any_model.counts
    assert [epoch["loss"] for epoch in card["history"]] == [epoch.loss for epoch in any_model.history]
    assert card["sha256"] == hashlib.sha256((tmp_path / TENSORS).read_bytes()).hexdigest()
    assert (card["parent"], card["dataset"]) == ("v0", "checkerboard")
    assert card["format"] == 6


def test_metrics_are_kept(tmp_path: Path) -> None:
    model = train(frame([(1, 2, 3.0, 4)]), config=TrainingConfig.popularity())
    model.metrics = {"ndcg@10": 0.5, "current_ndcg@10": None}
    model.save(tmp_path)
    assert Recommender.load(tmp_path).metrics == model.metrics


def test_an_extra_key_cannot_hide_one_of_the_cards(any_model: Recommender, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sha256"):
        any_model.save(tmp_path / "model", {"sha256": "0"})
    assert not (tmp_path / "model").exists()


def test_no_row_of_a_user_is_written(tmp_path: Path) -> None:
    """The files of two trainings with the same films and different numbers of users are equally long."""
    for users in (80, 81):
        model = train(checkerboard(users), config=TrainingConfig.notebook())
        assert model.trained_users is not None
        model.save(tmp_path / str(users))
    shapes = [
        {name: one.shape for name, one in load((tmp_path / users / TENSORS).read_bytes()).items()}
        for users in ("80", "81")
    ]
    assert shapes[0] == shapes[1]
    assert Recommender.load(tmp_path / "80").trained_users is None


@pytest.mark.parametrize("name", [CARD, TENSORS])
@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-7]),
        lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" + path.read_bytes()[101:]),
    ],
    ids=["missing", "empty", "truncated", "a byte changed"],
)
def test_a_damaged_file_is_found_out(folder: Path, name: str, damage: Callable[[Path], object]) -> None:
    damage(folder / name)
    with pytest.raises(DamagedModelError) as caught:
        Recommender.load(folder)
    assert caught.value.path == folder
    assert caught.value.reason


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DamagedModelError):
        Recommender.load(tmp_path / "nothing")


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 1},
        {"sha256": "0" * 64},
        {"config": {"kind": "magic"}},
        {"config": None},
        {"counts": {"users": 1}},
        {"rating_range": [1]},
        {"rating_range": "from one to five"},
        {"history": [{"epoch": 1}]},
        {"history": None},
        {"rating_range": [float("nan"), float("nan")]},
        {"rating_range": [0.5, float("inf")]},
        {"rating_range": [5.0, 0.5]},
        {"rating_range": ["0.5", "5"]},
        {"rating_range": [10**400, 10**401]},
        {"counts": {"users": -1, "movies": 1, "ratings": 1}},
        {"counts": {"users": "60", "movies": 1, "ratings": 1}},
        {"counts": {"users": float("nan"), "movies": 1, "ratings": 1}},
        {"config": TrainingConfig().to_dict() | {"min_support": "4"}},
        {"config": TrainingConfig().to_dict() | {"min_support": 1e300}},
        {"config": TrainingConfig().to_dict() | {"ranking": {"liked_slope": float("inf")}}},
        {"config": TrainingConfig().to_dict() | {"ranking": {"rerank": None}}},
        {"history": [{"epoch": 1, "loss": float("nan"), "val_loss": None, "seconds": 1.0}]},
        {"history": [{"epoch": 1, "loss": "low", "val_loss": None, "seconds": 1.0}]},
        {"metrics": None},
        {"metrics": {"ndcg@10": "good"}},
        {"metrics": {"ndcg@10": float("nan")}},
    ],
)
def test_a_card_that_cannot_be_right(folder: Path, changes: dict[str, object]) -> None:
    rewrite_card(folder, **changes)
    with pytest.raises(DamagedModelError):
        Recommender.load(folder)


def test_a_number_beyond_all_floats(folder: Path) -> None:
    text = (folder / CARD).read_text("utf-8")
    (folder / CARD).write_text(text.replace('"metrics": {', '"metrics": {"val_rmse": 1e999, '), "utf-8")
    with pytest.raises(DamagedModelError, match="1e999"):
        Recommender.load(folder)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_card_nested_deep(folder: Path, opening: str) -> None:
    (folder / CARD).write_text(opening * 200_000, "utf-8")
    with pytest.raises(DamagedModelError):
        Recommender.load(folder)


def test_a_card_that_is_no_object(folder: Path) -> None:
    (folder / CARD).write_text("[]", "utf-8")
    with pytest.raises(DamagedModelError, match="object"):
        Recommender.load(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda tensors: tensors.pop("movie_ids"),
        lambda tensors: tensors.pop("rating.features"),
        lambda tensors: tensors.update({"support": tensors["support"][1:]}),
        lambda tensors: tensors.update({"movie_ids": tensors["movie_ids"][::-1].copy()}),
        lambda tensors: tensors.update({"rating.features": tensors["rating.features"][1:]}),
        lambda tensors: tensors.update({"rating.prior_precision": np.zeros(99)}),
        lambda tensors: tensors.update({"movie_ids": tensors["movie_ids"][1:], "support": tensors["support"][1:]}),
    ],
    ids=["no ids", "no features", "short support", "descending", "short features", "prior", "too few ids"],
)
def test_tensors_that_do_not_belong_together(folder: Path, change: Callable[[dict[str, np.ndarray]], object]) -> None:
    rewrite_tensors(folder, change)
    with pytest.raises(DamagedModelError):
        Recommender.load(folder)


def test_the_other_configurations_tensors_are_refused(tmp_path: Path) -> None:
    train(checkerboard()).save(tmp_path)
    rewrite_card(tmp_path, config=TrainingConfig.notebook().to_dict())
    with pytest.raises(DamagedModelError):
        Recommender.load(tmp_path)
