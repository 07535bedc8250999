"""Two people's tastes compared, on a world where half of them love what the others do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Recommender, train
from recommender.matching import match
from tests.recommender.worlds import checkerboard

EVEN_FANS = {1000: 5.0, 1002: 5.0, 1004: 4.5, 1001: 1.0, 1003: 1.5}
ALSO_EVEN = {1000: 4.5, 1002: 5.0, 1006: 5.0, 1001: 1.5, 1005: 1.0}
ODD_FANS = {1000: 1.0, 1002: 1.5, 1001: 5.0, 1003: 5.0, 1005: 4.5}
MODEL = train(checkerboard())

profiles = st.dictionaries(st.sampled_from([*range(1000, 1012), 7]), st.integers(1, 10).map(lambda half: half / 2))


def test_who_loves_the_same_is_more_alike() -> None:
    alike, unlike = match(MODEL, EVEN_FANS, ALSO_EVEN), match(MODEL, EVEN_FANS, ODD_FANS)
    assert alike.similarity > 0.5
    assert unlike.similarity < -0.5
    assert alike.overlap == 3
    assert unlike.overlap == 4


def test_without_a_film_in_common_the_predicted_stars_tell() -> None:
    first, second = {1000: 5.0, 1001: 1.0}, {1002: 5.0, 1003: 1.0}
    found = match(MODEL, first, second)
    assert found.overlap == 0
    assert found.similarity > 0.3
    assert match(MODEL, first, {1002: 1.0, 1003: 5.0}).similarity < -0.3


def test_films_left_out_are_not_in_common() -> None:
    assert match(MODEL, EVEN_FANS, ALSO_EVEN, but={1000, 1002}).overlap == 1
    assert match(MODEL, {7: 5.0}, {7: 5.0}).overlap == 0  # the model does not know it


@given(first=profiles, second=profiles)
def test_it_is_the_same_either_way_round_and_within_its_ends(first: dict[int, float], second: dict[int, float]) -> None:
    found, back = match(MODEL, first, second), match(MODEL, second, first)
    assert found.similarity == pytest.approx(back.similarity, abs=1e-5)
    assert -1.0001 <= found.similarity <= 1.0001
    assert found.overlap == back.overlap


def test_somebody_who_says_nothing_is_like_nobody(board: Recommender) -> None:
    assert match(board, {}, EVEN_FANS).similarity == pytest.approx(0.0, abs=1e-6)
