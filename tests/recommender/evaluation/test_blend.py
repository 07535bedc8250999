import numpy as np
import pandas as pd
import pytest

from recommender.evaluation.blend import Blend
from recommender.evaluation.implicit_feedback import FittedScorer, ImplicitFeedback
from recommender.vocabulary import FloatArray, IndexArray
from tests.recommender.worlds import frame

CATALOGUE = pd.DataFrame({"movie_id": [1, 2, 3]})
RATINGS = frame([(1, 1, 4.0, 0), (2, 1, 4.0, 0), (2, 2, 4.0, 0)])


class Fixed:
    """Always the same scores; none for a profile without likes."""

    def __init__(self, *scores: float) -> None:
        self.scores = np.array(scores)

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        liked = ImplicitFeedback.of(ratings, catalogue)

        def scorer(user_id: int, liked_idx: IndexArray) -> FloatArray:
            return self.scores if len(liked_idx) else np.zeros(len(liked.movies))

        return FittedScorer(liked.movies, liked.popularity, scorer)


def test_standardised_scores_add_up() -> None:
    fitted = Blend(((2.0, Fixed(0, 0, 10)), (1.0, Fixed(5, 2, 2)))).fit(RATINGS, CATALOGUE)
    up, down = 2**0.5, -(2**-0.5)
    assert fitted.scorer(7, np.array([0])) == pytest.approx([2 * down + up, 2 * down + down, 2 * up + down])


def test_popularity_is_a_prior_and_decides_alone_without_likes() -> None:
    fitted = Blend(((1.0, Fixed(0, 1, 2)),), popularity=0.1).fit(RATINGS, CATALOGUE)
    assert fitted.lists([7], [{1: 5.0}], 2).tolist() == [[3, 2]]
    assert fitted.lists([7], [{}], 3).tolist() == [[1, 2, 3]]
    strong = Blend(((1.0, Fixed(0, 1, 2)),), popularity=10.0).fit(RATINGS, CATALOGUE)
    assert strong.lists([7], [{99: 5.0}], 3).tolist() == [[1, 2, 3]]
