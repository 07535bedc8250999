import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender import TrainingConfig, train
from recommender.ranking import EXCLUDED, top_n
from recommender.two_stage_ranker import _agreeing, depth_adjusted, maximal_marginal_relevance
from tests.recommender.worlds import checkerboard

SCORES = st.lists(st.sampled_from([EXCLUDED, -1.0, 0.0, 0.5, 2.0]), max_size=30)


@given(scores=SCORES, n=st.integers(0, 40))
def test_best_is_the_head_of_a_full_sort(scores: list[float], n: int) -> None:
    order = sorted(range(len(scores)), key=lambda idx: (-scores[idx], idx))
    expected = [idx for idx in order if scores[idx] != EXCLUDED][:n]
    assert top_n(np.array(scores, dtype=np.float32), n).tolist() == expected


def test_depth_moves_between_popular_and_rare() -> None:
    scores = np.array([1.0, 1.0, 1.0])
    popularity = np.array([3.0, 2.0, 1.0])
    assert top_n(depth_adjusted(scores, popularity, 1.0), 3).tolist() == [2, 1, 0]
    assert top_n(depth_adjusted(scores, popularity, -1.0), 3).tolist() == [0, 1, 2]


def test_depth_without_differences_changes_nothing() -> None:
    assert top_n(depth_adjusted(np.ones(3), np.ones(3), 1.0), 3).tolist() == [0, 1, 2]


def test_a_diverse_list_leaves_out_the_double() -> None:
    directions = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    scores = np.array([1.0, 0.9, 0.5])
    assert maximal_marginal_relevance(scores, directions, 2, 0.5).tolist() == [0, 2]
    assert maximal_marginal_relevance(scores, directions, 3, 0.0).tolist() == [0, 1, 2]


def test_a_diverse_list_without_directions_is_the_plain_one() -> None:
    assert maximal_marginal_relevance(np.array([3.0, 2.0, 1.0]), np.zeros((3, 0)), 2, 0.9).tolist() == [0, 1]


def test_behind_its_first_three_each_ten_follows_the_stars() -> None:
    scores = np.arange(25.0, 0.0, -1.0)
    stars = np.arange(25.0) / 5
    order = np.argsort(-_agreeing(scores, stars), kind="stable").tolist()
    assert order == [0, 1, 2, *range(9, 2, -1), 10, 11, 12, *range(19, 12, -1), *range(20, 25)]


def test_stars_that_nobody_could_tell_apart_change_nothing() -> None:
    scores = np.arange(20.0, 0.0, -1.0)
    stars = 4 + np.arange(20.0) * 1e-6
    assert np.argsort(-_agreeing(scores, stars), kind="stable").tolist() == list(range(20))


def test_what_somebody_would_not_like_is_not_among_the_first_films() -> None:
    """One loves the even films and hates the odd ones; as long as there are even ones, no odd one is listed."""
    for config in (TrainingConfig(), TrainingConfig.fast()):
        model = train(checkerboard(), config=config)
        ratings = {1000: 5.0, 1002: 5.0, 1001: 1.0, 1003: 1.0}
        listed = model.recommend(ratings, 28)
        assert {one.movie_id % 2 for one in listed} == {0}
        mean = (12 + 5 * 3.5) / 9
        assert min(one.stars for one in listed) > mean - 0.5
        assert {one.movie_id % 2 for one in model.recommend({1001: 1.0, 1003: 1.0, 1005: 1.0}, 10)} == {0}
