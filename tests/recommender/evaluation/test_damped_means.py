import numpy as np
import pytest

from recommender.evaluation.damped_means import DampedMeans
from tests.recommender.worlds import frame

MEANS = DampedMeans.of(frame([(1, 10, 5.0, 1), (2, 10, 5.0, 1), (3, 10, 5.0, 1), (1, 30, 1.0, 1)]))  # μ = 4


def test_films_are_damped_towards_the_mean_of_all() -> None:
    assert MEANS.overall == 4
    assert MEANS.of_movies(np.array([30, 10, 99])) == pytest.approx([21 / 6, 35 / 8, 4.0])
    assert MEANS.knows(np.array([30, 10, 99])).tolist() == [True, True, False]


def test_an_offset_is_damped_towards_nothing() -> None:
    assert MEANS.offset({}) == 0
    assert MEANS.offset({99: 1.0}) == pytest.approx(-3 / 6)
    assert MEANS.offset({99: 5.0, 30: 5.0}) == pytest.approx((1 + 1.5) / 7)
