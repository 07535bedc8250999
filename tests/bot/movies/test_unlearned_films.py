"""Films that came into the catalogue after the model was trained."""

import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from tests.bot.conftest import OpenStage, Stage, labels_of, text_of

LATER = 900
"""The film's number."""


@pytest_asyncio.fixture
async def later(open_stage: OpenStage, films: Path, tmp_path: Path) -> Stage:
    """The bot after an upgrade of its data set, with the model of before."""
    grown = shutil.copytree(films, tmp_path / "grown")
    with (grown / "movies.csv").open("a", encoding="utf-8") as file:
        file.write(f"{LATER},Later Arrival (2018),Comedy\n")
    return await open_stage(dataset=str(grown))


async def test_its_card_tells_what_there_is_and_makes_no_guess(later: Stage) -> None:
    card = await later.say("alice", "!movie Later Arrival")
    assert "Later Arrival (2018)" in text_of(card)
    assert "I have not learned of it yet" in text_of(card)
    assert "Comedy" in text_of(card)
    assert "★" not in text_of(card)
    assert labels_of(card)[:3] == ["Rate", "Seen", "Watchlist"]
    await later.say("alice", "!rate Later Arrival 4")
    assert "You gave it** ★★★★" in text_of(await later.say("alice", "!movie Later Arrival"))


@pytest.mark.parametrize("command", ["similar", "why"])
async def test_what_only_the_model_can_tell_waits_for_a_training(later: Stage, command: str) -> None:
    said = text_of(await later.say("alice", f"!{command} Later Arrival"))
    assert "Later Arrival (2018)" in said
    assert "I can tell you once I have" in said
    card = await later.say("alice", "!movie Later Arrival")
    pressed = await later.member("bob").click(card, label=command.capitalize())
    assert "I can tell you once I have" in text_of(pressed.response)
    assert later.bot.bugs == 0


async def test_it_is_rated_and_taken_back_as_any_film(later: Stage) -> None:
    reply = await later.say("alice", "!rate Later Arrival 4.5\nHeat 5")
    assert "**Later Arrival (2018)** ★★★★½" in text_of(reply)
    assert "Later Arrival" in text_of(await later.say("alice", "!ratings"))
    await later.member("alice").click(reply, label="Undo all")
    assert "Later Arrival" not in text_of(await later.say("alice", "!ratings"))


@pytest.mark.parametrize("rated", ["Later Arrival 4.5", "Later Arrival 4.5\nHeat 5\nAlien 5"])
async def test_everything_else_works_for_who_rated_it(later: Stage, rated: str) -> None:
    await later.say("alice", f"!rate {rated}")
    listed = text_of(await later.say("alice", "!recommend"))
    assert "10. " in listed
    assert "Later Arrival" not in listed
    for command in (
        "!similar Jaws",
        "!why Jaws",
        "!movie Jaws",
        "!profile",
        "!watchlist add Jaws",
        "!watchlist",
        "!start",
    ):
        assert "no longer there" not in text_of(await later.say("alice", command)), command
        await later.env.advance_time(30)
    assert later.bot.bugs == 0


async def test_it_stands_on_shelves_without_a_guess(later: Stage) -> None:
    await later.say("alice", "!watchlist add Later Arrival")
    assert "1. **Later Arrival (2018)**" in text_of(await later.say("alice", "!watchlist"))
    await later.say("alice", "!hide Later Arrival")
    assert "Later Arrival" in text_of(await later.say("alice", "!hide"))
    assert later.bot.bugs == 0
