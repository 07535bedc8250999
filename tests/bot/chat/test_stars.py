"""Stars as they are shown; what is shown can be typed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.stars import guess, number, stars
from bot.ratings.stars import parse_folded

HALVES = [half / 2 for half in range(1, 11)]


@pytest.mark.parametrize(
    ("rating", "shown"), [(0.5, "½"), (1.0, "★"), (1.5, "★½"), (3.0, "★★★"), (4.5, "★★★★½"), (5.0, "★★★★★")]
)
def test_stars(rating: float, shown: str) -> None:
    assert stars(rating) == shown


@pytest.mark.parametrize("rating", HALVES)
def test_what_is_shown_is_understood_when_typed(rating: float) -> None:
    assert parse_folded(stars(rating)) == rating
    assert parse_folded(number(rating)) == rating


@pytest.mark.parametrize(("rating", "shown"), [(4.0, "4"), (4.5, "4.5"), (0.5, "0.5"), (10.0, "10"), (3.04, "3")])
def test_number(rating: float, shown: str) -> None:
    assert number(rating) == shown


def test_guess() -> None:
    assert guess(4.26) == "★ 4.3"
    assert guess(4.26, 0.61) == "★ 4.3 ± 0.6"


@given(st.floats(0.5, 5), st.floats(0, 3))
def test_a_guess_is_short(rating: float, sd: float) -> None:
    assert len(guess(rating, sd)) <= len("★ 4.3 ± 0.6")
