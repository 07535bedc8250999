"""What all lists of a member keep to."""

import pytest

from bot.lists.defaults import in_force, narrowed
from bot.lists.filters import PLAIN, Filters, Liked, Runtime, Years
from tests.bot.conftest import ROMANCE, Stage, labels_of, select_id, text_of
from tests.bot.lists.test_cog import titles_of

TWO_HOURS = Filters(without=("Horror",), runtime=Runtime(None, 120))


@pytest.mark.parametrize(
    ("defaults", "asked", "force"),
    [
        (TWO_HOURS, Filters(("Comedy",)), TWO_HOURS),
        (TWO_HOURS, Filters(("Horror", "Comedy")), Filters(runtime=Runtime(None, 120))),
        (TWO_HOURS, Filters(runtime=Runtime(None, 90)), Filters(without=("Horror",))),
        (TWO_HOURS, Filters(runtime=Runtime(150, None)), Filters(without=("Horror",))),
        (TWO_HOURS, Filters(runtime=Runtime(100, None)), TWO_HOURS),
        (Filters(("Comedy",), without_moods=("gore",)), Filters(("Drama",), moods=("gore",)), PLAIN),
        (Filters(every=("Comedy", "Drama"), origins=("Korean",)), Filters(without=("Drama",)),
         Filters(every=("Comedy",), origins=("Korean",))),
        (Filters(moods=("dark",), depth="deep"), Filters(like=(Liked(1, "Heat"),), depth="popular"), PLAIN),
        (Filters(without_years=(Years(1980, 1989), Years(1990, 1994))), Filters(years=Years(1980, 1985)),
         Filters(without_years=(Years(1990, 1994),))),
        (Filters(source="not on watchlist", origins=("Korean",)), Filters(seen="seen"), Filters(origins=("Korean",))),
    ],
)  # fmt: skip
def test_a_wish_goes_before_the_defaults(defaults: Filters, asked: Filters, force: Filters) -> None:
    assert in_force(defaults, asked) == force


def test_what_is_asked_for_and_the_defaults_together() -> None:
    asked = Filters(("Comedy",), runtime=Runtime(100, None), count=3)
    assert narrowed(asked, TWO_HOURS) == Filters(("Comedy",), ("Horror",), runtime=Runtime(100, 120), count=3)


async def test_every_list_keeps_to_them_until_they_are_left_out_or_taken_back(stage: Stage) -> None:
    said = "Your defaults: without Romance · up to 2015"
    alice = stage.member("alice")
    assert "Say it once: !defaults" in text_of(await stage.say("alice", "!defaults"))
    assert "in your own words" in text_of(await stage.say("alice", "!defaults something like Heat"))
    assert "hide it: !hide add Toy Story" in text_of(await stage.say("alice", "!defaults never toy story"))
    set_ = await stage.say("alice", "!defaults never action, never Toy Story, under two hours")
    assert "hide it: !hide add Toy Story" in text_of(set_)
    await stage.say("alice", "!defaults action, no romance")
    set_ = await stage.say("alice", "!defaults up to 2015 please")
    assert "keep to this: Action · without Romance · up to 2015 · up to 2 h.\n" in text_of(set_)
    assert "-# I do not know how long the films here are, so that has to wait." in text_of(set_)
    await stage.say("alice", "!defaults löschen")
    name = stage.bot.user.mention if stage.bot.user else ""
    heard = await stage.say("alice", f"{name} please never show me romance again")
    assert "keep to this: without Romance." in text_of(heard)
    assert "keep to this: without Romance." in text_of(await stage.say("alice", f"{name} what are my defaults?"))
    assert "is hidden" in text_of(await stage.say("alice", f"{name} never show me Alien again"))
    await alice.click(stage.last, label="Undo")
    assert "keep to this: without Romance." in text_of(await stage.say("alice", "!defaults"))
    set_ = await stage.say("alice", "!defaults no romance, up to 2015")
    await stage.restart()

    listed = await stage.say("alice", "!recommend 4")
    assert f"-# {said}" in text_of(listed)
    more = (await alice.click(listed, label="More")).response
    for shown in (listed, more):
        assert titles_of(shown)
        assert not {*titles_of(shown)} & {*ROMANCE, "300", "Apollo 13"}
    assert "Since 2016\n-# Your defaults: without Romance\n" in text_of(await stage.say("alice", "!new"))
    by_chance = [await stage.bot.services.finding.random(alice.id, "", 0) for _ in range(20)]
    assert not any("Romance" in one.movie.genres or (one.movie.year or 0) > 2015 for one in by_chance)
    asked = await stage.say("alice", "!recommend romance 9")
    assert "-# Romance\n-# Your defaults: up to 2015" in text_of(asked)
    assert {*titles_of(asked)} < {*ROMANCE}

    assert "Your defaults keep it out" in text_of(await stage.say("alice", "!why Notting Hill"))
    assert "\n-# Number 1 in your list" in text_of(await stage.say("alice", f"!why {titles_of(listed)[0]}"))

    panel = (await alice.click(listed, label="Filters")).response
    assert "\nRomance\n-# Your defaults: up to 2015\n" in text_of(panel)
    panel = (await alice.click(panel, label="Without my defaults")).response
    assert "Your defaults:" not in text_of(panel)
    assert "With my defaults" in labels_of(panel)
    await alice.select(listed, ["without_my_defaults"], custom_id=select_id(listed, "Like these, but…"))
    await stage.env.advance_time(30)
    assert "-# Without your defaults" in text_of(stage.last)
    without = await stage.say("alice", "!recommend romance without defaults")
    assert len(titles_of(without)) == 10
    await stage.say("alice", "!defaults 1990")
    none = await stage.say("alice", "!recommend comedy")
    assert "No film fits: Comedy. Your defaults: without Romance · 1990. Without your defaults I have" in text_of(none)
    await stage.say("alice", "!undo")

    assert "open to everything again" in text_of(await stage.say("alice", "!defaults clear"))
    assert "Your defaults" not in text_of(await stage.say("alice", "!recommend"))
    undone = await stage.say("alice", "!undo")
    assert "your lists keep to: without Romance · up to 2015" in text_of(undone)
    assert said in text_of(await stage.say("alice", "!recommend"))
    await alice.click(undone, label="Restore")
    assert "Your defaults" not in text_of(await stage.say("alice", "!recommend"))
    await alice.click(set_, label="Undo")
    assert stage.bot.bugs == 0
