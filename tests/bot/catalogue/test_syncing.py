"""The bot reads IMDb's files by itself, in a process of its own, and serves what they brought."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.catalogue.process import reading_process
from bot.waiting import wait_directly
from bot.wiring import Services
from data.store import RETRAIN_WANTED
from tests.bot.conftest import OpenStage, Stage, settings_for, text_of
from tests.data.imdb.builders import write_imdb
from tests.data.imdb.server import Server, serving

NOW = 1_800_000_000
DAY_S = 86_400


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    with serving(write_imdb(tmp_path / "served")) as served:
        yield served


def due_daily(services: Services, films: Path, tmp_path: Path, url: str) -> Services:
    settings = settings_for(tmp_path / "data", films)
    read = reading_process(settings, services.dataset, wait_directly, url)
    return replace(services, catalogue=replace(services.catalogue, every=timedelta(days=1), read=read))


async def test_films_come_by_themselves_and_once_a_day(
    services: Services, films: Path, tmp_path: Path, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    catalogue = due_daily(services, films, tmp_path, server.url).catalogue
    assert await catalogue.sync_if_due(NOW)
    assert not await catalogue.sync_if_due(NOW + DAY_S - 1)
    with caplog.at_level(logging.INFO):
        assert await catalogue.notice_change()
    assert "a training is due" in caplog.text
    assert await services.store.facts.get(RETRAIN_WANTED) is not None
    (film,) = services.search.titled("千と千尋の神隠し") or services.search.complete("千と千尋", 5)
    assert film.title == "Spirited Away"
    assert await catalogue.sync_if_due(NOW + DAY_S)
    assert len([status for _, _, status in server.asked if status == 304]) == 6


async def test_a_failure_is_logged_and_tried_again_in_an_hour(
    services: Services, films: Path, tmp_path: Path, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.refuses["name.basics.tsv.gz"] = 503
    catalogue = due_daily(services, films, tmp_path, server.url).catalogue
    assert not await catalogue.sync_if_due(NOW)
    assert "503" in caplog.text
    server.refuses.clear()
    assert not await catalogue.sync_if_due(NOW + 60)
    assert await catalogue.sync_if_due(NOW + 3_600)


async def test_it_is_off_unless_it_is_set(services: Services) -> None:
    assert not await services.catalogue.sync_if_due(NOW)


@pytest.fixture
async def newer(open_stage: OpenStage, films: Path) -> Stage:
    """The bot with a film that neither its data set nor its model has."""
    stage = await open_stage()
    await stage.bot.services.store.films.add("Oppenheimer", 2023, ["Action"], 15398776)
    await stage.env.advance_time(301)
    return stage


async def test_a_film_of_our_own_is_answered_truthfully(newer: Stage) -> None:
    card = text_of(await newer.say("alice", "!movie oppenheimer"))
    assert "Oppenheimer (2023)" in card
    assert "MovieLens" not in card
    assert "https://www.imdb.com/title/tt15398776/" in str([one.to_dict() for one in newer.last.components])
    for command in ("!similar Oppenheimer", "!why Oppenheimer"):
        assert "I can tell you once I have" in text_of(await newer.say("alice", command))
    assert "**Oppenheimer (2023)** ★★★★★" in text_of(await newer.say("alice", "!rate Oppenheimer 5"))
    assert "Oppenheimer (2023)** ★★★★★" in text_of(await newer.say("alice", "!ratings"))
    assert "10. " in text_of(await newer.say("alice", "!recommend"))
    assert "Oppenheimer" in text_of(await newer.say("alice", "!unrate Oppenheimer"))
    assert newer.bot.bugs == 0


@pytest.mark.training
async def test_a_training_learns_of_it(newer: Stage) -> None:
    await newer.say("admin", "!retrain force")
    await newer.finish_training()
    card = text_of(await newer.say("alice", "!movie Oppenheimer"))
    assert "not learned of it" not in card
    assert "Nobody has rated it yet, so these" in text_of(await newer.say("alice", "!similar Oppenheimer"))
    assert "what I expect people to give a film like this" in text_of(await newer.say("bob", "!why Oppenheimer"))
    await newer.say("bob", "!rate Heat 5")
    why = await newer.say("bob", "!why Oppenheimer")
    details = await newer.member("bob").click(why, label="Details")
    assert "I expect people who rated the same films to give it" in text_of(details.response)
    assert newer.bot.bugs == 0


async def test_about_credits_imdb_only_where_its_data_are_in_use(newer: Stage, tmp_path: Path) -> None:
    assert "IMDb" not in text_of(await newer.say("alice", "!about"))
    from bot.catalogue.syncing import SyncJob, sync

    services = newer.bot.services
    job = SyncJob(newer.settings.database_path, services.dataset.path, write_imdb(tmp_path / "imdb"), 1000, NOW, None)
    await sync(job)
    await services.catalogue.notice_change()
    about = text_of(await newer.say("alice", "!about"))
    assert "Information courtesy of IMDb (https://www.imdb.com). Used with permission." in about
    assert "non-commercial" in about
    card = text_of(await newer.say("alice", "!movie オッペンハイマー"))
    assert "Oppenheimer (2023)" in card
    assert "**IMDb** 8.2 of 10 from 900,000" in card
