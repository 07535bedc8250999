import numpy as np
import pandas as pd

from recommender.evaluation.implicit_feedback import FittedScorer, ImplicitFeedback, liked_of
from tests.recommender.worlds import frame

CATALOGUE = pd.DataFrame({"movie_id": [10, 20, 30]})
RATINGS = frame([(1, 10, 3.5, 0), (1, 20, 3.0, 0), (2, 20, 5.0, 0), (2, 10, 0.5, 0), (3, 20, 1.0, 0)])


def test_a_like_is_three_and_a_half_stars() -> None:
    liked = ImplicitFeedback.of(RATINGS, CATALOGUE)
    assert liked.dense().tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert np.argsort(-liked.popularity).tolist() == [1, 0, 2]  # ratings of any value count
    assert liked_of({10: 3.0, 20: 3.5, 99: 5.0}, liked.movies).tolist() == [1]


def test_popularity_decides_where_all_scores_are_alike() -> None:
    liked = ImplicitFeedback.of(RATINGS, CATALOGUE)
    fitted = FittedScorer(liked.movies, liked.popularity, lambda user_id, liked_idx: np.full(3, float(len(liked_idx))))
    assert fitted.lists([7], [{}], 3).tolist() == [[20, 10, 30]]
    assert fitted.lists([7], [{20: 1.0}], 3).tolist() == [[10, 30, -1]]


def test_scores_decide_where_they_differ() -> None:
    liked = ImplicitFeedback.of(RATINGS, CATALOGUE)
    fitted = FittedScorer(liked.movies, liked.popularity, lambda user_id, liked_idx: np.array([0.0, 1.0, 2.0]))
    assert fitted.lists([7], [{}], 2).tolist() == [[30, 20]]
