"""The rule of the game, and the weeks of its table."""

import math

EXACT = 3
"""Points for the half star that is nearest to the prediction; one less for each half star beside it."""

DAY_S = 86_400
WEEK_S = 7 * DAY_S
_THURSDAY = 3
"""Days from a Monday to that on which epoch seconds begin."""


def nearest_half(predicted: float) -> float:
    """The half star nearest to a prediction as it is shown, with one decimal."""
    return min(max(math.floor(2 * round(predicted, 1) + 0.5) / 2, 0.5), 5.0)


def points(guess: float, predicted: float) -> int:
    """What a guess in half stars is worth."""
    return max(0, EXACT - round(2 * abs(guess - nearest_half(predicted))))


def week_of(at: int) -> int:
    """Weeks begin on Mondays at midnight, UTC; they are counted from the first of 1970."""
    return (at // DAY_S + _THURSDAY) // 7


def bounds(week: int) -> tuple[int, int]:
    """The first moment of a week, and that of the next one."""
    first = (7 * week - _THURSDAY) * DAY_S
    return first, first + WEEK_S
