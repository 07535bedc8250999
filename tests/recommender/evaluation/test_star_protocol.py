from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from data import Dataset
from recommender import TrainingConfig
from recommender.evaluation.contenders import Configured, Profiles
from recommender.evaluation.ease import Ease
from recommender.evaluation.evaluate import rated_catalogue
from recommender.evaluation.star_protocol import protocol_s
from recommender.vocabulary import FloatArray, IndexArray
from tests.recommender.worlds import frame, random_ratings

USERS, MOVIES = 12, 30


@dataclass(frozen=True, slots=True)
class Told:
    """Predicts the mean of what it was told, 9 stars where it was told nothing."""

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> "Told":
        return self

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        raise NotImplementedError

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray:
        told = [list(profiles[user_id].values()) for user_id in test["user_id"]]
        return np.array([np.mean(one) if one else 9.0 for one in told])


def test_errors_by_hand() -> None:
    """Half of the people give all films 5 stars, half of them all films 3; most have rated too little to be tested."""
    seen = {user: MOVIES - (user >= USERS) for user in range(200)}
    ratings = frame(
        (user, 100 + movie, 3.0 + 2 * (user % 2), movie) for user, movies in seen.items() for movie in range(movies)
    )
    figures = protocol_s(Told(), ratings, rated_catalogue(ratings, None), folds=6, sizes=(0, 1))
    assert figures is not None
    assert (figures["users"], figures["folds"]) == (USERS, 6)
    assert figures["rmse"] == {"0": pytest.approx(np.sqrt(2)), "1": 0}  # 9 is clipped to 5
    assert figures["ratio"]["1"] == 0
    # A film's mean is 4; one rating a star away moves the stars by a sixth of a star.
    assert figures["film_mean"]["0"] == figures["film_mean_offset"]["0"] == pytest.approx(1, abs=0.01)
    assert figures["film_mean_offset"]["1"] == pytest.approx(5 / 6, abs=0.01)
    assert figures["within_80"] == {"0": None, "1": None}


def test_our_models_have_an_interval() -> None:
    ratings = random_ratings(1, users=30, movies=80, ratings=1600)
    catalogue = rated_catalogue(ratings, None)
    figures = protocol_s(Configured(TrainingConfig.popularity()), ratings, catalogue)
    assert figures is not None
    assert figures["folds"] == 3
    assert all(0.7 < share < 0.9 for share in figures["within_80"].values())
    assert protocol_s(Ease(10.0), ratings, catalogue) is None


def test_without_people_who_have_rated_enough() -> None:
    ratings = random_ratings(2, users=5, movies=20, ratings=60)
    assert protocol_s(Told(), ratings, rated_catalogue(ratings, None)) == {"users": 0, "folds": 0}


def test_means_of_real_ratings(real_dataset: Dataset) -> None:
    if real_dataset.name != "ml-latest-small":
        pytest.skip(f"no figures are known of {real_dataset.name}")
    ratings = real_dataset.load_ratings()
    catalogue = rated_catalogue(ratings, real_dataset.movies)
    figures = protocol_s(Configured(TrainingConfig.popularity()), ratings, catalogue)
    assert figures is not None
    assert list(figures["film_mean"].values()) == pytest.approx([0.960, 0.960, 0.960, 0.960, 0.959, 0.958], abs=6e-4)
    offset = figures["film_mean_offset"]
    assert list(offset.values()) == pytest.approx([0.960, 0.947, 0.927, 0.921, 0.903, 0.893], abs=6e-4)
