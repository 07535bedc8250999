"""Questions which film was meant: when they are asked, and the way out of them."""

import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from tests.bot.conftest import OpenStage, Stage, labels_of, options_of, text_of

FEW = 901
"""The number of Parasite (1982), which nobody has rated."""
HELP = "Write the year behind the title"


@pytest_asyncio.fixture
async def stage(open_stage: OpenStage, films: Path, tmp_path: Path) -> Stage:
    grown = shutil.copytree(films, tmp_path / "grown")
    with (grown / "movies.csv").open("a", encoding="utf-8") as file:
        file.write(f"{FEW},Parasite (1982),Horror\n")
    return await open_stage(dataset=str(grown))


async def written(stage: Stage, name: str = "alice") -> dict[int, object]:
    """The ratings and shelves of somebody, by film."""
    store = stage.bot.services.store
    profile = await store.profiles.find(stage.member(name).id)
    if profile is None:
        return {}
    shelves = {
        one.movie_id: shelf
        for shelf in ("hidden", "watchlist")
        for one in await store.shelves.of(profile.user_id, shelf)
    }
    return {**await store.ratings.ratings_of(profile.user_id), **shelves}


@pytest.mark.parametrize(
    ("line", "now"), [("!rate Parasite 4", 4.0), ("!hide Parasite", "hidden"), ("!watchlist add parasite", "watchlist")]
)
async def test_a_film_few_know_is_asked_about_before_anything_is_written(stage: Stage, line: str, now: object) -> None:
    asked = await stage.say("alice", line)
    assert "Do you mean **Parasite (1982)**?" in text_of(asked)
    assert await written(stage) == {}
    assert options_of(asked, "Choose the film") == ["Parasite (1982)"]
    await stage.member("alice").select(asked, [str(FEW)])
    assert await written(stage) == {FEW: now}


@pytest.mark.parametrize("line", ["!rate Parasite 1982 4", "!rate Parasite (1982) 4", f"!rate id:{FEW} 4"])
async def test_with_year_or_number_it_is_not_asked_about(stage: Stage, line: str) -> None:
    assert "**Parasite (1982)** ★★★★" in text_of(await stage.say("alice", line))
    assert await written(stage) == {FEW: 4.0}


async def test_stars_are_not_asked_for_before_the_film_is_sure(stage: Stage) -> None:
    asked = await stage.say("alice", "!rate Parasite")
    assert "Do you mean **Parasite (1982)**?" in text_of(asked)
    await stage.member("alice").select(asked, [str(FEW)])
    assert "How many stars for **Parasite (1982)**?" in text_of(stage.last)


async def test_where_nothing_can_be_written_wrong_it_is_taken(stage: Stage) -> None:
    assert "Parasite (1982)" in text_of(await stage.say("alice", "!movie Parasite"))
    await stage.say("alice", "!rate Parasite 1982 4\nHeat 3")
    assert "**Parasite (1982)** is no longer rated." in text_of(await stage.say("alice", "!unrate Parasite"))
    await stage.say("alice", "!hide Parasite 1982")
    assert "no longer hidden" in text_of(await stage.say("alice", "!hide remove Parasite"))


@pytest.mark.parametrize(
    "line",
    [
        "!rate Parasite 4", "!rate Sabrina 4", "!rate Sabrina", "!rate Toy Story 2", "!rate I loved Heat",
        "!rate Heat 85%",
        "!rate Notting Valley 4", "!rate Notting Valley", "!unrate Sabrina", "!movie Sabrina", "!similar Sabrina",
        "!why Sabrina", "!hide Sabrina", "!watchlist add Sabrina",
    ],
)  # fmt: skip
async def test_every_question_offers_none_of_these(stage: Stage, line: str) -> None:
    asked = await stage.say("alice", line)
    assert labels_of(asked)[-1] == "None of these"
    await stage.restart()
    refused = await stage.member("bob").click(asked, label="None of these")
    assert "somebody else" in text_of(refused.response)
    await stage.member("alice").click(asked, label="None of these")
    answer = stage.message(asked.id)
    assert HELP in text_of(answer)
    assert "id:318" in text_of(answer)
    assert "ends in 2018" in text_of(answer)
    assert not answer.components
    assert await written(stage) == {}
    assert stage.bot.bugs == 0


async def test_none_of_these_leaves_the_wrong_film_as_it_is(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Toy Story 4")
    asked = await stage.member("alice").click(reply, label="Wrong film")
    left = await stage.member("alice").click(asked.response, label="None of these")
    assert left.acknowledged
    assert await written(stage) == {210: 4.0}
    assert labels_of(stage.message(reply.id)) == ["Undo", "Wrong film", "Similar"]
