"""What the dials under a list ask for next."""

from dataclasses import replace

import pytest

from bot.lists.dials import DIALS, Dial, open_dials, turned
from bot.lists.filters import PLAIN, Filters, Years
from tests.bot.conftest import Stage, options_of, select_id, text_of
from tests.bot.hostile import film

MOVIES = [film("Alien", 1, 1979), film("Heat", 2, 1995), film("Up", 3, 2009)]


@pytest.mark.parametrize(
    ("before", "dial", "after"),
    [
        (PLAIN, "less_known", Filters(depth="deep")),
        (Filters(depth="popular"), "less_known", PLAIN),
        (PLAIN, "better_known", Filters(depth="popular")),
        (PLAIN, "newer", Filters(years=Years(1996, None))),
        (Filters(years=Years(1970, 2000)), "older", Filters(years=Years(1970, 1994))),
        (Filters(years=Years(1995, None)), "older", Filters(years=Years(None, 1994))),
        (Filters(years=Years(1990, 1995)), "newer", Filters(years=Years(1996, None))),
        (Filters(moods=("dark", "space")), "lighter", Filters(moods=("space", "feel-good"))),
        (Filters(without_moods=("dark",)), "darker", Filters(moods=("dark",))),
    ],
)
def test_one_thing_is_otherwise(before: Filters, dial: Dial, after: Filters) -> None:
    assert turned(before, dial, MOVIES) == after


def test_what_would_change_nothing_is_not_offered() -> None:
    assert open_dials(PLAIN, MOVIES, has_defaults=True) == list(DIALS)
    assert open_dials(PLAIN, MOVIES) == list(DIALS)[:-1]
    assert open_dials(Filters(depth="deep", moods=("feel-good",)), [replace(MOVIES[0], year=None)]) == [
        "better_known",
        "darker",
    ]


def test_nothing_is_newer_than_the_newest_film() -> None:
    assert turned(PLAIN, "newer", MOVIES, 1996) == Filters(years=Years(1996, None))
    assert turned(PLAIN, "newer", MOVIES, 1995) == PLAIN
    assert "newer" not in open_dials(Filters(years=Years(1979, 1995)), MOVIES, 1995)


async def test_a_dial_makes_another_list(stage: Stage) -> None:
    alice = stage.member("alice")
    shown = await stage.say("alice", "!recommend romance 4")
    assert "Newer" in options_of(shown, "Like these, but…")
    await stage.restart()
    await alice.select(shown, ["older"], custom_id=select_id(shown, "Like these, but…"))
    assert "Romance · up to " in text_of(stage.last)
    assert text_of(stage.last) != text_of(shown)
    assert "Newer" not in options_of(await stage.say("alice", "!recommend since 2018"), "Like these, but…")
    assert stage.bot.bugs == 0
