from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recommender import TrainingConfig
from recommender.evaluation.consistency import consistency, upside_down
from recommender.evaluation.contenders import Configured, Profiles
from recommender.evaluation.ease import Ease
from recommender.evaluation.evaluate import rated_catalogue
from recommender.vocabulary import FloatArray, IndexArray
from tests.recommender.worlds import checkerboard, frame, random_ratings


@dataclass(frozen=True, slots=True)
class Falling:
    """Lists films 0 to 9 to everybody; each has a tenth of a star less than the one before, from 4.25 on."""

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> "Falling":
        return self

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        return np.arange(n)[None]

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray:
        return np.asarray(4.25 - test["movie_id"].to_numpy() / 10)


def test_pairs() -> None:
    assert upside_down(np.array([3.0, 4.0, 4.0])).tolist() == [1, 1, 0]
    assert upside_down(np.array([5.0])).tolist() == []


def test_below_the_floor_by_hand() -> None:
    """Everybody gives everything four stars, so 3.5 is the floor: the films 8 and 9 stand below it."""
    ratings = frame((user, movie_id, 4.0, movie_id) for user in range(12) for movie_id in range(40))
    figures = consistency(Falling(), ratings, rated_catalogue(ratings, None))
    assert figures == {"upside_down": 0, "below_floor": 2, "users": 12}


def test_our_own_lists_and_those_without_stars() -> None:
    ratings = checkerboard()
    catalogue = rated_catalogue(ratings, None)
    figures = consistency(Configured(TrainingConfig.popularity()), ratings, catalogue)
    assert figures is not None
    assert figures["users"] > 0
    assert 0 < figures["upside_down"] < 1
    assert consistency(Ease(10.0), ratings, catalogue) is None


def test_small_tables_have_no_new_users() -> None:
    ratings = random_ratings(0, users=6, movies=20, ratings=60)
    assert consistency(Falling(), ratings, rated_catalogue(ratings, None)) == {"users": 0}
