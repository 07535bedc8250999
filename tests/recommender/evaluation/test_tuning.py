"""What is searched, and that a choice is measured on what may be looked at."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from recommender import NotEnoughDataError, TrainingConfig
from recommender.config import RankingConfig, RatingConfig
from recommender.evaluation.protocols import KNOWN_LEAST, KNOWN_SHARE
from recommender.evaluation.splits import last_split
from recommender.evaluation.tuning import KNOWN_WEIGHT, SPACES, Head, Validation, parameters_of, with_parameters
from recommender.heads_training import train_rating
from tests.recommender.worlds import checkerboard, frame, serials

ALL = 10**9
HEADS: tuple[Head, ...] = ("ranking", "reranker", "rating")


def nobody() -> None:
    """Nobody counts."""


@pytest.fixture(scope="module")
def lists() -> Validation:
    return Validation.of(checkerboard(), None, "ranking", ALL)


@pytest.mark.parametrize("head", HEADS)
def test_every_parameter_is_a_field_and_its_default_lies_in_the_range(head: Head) -> None:
    config = TrainingConfig()
    for parameter in SPACES[head]:
        value = parameter.of(config)
        assert parameter.low <= value <= parameter.high
        assert isinstance(value, int) == parameter.is_whole
    assert with_parameters(config, head, parameters_of(config, head)) == config


def test_only_the_heads_own_parameters_change() -> None:
    base = replace(TrainingConfig(), seed=7)
    values = {**parameters_of(base, "rating"), "dimensions": 5.0, "sweeps": 9}
    changed = with_parameters(base, "rating", values)
    assert changed == replace(base, rating=RatingConfig(dimensions=5, sweeps=9))
    assert isinstance(changed.rating.dimensions, int)


def test_a_range_reaches_to_where_the_search_begins() -> None:
    damping = next(one for one in SPACES["ranking"] if one.name == "damping")
    assert damping.reaching(40.0) == damping
    assert damping.reaching(900.0).high == 900.0
    assert damping.reaching(0.0).log is False


def test_lists_are_measured_for_new_and_for_known_users(lists: Validation) -> None:
    trainings: list[None] = []
    measured = lists.measure(TrainingConfig(), "ranking", lambda: trainings.append(None))
    assert len(trainings) == lists.trainings == 7
    new, known = measured.figures["N"]["ndcg@10"]["mean"], measured.figures["K"]["ndcg@10"]
    assert measured.score == pytest.approx(new + KNOWN_WEIGHT * known)
    assert measured.by_user["N"].shape == (measured.figures["N"]["users"], 5)
    assert measured.by_user["K"].mean() == pytest.approx(known)


def test_a_better_configuration_scores_higher() -> None:
    """One direction cannot hold who watches which of many serials."""
    validation = Validation.of(serials(), None, "ranking", ALL)
    narrow = TrainingConfig(ranking=RankingConfig(dimensions=1))
    wide = validation.measure(TrainingConfig(), "ranking", nobody).score
    assert wide > 2 * validation.measure(narrow, "ranking", nobody).score


def test_the_stars_that_lists_are_ordered_by_are_trained_once(
    lists: Validation, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[None] = []

    def counted(*args: Any) -> Any:
        trained.append(None)
        return train_rating(*args)

    monkeypatch.setattr("recommender.evaluation.tuning.train_rating", counted)
    fresh = replace(lists, stars={})
    for damping in (20.0, 40.0):
        fresh.measure(TrainingConfig(ranking=RankingConfig(damping=damping)), "ranking", nobody)
    assert len(trained) == fresh.trainings
    fresh.measure(replace(TrainingConfig(), seed=7), "ranking", nobody)
    assert len(trained) == 2 * fresh.trainings


def test_stars_are_measured_by_their_error() -> None:
    validation = Validation.of(checkerboard(), None, "rating", ALL)
    measured = validation.measure(TrainingConfig(), "rating", nobody)
    assert set(measured.figures) == {"R"}
    assert measured.score == -measured.figures["R"]["rmse"]
    assert measured.by_user["R"].shape == (validation.trainings,) == (3,)
    crude = replace(TrainingConfig(), rating=RatingConfig(dimensions=1, pattern_dimensions=1, sweeps=1))
    assert validation.measure(crude, "rating", nobody).score < measured.score


def test_the_re_ranker_is_measured_in_its_place() -> None:
    """In this world only the order of ratings tells what comes next, and only the re-ranker learns it."""
    world = serials()
    validation = replace(Validation.of(world, None, "reranker", ALL), new_users=())
    config = TrainingConfig(ranking=RankingConfig(rerank_networks=1, told_epochs=1, history_epochs=4))
    with_it = validation.measure(config, "reranker", nobody)
    without = validation.measure(config, "ranking", nobody)
    assert with_it.score > without.score


def test_tested_ratings_change_nothing() -> None:
    """Whatever is in K's test, what is chosen by its validation stays the same."""
    ratings = checkerboard()
    poisoned = ratings.copy()
    tested = last_split(ratings, KNOWN_SHARE, KNOWN_LEAST).test
    poisoned.loc[tested, "rating"] = 6.0 - poisoned.loc[tested, "rating"]
    clean, changed = (Validation.of(table, None, "ranking", ALL) for table in (ratings, poisoned))
    assert not clean.ratings.equals(changed.ratings)
    one, other = (
        replace(validation, new_users=()).measure(TrainingConfig(), "ranking", nobody)
        for validation in (clean, changed)
    )
    assert one.score == other.score
    assert np.array_equal(one.by_user["K"], other.by_user["K"])


def test_small_tables() -> None:
    known_only = Validation.of(checkerboard().head(50), None, "ranking", ALL)
    assert known_only.trainings == 1
    assert set(known_only.measure(TrainingConfig(), "ranking", nobody).figures) == {"K"}
    empty: pd.DataFrame = frame([])
    with pytest.raises(NotEnoughDataError):
        Validation.of(empty, None, "ranking", ALL)
