from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from recommender.evaluation.ease import Ease, dual_weights, primal_weights
from recommender.evaluation.implicit_feedback import ImplicitFeedback
from recommender.vocabulary import FloatArray
from tests.recommender.worlds import checkerboard, random_ratings

PENALTY = 7.0


@pytest.mark.parametrize("form", [dual_weights, primal_weights])
@pytest.mark.parametrize("ratings", [checkerboard(), random_ratings(3, users=9, movies=40, ratings=150)])
def test_both_forms_are_the_formula(
    form: Callable[[ImplicitFeedback, float], FloatArray], ratings: pd.DataFrame
) -> None:
    catalogue = pd.DataFrame({"movie_id": sorted(ratings["movie_id"].unique())})
    liked = ImplicitFeedback.of(ratings, catalogue)
    x = liked.dense()
    inverse = np.linalg.inv(x.T @ x + PENALTY * np.eye(x.shape[1]))
    expected = -inverse / np.diag(inverse)
    np.fill_diagonal(expected, 0)
    assert form(liked, PENALTY) == pytest.approx(expected, abs=1e-5)
    liked_idx = np.array([0, 3, 8])
    scores = Ease(PENALTY).fit(ratings, catalogue).scorer(1, liked_idx)
    assert scores == pytest.approx(expected[liked_idx].sum(axis=0), abs=1e-5)
