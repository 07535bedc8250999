"""The gate: refused, passed, forced, and too small to say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recommender import InvalidDataError, NonFiniteLossError, Progress, TrainingCancelled, TrainingConfig
from recommender import gate as gate_package
from recommender.config import NetworkConfig
from recommender.gate import (
    BELOW_POPULARITY,
    LEAST_USERS,
    NON_FINITE_LOSS,
    WORSE_STARS,
    WORSE_THAN_CURRENT,
    gate,
    paired_rmse,
    train_gated,
)
from recommender.progress import Course
from recommender.vocabulary import FloatArray, IndexArray
from tests.recommender.worlds import EVEN, ODD, checkerboard, frame

DEFAULT = TrainingConfig()
FAST = TrainingConfig.fast()
POPULARITY = TrainingConfig.popularity()
USELESS = replace(TrainingConfig.notebook(), network=NetworkConfig(epochs=1, learning_rate=1e-9))
"""Learns nothing, so that its order is chance."""


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


def fashion() -> pd.DataFrame:
    """Everybody likes alike whatever they see, and sees what everybody sees."""
    random = np.random.default_rng(0)
    popularity = 1 / np.arange(1, 301)
    rows = []
    for user in range(60):
        seen = random.choice(300, 40, replace=False, p=popularity / popularity.sum())
        rows += [(user, int(movie), float(random.integers(3, 6)), time) for time, movie in enumerate(seen)]
    return frame(rows)


def test_a_model_worse_than_popularity_is_refused() -> None:
    model, report = train_gated(fashion(), None, config=USELESS)
    assert model is None
    assert not report.passed
    assert report.reasons == (BELOW_POPULARITY,)
    assert report.metrics["current_ndcg@10"] is None


def test_a_model_worse_than_the_one_in_use_is_refused() -> None:
    report = gate(checkerboard(), None, config=POPULARITY, current=DEFAULT)
    assert report.reasons == (WORSE_THAN_CURRENT, WORSE_STARS)
    metrics = report.metrics
    assert metrics["paired_difference"] < -metrics["paired_se"]
    assert metrics["rmse_difference"] == pytest.approx(metrics["val_rmse"] - metrics["current_val_rmse"])
    assert metrics["rmse_difference"] > metrics["rmse_se"] > 0


def test_force_promotes_what_is_worse() -> None:
    model, report = train_gated(fashion(), None, config=USELESS, current=FAST, force=True)
    assert model is not None
    assert not report.passed
    assert {BELOW_POPULARITY, WORSE_THAN_CURRENT} <= set(report.reasons)


def test_force_never_promotes_what_diverged() -> None:
    broken = replace(TrainingConfig.notebook(), network=NetworkConfig(learning_rate=1e38))
    model, report = train_gated(checkerboard(), None, config=broken, force=True)
    assert model is None
    assert report.reasons == (NON_FINITE_LOSS,)
    assert report.metrics["ndcg@10"] is None


def test_what_diverges_only_on_everything_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = checkerboard()
    original = gate_package.train

    def diverging(table: pd.DataFrame, *args: object, **options: object) -> object:
        if len(table) == len(ratings):
            raise NonFiniteLossError("stars", 1, np.nan)
        return original(table, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(gate_package, "train", diverging)
    model, report = train_gated(ratings, None, config=POPULARITY, force=True)
    assert model is None
    assert not report.passed
    assert report.reasons == (NON_FINITE_LOSS,)


def test_a_rating_that_is_no_number_is_found_though_it_is_held_out() -> None:
    ratings = checkerboard()
    broken = pd.concat([ratings, frame([(5, 1, np.nan, ratings["timestamp"].max() + 1)])], ignore_index=True)
    with pytest.raises(InvalidDataError, match=f"row {len(ratings)}: nan"):
        gate(broken, None, config=POPULARITY, current=None)


def test_implicit_feedback_is_judged_by_its_lists() -> None:
    ratings = checkerboard()
    liked = ratings[ratings["rating"] == 5]
    report = gate(liked, None, config=FAST, current=POPULARITY)
    assert report.passed
    assert report.metrics["val_rmse"] is None
    assert report.metrics["rmse_difference"] is None


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
    in_use = TrainingConfig.notebook()
    train_gated(checkerboard(), None, config=DEFAULT, current=in_use, force=True, on_progress=seen.append)
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
    train_gated(checkerboard(), None, config=DEFAULT, current=current, force=True, on_progress=seen.append)
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
            force=True,
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


PEOPLE = 40
FIRST, SECOND, ELSEWHERE = 1000, 1001, 1002
"""Films that everybody has rated last, five stars, and one that they did not."""


class Scripted:
    """A model that lists for user number i the films `listed(i)`, and whose stars for them are `off(i)` too few."""

    config, history = DEFAULT, ()

    def __init__(self, listed: Callable[[int], list[int]], off: Callable[[int], float]) -> None:
        self._listed, self._off = listed, off

    def recommend_batch(self, profiles: Iterable[Mapping[int, float]], n: int) -> IndexArray:
        return np.array([(self._listed(self._user(profile)) + [-1] * n)[:n] for profile in profiles])

    def predict(self, profile: Mapping[int, float], movie_ids: IndexArray, *, film_stars: None) -> FloatArray:
        return np.full(len(movie_ids), 5.0 - self._off(self._user(profile)))

    def _user(self, profile: Mapping[int, float]) -> int:
        return max(profile) - 2000


def judged(
    monkeypatch: pytest.MonkeyPatch,
    listed: Callable[[int], list[int]] = lambda user: [FIRST, SECOND],
    off: Callable[[int], float] = lambda user: 1.0,
) -> gate_package.GateReport:
    """A candidate against a model that serves 30 people of 40 perfectly and is one star off."""
    in_use = Scripted(lambda user: [FIRST, SECOND] if user < 30 else [ELSEWHERE], lambda user: 1.0)
    models = {"popularity": Scripted(lambda user: [], lambda user: 1.0), "notebook": in_use}
    candidate = Scripted(listed, off)
    monkeypatch.setattr(gate_package, "train", lambda *_, config, **__: models.get(config.kind, candidate))
    ratings = frame(
        (user, movie_id, 5.0, when)
        for user in range(PEOPLE)
        for when, movie_id in enumerate([*range(17), 2000 + user, FIRST, SECOND])
    )
    return gate(ratings, None, config=DEFAULT, current=TrainingConfig.notebook())


@pytest.mark.parametrize(
    ("listed", "reasons"),
    [
        (lambda user: [FIRST, SECOND] if user < 30 else [], ()),
        # 1 − .9197 of the NDCG is lost where the second film stands third.
        (lambda user: [FIRST, ELSEWHERE, SECOND] if user < 15 else [FIRST, SECOND] if user < 30 else [], ()),
        (lambda user: [FIRST, ELSEWHERE, SECOND] if user < 30 else [], (WORSE_THAN_CURRENT,)),
        (lambda user: [FIRST, SECOND] if user >= 12 else [], ()),
        (lambda user: [FIRST, SECOND] if user < 28 else [], (WORSE_THAN_CURRENT,)),
    ],
    ids=["alike", "surely by 4 %", "surely by 8 %", "by 7 %, perhaps by chance", "by 7 %"],
)
def test_lists_are_refused_for_a_loss_of_a_twentieth_and_a_standard_error(
    listed: Callable[[int], list[int]], reasons: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = judged(monkeypatch, listed=listed)
    assert report.reasons == reasons
    assert report.passed is (reasons == ())
    assert report.metrics["current_ndcg@10"] == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("off", "reasons"),
    [
        (lambda user: 1.0, ()),
        (lambda user: 0.5, ()),
        (lambda user: 1.04, ()),
        (lambda user: 1.06, (WORSE_STARS,)),
        (lambda user: 0.0 if user < 20 else 1.5, ()),
        (lambda user: 0.8 if user < 20 else 1.3, (WORSE_STARS,)),
    ],
    ids=["alike", "better", "surely by 4 %", "surely by 6 %", "by 6 %, perhaps by chance", "by 8 %"],
)
def test_stars_are_refused_for_a_loss_of_a_twentieth_and_a_standard_error(
    off: Callable[[int], float], reasons: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    metrics = (report := judged(monkeypatch, off=off)).metrics
    assert report.reasons == reasons
    assert metrics["current_val_rmse"] == pytest.approx(1.0)
    assert metrics["rmse_difference"] == pytest.approx(metrics["val_rmse"] - 1.0)


def test_the_error_of_a_paired_rmse_is_that_of_a_bootstrap_of_users() -> None:
    random = np.random.default_rng(0)
    user_id = np.repeat(np.arange(200), random.integers(1, 9, 200))
    of_user = random.normal(size=200)[user_id]  # errors of one user are alike
    own, other = np.square(of_user + random.normal(size=len(user_id))), np.square(1.3 * of_user)
    rows = [np.flatnonzero(user_id == user) for user in range(200)]
    drawn = [np.concatenate([rows[user] for user in random.integers(0, 200, 200)]) for _ in range(2000)]
    bootstrap = [np.sqrt(own[some].mean()) - np.sqrt(other[some].mean()) for some in drawn]
    difference, standard_error = paired_rmse(own, other, user_id)
    assert difference == pytest.approx(np.sqrt(own.mean()) - np.sqrt(other.mean()))
    assert standard_error == pytest.approx(np.std(bootstrap), rel=0.1)


def test_stars_without_an_error_are_no_crash() -> None:
    assert paired_rmse(np.zeros(4), np.zeros(4), np.arange(4)) == (0.0, 0.0)
