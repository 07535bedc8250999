"""The panel behind `Filters`."""

from typing import Any

from tests.bot.conftest import ROMANCE, Stage, labels_of, select_id, text_of
from tests.bot.lists.test_cog import titles_of


async def choose(stage: Stage, panel: Any, placeholder: str, *values: str) -> Any:
    result = await stage.member("alice").select(panel, list(values), custom_id=select_id(panel, placeholder))
    await stage.env.advance_time(10)
    return result.response


async def test_a_list_is_put_together_across_a_restart(stage: Stage) -> None:
    reply = await stage.say("alice", "!recommend 4")
    opened = await stage.member("alice").click(reply, label="Filters")
    assert opened.ephemeral
    panel = opened.response
    assert "Everything you have not seen" in text_of(panel)
    panel = await choose(stage, panel, "Genres", "Romance", "Comedy")
    await stage.restart()
    panel = await choose(stage, panel, "Without", "Comedy")
    panel = await choose(stage, panel, "Years", "2010-2019")
    assert "Romance · without Comedy · 2010s" in text_of(panel)
    assert "5 films of these" in text_of(panel)
    result = await stage.member("alice").click(panel, label="Show the list")
    shown = stage.last
    assert set(titles_of(shown)) <= set(ROMANCE)
    assert len(titles_of(shown)) == 4
    assert "-# Romance · without Comedy · 2010s" in text_of(shown)
    assert labels_of(shown) == ["More", "Why", "Filters"]
    assert labels_of(result.response) == []
    assert stage.bot.bugs == 0


async def test_the_second_click_of_a_double_click_shows_no_second_list(stage: Stage) -> None:
    reply = await stage.say("alice", "!recommend action 2")
    panel = (await stage.member("alice").click(reply, label="Filters")).response
    await stage.member("alice").click(panel, label="Show the list")
    shown = stage.last
    shows = await stage.bot.services.store.lists.newest(1_000_000_000, 10)
    assert len(shows) == 2
    assert titles_of(shown) == titles_of(reply)


async def test_the_last_filters_are_remembered_and_cleared(stage: Stage) -> None:
    await stage.say("alice", "!recommend romance deep")
    reply = await stage.say("alice", "!recommend 3")
    panel = (await stage.member("alice").click(reply, label="Filters")).response
    assert "Romance · deep cuts" in text_of(panel)
    cleared = await stage.member("alice").click(panel, label="Clear")
    assert "Everything you have not seen" in text_of(cleared.response)


async def test_where_nothing_fits_the_button_waits(stage: Stage) -> None:
    reply = await stage.say("alice", "!recommend watchlist")
    assert "Your watchlist has no film" in text_of(reply)
    panel = (await stage.member("alice").click(reply, label="Filters")).response
    assert "No film fits" in text_of(panel)
    panel = await choose(stage, panel, "From", "all")
    assert "25 films" in text_of(panel)
