import numpy as np
import pandas as pd
import pytest

from recommender.evaluation.ease import Ease
from recommender.evaluation.liked import Liked
from tests.recommender.worlds import checkerboard, random_ratings

PENALTY = 7.0


@pytest.mark.parametrize("dual", [True, False])
@pytest.mark.parametrize("ratings", [checkerboard(), random_ratings(3, users=9, movies=40, ratings=150)])
def test_both_forms_are_the_formula(ratings: pd.DataFrame, dual: bool) -> None:
    catalogue = pd.DataFrame({"movie_id": sorted(ratings["movie_id"].unique())})
    fitted = Ease(PENALTY, dual).fit(ratings, catalogue)
    x = Liked.of(ratings, catalogue).dense()
    inverse = np.linalg.inv(x.T @ x + PENALTY * np.eye(x.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    liked_idx = np.array([0, 3, 8])
    outside = np.setdiff1d(np.arange(x.shape[1]), liked_idx)
    expected = weights[liked_idx].sum(axis=0)
    assert fitted.scorer(1, liked_idx)[outside] == pytest.approx(expected[outside], abs=1e-5)
