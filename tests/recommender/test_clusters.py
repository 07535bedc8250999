"""Taste clusters: groups whose members are known by construction, and those of the real films."""

import numpy as np
import pytest

from recommender import Recommender
from recommender.clusters import FEWEST, MOST_MOVIES, clusters, faces, is_near_duplicate
from recommender.ranking import unit_rows
from recommender.vocabulary import FloatArray, IndexArray
from tests.recommender.worlds import EVEN, ODD


def bundles(sizes: tuple[int, ...], d: int = 12, spread: float = 0.15) -> FloatArray:
    """Unit vectors around as many axes as there are sizes, so many around each."""
    generator = np.random.default_rng(5)
    rows = np.concatenate([np.tile(np.eye(d)[axis], (size, 1)) for axis, size in enumerate(sizes)])
    return unit_rows(rows + spread * generator.normal(size=rows.shape))


def sets(groups: list[IndexArray]) -> set[frozenset[int]]:
    return {frozenset(group.tolist()) for group in groups}


def test_bundles_are_found_whatever_their_sizes() -> None:
    sizes = (60, 30, 20, 10)
    ends = np.cumsum(sizes)
    found = clusters(bundles(sizes), np.full(sum(sizes), 9), k=4)
    assert sets(found) == {frozenset(range(end - size, end)) for end, size in zip(ends, sizes, strict=True)}


def test_each_cluster_is_by_falling_support_and_the_largest_audience_comes_first() -> None:
    support = np.arange(1, 61)
    found = clusters(bundles((20, 20, 20)), support, k=3)
    assert [int(group[0]) for group in found] == [59, 39, 19]
    assert all((np.diff(support[group]) < 0).all() for group in found)


def test_they_are_the_same_every_time() -> None:
    rows, support = bundles((25, 25, 25), spread=0.6), np.arange(75)[::-1] + 1
    assert [group.tolist() for group in clusters(rows, support, 5)] == [
        group.tolist() for group in clusters(rows, support, 5)
    ]


def test_there_are_no_leftovers_and_nothing_is_lost() -> None:
    rows = bundles((40, 40, 3))  # three films of their own are no taste
    for k in (2, 3, 4, 8):
        found = clusters(rows, np.full(83, 5), k)
        assert min(map(len, found)) >= FEWEST
        assert sorted(np.concatenate(found).tolist()) == list(range(83))


@pytest.mark.parametrize("films", [0, 1, 2 * FEWEST - 1])
def test_too_few_films_have_no_clusters(films: int) -> None:
    assert clusters(bundles((films,)), np.full(films, 5), 10) == []


def test_films_without_a_direction_or_a_rating_belong_nowhere() -> None:
    rows, support = bundles((20, 20)), np.full(40, 5)
    rows[3], support[7] = 0.0, 0
    assert set(np.concatenate(clusters(rows, support, 2)).tolist()) == set(range(40)) - {3, 7}


def test_films_that_are_all_alike_are_one_cluster() -> None:
    assert sets(clusters(np.tile([1.0, 0.0], (40, 1)), np.full(40, 5), 4)) == {frozenset(range(40))}


def test_faces_are_the_first_that_are_no_near_duplicates() -> None:
    rows = np.array([[1.0, 0.0], [0.95, 0.05], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    assert faces(unit_rows(rows), np.arange(5), 3) == [0, 2, 3]
    assert is_near_duplicate(unit_rows(rows), np.array([1, 2]), [0]).tolist() == [True, False]
    assert is_near_duplicate(rows, np.array([1, 2]), []).tolist() == [False, False]


def test_a_trained_model_parts_what_different_people_like(board: Recommender) -> None:
    found = {frozenset(cluster.movie_ids) for cluster in board.taste_clusters(2)}
    assert found == {frozenset(EVEN), frozenset(ODD)}


def test_any_model_answers(any_model: Recommender) -> None:
    for cluster in any_model.taste_clusters():
        assert set(cluster.faces) <= set(cluster.movie_ids)
        assert cluster.faces[0] == cluster.movie_ids[0]
        assert len(cluster.movie_ids) <= MOST_MOVIES
