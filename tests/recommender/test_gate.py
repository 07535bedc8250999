"""The gate: refused, passed, forced, and too small to say."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recommender import Progress, TrainingCancelled, TrainingConfig
from recommender import gate as gate_package
from recommender.config import NetworkConfig, RankingConfig
from recommender.gate import (
    BELOW_POPULARITY,
    LEAST_USERS,
    NON_FINITE_LOSS,
    WORSE_THAN_CURRENT,
    gate,
    train_gated,
)
from recommender.progress import Course
from tests.recommender.worlds import EVEN, ODD, checkerboard, frame

DEFAULT = TrainingConfig()
POPULARITY = TrainingConfig.popularity()
USELESS = replace(DEFAULT, ranking=RankingConfig(liked_slope=-13.5))
"""Takes hate for love."""


def test_a_good_model_passes_and_is_trained_on_everything() -> None:
    model, report = train_gated(checkerboard(), None, config=DEFAULT, current=POPULARITY)
    assert report.passed
    assert report.reasons == ()
    assert model is not None
    assert model.counts["ratings"] == len(checkerboard())
    assert model.metrics == report.metrics
    metrics = report.metrics
    assert metrics["ndcg@10"] > metrics["popularity_ndcg@10"] == metrics["current_ndcg@10"]
    assert metrics["paired_difference"] == pytest.approx(metrics["ndcg@10"] - metrics["current_ndcg@10"])
    assert metrics["paired_se"] > 0
    assert metrics["users"] >= LEAST_USERS
    assert metrics["val_rmse"] < 1.0
    assert metrics["skipped"] is None
    assert report.history


def test_a_model_worse_than_popularity_is_refused() -> None:
    model, report = train_gated(checkerboard(), None, config=USELESS)
    assert model is None
    assert not report.passed
    assert report.reasons == (BELOW_POPULARITY,)
    assert report.metrics["current_ndcg@10"] is None


def test_a_model_worse_than_the_one_in_use_is_refused() -> None:
    report = gate(checkerboard(), None, config=POPULARITY, current=DEFAULT)
    assert report.reasons == (WORSE_THAN_CURRENT,)
    assert report.metrics["paired_difference"] < -2 * report.metrics["paired_se"]


def test_force_promotes_what_is_worse() -> None:
    model, report = train_gated(checkerboard(), None, config=USELESS, current=DEFAULT, force=True)
    assert model is not None
    assert not report.passed
    assert set(report.reasons) == {BELOW_POPULARITY, WORSE_THAN_CURRENT}


def test_force_never_promotes_what_diverged() -> None:
    broken = replace(TrainingConfig.notebook(), network=NetworkConfig(learning_rate=1e38))
    model, report = train_gated(checkerboard(), None, config=broken, force=True)
    assert model is None
    assert report.reasons == (NON_FINITE_LOSS,)
    assert report.metrics["ndcg@10"] is None


def test_what_diverges_only_on_everything_is_refused_too() -> None:
    """The NaN is the last rating of somebody with many: the gate's training does not see it, the refit does."""
    ratings = checkerboard()
    last = ratings["timestamp"].max() + 1
    broken = pd.concat([ratings, frame([(5, 1, np.nan, last)])], ignore_index=True)
    model, report = train_gated(broken, None, config=POPULARITY, force=True)
    assert model is None
    assert not report.passed
    assert report.reasons == (NON_FINITE_LOSS,)


def test_the_same_configuration_is_not_compared_with_itself() -> None:
    stages: set[str] = set()
    course = Course(1, lambda now: stages.add(now.stage))
    gate(checkerboard(), None, config=DEFAULT, current=DEFAULT, course=course)
    assert stages == {"test: validation", "test: stars", "test: ranking"}


@pytest.mark.parametrize("users", [1, 5, LEAST_USERS - 1])
def test_with_too_few_people_only_the_loss_counts(users: int) -> None:
    model, report = train_gated(checkerboard(users), None, config=USELESS, current=DEFAULT)
    assert model is not None
    assert report.passed
    assert report.metrics["ndcg@10"] is None
    assert report.metrics["skipped"] == "too_few_users"
    assert report.metrics["users"] <= users


def test_nobody_with_a_history_is_no_crash() -> None:
    model, report = train_gated(frame([(1, 5, 4.0, 1), (2, 5, 3.0, 1)]), None, config=DEFAULT)
    assert model is not None
    assert report.passed
    assert report.metrics["users"] == 0


def test_the_progress_says_whose_training_it_is() -> None:
    seen: list[Progress] = []
    train_gated(checkerboard(), None, config=DEFAULT, current=TrainingConfig.notebook(), on_progress=seen.append)
    stages = list(dict.fromkeys(one.stage for one in seen))
    assert stages == [
        "test: validation",
        "test: stars",
        "test: ranking",
        "current: network",
        "validation",
        "stars",
        "ranking",
    ]


@pytest.mark.parametrize("current", [None, TrainingConfig.notebook()])
def test_the_whole_is_one_way_from_nothing_to_all_that_never_leads_back(current: TrainingConfig | None) -> None:
    seen: list[Progress] = []
    train_gated(checkerboard(), None, config=DEFAULT, current=current, on_progress=seen.append)
    shares = [one.share for one in seen]
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert len(set(shares)) > 10
    of_first = [one.share for one in seen if one.stage.startswith("test")]
    assert max(of_first) <= 1 / (2 if current is None else 3)
    assert all(one.whole is not None and one.whole.seconds >= 0 for one in seen)


@pytest.mark.parametrize("at", ["test: stars", "current: network", "stars"])
def test_it_can_be_cancelled_in_any_of_its_trainings(at: str) -> None:
    with pytest.raises(TrainingCancelled):
        train_gated(
            checkerboard(),
            None,
            config=DEFAULT,
            current=TrainingConfig.notebook(),
            on_progress=lambda now: now.stage != at,
        )


def test_the_last_tenth_is_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's latest films are the odd ones: trained on the even ones alone, the gate sees them missing."""
    ratings = frame(
        [(user, movie_id, 5.0, when) for user in range(30) for when, movie_id in enumerate([*EVEN[:27], *ODD[:3]])]
    )
    trained: list[pd.DataFrame] = []
    original = gate_package.train

    def spy(table: pd.DataFrame, *args: object, **options: object) -> object:
        trained.append(table)
        return original(table, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(gate_package, "train", spy)
    gate(ratings, None, config=POPULARITY, current=None)
    assert set(trained[0]["movie_id"]) == set(EVEN[:27])
