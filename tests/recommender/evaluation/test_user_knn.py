import numpy as np
import pandas as pd
import pytest

from recommender.evaluation.user_knn import UserKnn
from tests.recommender.worlds import frame

CATALOGUE = pd.DataFrame({"movie_id": [1, 2, 3, 4]})
LIKES = [(100, 1), (100, 2), (200, 1), (200, 3), (200, 4), (300, 4)]
RATINGS = frame([(user, movie, 5.0, 0) for user, movie in LIKES])


def test_scores_by_hand() -> None:
    fitted = UserKnn(neighbours=10, shrinkage=1.0).fit(RATINGS, CATALOGUE)
    first, second = 1 / (2**0.5 + 1), 1 / (3**0.5 + 1)
    assert fitted.scorer(7, np.array([0])) == pytest.approx([first + second, first, second, second])


def test_only_the_nearest_count() -> None:
    fitted = UserKnn(neighbours=1, shrinkage=0.0).fit(RATINGS, CATALOGUE)
    assert fitted.scorer(7, np.array([0])) == pytest.approx([2**-0.5, 2**-0.5, 0, 0])


def test_nobody_is_their_own_neighbour() -> None:
    fitted = UserKnn(neighbours=10, shrinkage=0.0).fit(RATINGS, CATALOGUE)
    assert fitted.scorer(100, np.array([0])) == pytest.approx([3**-0.5, 0, 3**-0.5, 3**-0.5])
