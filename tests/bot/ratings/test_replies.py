"""What moved in the ten, in words."""

import pytest

from bot.ratings.impact import Moved
from bot.ratings.replies import moves
from tests.bot.hostile import film


def moved(title: str, was: int | None, now: int) -> Moved:
    return Moved(film(title, now), was, now)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ([], "Your top ten stays as it is."),
        ([moved("A", 3, 1)], "**A** is your new number 1."),
        ([moved("A", None, 1), moved("B", None, 4)], "**A** is your new number 1. New in your top ten: B."),
        (
            [moved(title, None, now) for now, title in enumerate("ABCDE", 4)],
            "New in your top ten: A, B, C and 2 more.",
        ),
        (
            [moved("A", 5, 2), moved("B", 4, 3), moved("C", 10, 4), moved("D", 8, 6)],
            "Up: C 10 → 4, A 5 → 2.",
        ),
        ([moved("A", 3, 2)], "Your top ten stays as it is."),
        ([moved("*A*", None, 2)], "New in your top ten: \\*A\\*."),
    ],
)
def test_what_moved_is_told_shortly(what: list[Moved], said: str) -> None:
    assert moves(what) == said
