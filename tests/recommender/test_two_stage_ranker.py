import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.ranking import EXCLUDED, top_n
from recommender.two_stage_ranker import depth_adjusted, maximal_marginal_relevance

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
