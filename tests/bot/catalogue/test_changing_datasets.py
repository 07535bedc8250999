"""A data set is changed for another one and back: nothing is lost, and every film keeps its name."""

import json
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Services
from tests.bot.conftest import OpenStage, Stage, text_of

LATER = 900
"""The number of a film that only the larger data set has."""
GONE = "no longer in the catalogue"


@pytest.fixture
def grown(films: Path, tmp_path: Path) -> Path:
    """The data set with a film more."""
    folder = shutil.copytree(films, tmp_path / "grown")
    with (folder / "movies.csv").open("a", encoding="utf-8") as file:
        file.write(f"{LATER},Later Arrival (2018),Comedy\n")
    return folder


async def serve_with(stage: Stage, dataset: Path) -> None:
    stage.settings = stage.settings.model_copy(update={"dataset": str(dataset)})
    await stage.restart()


@pytest.fixture
async def shrunk(open_stage: OpenStage, grown: Path, films: Path) -> Stage:
    """The bot after a change to a data set that lacks a film which alice rated and bob shelved."""
    stage = await open_stage(dataset=str(grown))
    await stage.say("alice", "!rate Later Arrival 4.5\nHeat 5")
    await stage.say("bob", "!watchlist add Later Arrival")
    await stage.say("carol", "!hide Later Arrival")
    await serve_with(stage, films)
    return stage


async def test_a_film_that_is_gone_is_named_wherever_something_was_kept(shrunk: Stage) -> None:
    rated = text_of(await shrunk.say("alice", "!ratings"))
    assert f"**Later Arrival (2018)** · {GONE} ★★★★½" in rated
    assert f"**Later Arrival (2018)** · {GONE}" in text_of(await shrunk.say("bob", "!watchlist"))
    assert f"**Later Arrival (2018)** · {GONE}" in text_of(await shrunk.say("carol", "!hide"))
    assert shrunk.bot.bugs == 0


async def test_it_can_be_unrated_and_taken_off_by_its_name(shrunk: Stage) -> None:
    assert "Later Arrival (2018)" in text_of(await shrunk.say("alice", "!unrate later arrival"))
    assert "Later Arrival" not in text_of(await shrunk.say("alice", "!ratings"))
    assert "Later Arrival (2018)" in text_of(await shrunk.say("alice", "!undo"))
    assert "Later Arrival" in text_of(await shrunk.say("alice", "!ratings"))
    assert "no longer on your watchlist" in text_of(await shrunk.say("bob", "!watchlist remove Later Arrival"))
    assert "no longer hidden" in text_of(await shrunk.say("carol", "!hide remove Later Arrival"))
    assert shrunk.bot.bugs == 0


async def test_it_is_told_of_and_neither_shown_nor_rated(shrunk: Stage) -> None:
    for command in ("!movie Later Arrival", "!rate Later Arrival 3", "!similar Later Arrival", "!why Later Arrival"):
        assert GONE in text_of(await shrunk.say("dave", command)), command
    assert "Later Arrival" not in text_of(await shrunk.say("alice", "!recommend"))
    assert "nothing on your watchlist" in text_of(await shrunk.say("bob", "!watchlist pick"))
    assert shrunk.bot.bugs == 0


async def test_back_with_the_larger_data_set_all_is_as_it_was(shrunk: Stage, grown: Path) -> None:
    await serve_with(shrunk, grown)
    rated = text_of(await shrunk.say("alice", "!ratings"))
    assert "**Later Arrival (2018)** ★★★★½" in rated
    assert GONE not in rated
    assert "Later Arrival (2018)" in text_of(await shrunk.say("bob", "!watchlist"))
    assert "You gave it** ★★★★½" in text_of(await shrunk.say("alice", "!movie Later Arrival"))


async def test_an_export_names_it(shrunk: Stage) -> None:
    exports: Any = shrunk.bot.services.exports
    export = await exports.export(shrunk.member("alice").id, 1_800_000_000, "words")
    with zipfile.ZipFile(BytesIO(export.content)) as archive:
        rows = json.loads(archive.read("marquee.json"))["ratings"]
    assert ("Later Arrival", 2018) in {(row["title"], row["year"]) for row in rows}


async def test_a_film_added_beside_the_bot_is_known_soon(services: Services) -> None:
    await services.store.films.add("Oppenheimer", 2023, ["Drama"], 15398776)
    assert services.search.titled("Oppenheimer") == ()
    assert await services.catalogue.notice_change()
    assert not await services.catalogue.notice_change()
    (film,) = services.search.titled("Oppenheimer")
    assert film.movie_id == 115_398_776
    assert services.search.catalogue is services.models.catalogue
    assert services.lists.words.complete("2023", 5) is not None
