"""The rule of the game, and the weeks of its table."""

from datetime import UTC, datetime

import pytest

from bot.game.scoring import bounds, nearest_half, points, week_of


@pytest.mark.parametrize(
    ("predicted", "half"),
    [(4.0, 4.0), (4.2, 4.0), (4.24, 4.0), (4.26, 4.5), (4.3, 4.5), (4.74, 4.5), (4.8, 5.0), (5.0, 5.0), (0.1, 0.5)],
)
def test_the_nearest_half_star_is_that_of_the_number_shown(predicted: float, half: float) -> None:
    assert nearest_half(predicted) == half


def test_three_points_and_one_less_for_each_half_star() -> None:
    assert [points(guess, 4.1) for guess in (5.0, 4.5, 4.0, 3.5, 3.0, 2.5, 0.5)] == [1, 2, 3, 2, 1, 0, 0]


def test_weeks_begin_on_monday_in_utc() -> None:
    sunday = int(datetime(2026, 11, 29, 23, 59, 59, tzinfo=UTC).timestamp())
    assert week_of(sunday + 1) == week_of(sunday) + 1
    first, last = bounds(week_of(sunday))
    assert datetime.fromtimestamp(first, UTC) == datetime(2026, 11, 23, tzinfo=UTC)
    assert last == sunday + 1
