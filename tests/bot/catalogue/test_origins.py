"""Where films come from: TMDB is asked by and by, and lists go by what it told for as long as it may be kept."""

import asyncio
import csv
import logging
import shutil
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from aiohttp import web

from bot.catalogue import origins
from bot.catalogue.origins import RENEWED_S, RETRY_S, OriginsService
from bot.demo.tmdb import Answer, LoopbackTmdb, told
from bot.movies import MovieSearch
from bot.tmdb import TmdbService
from data import Catalogue, Movie, TitleIndex
from data.store import TMDB_KEPT_S, KeptFilm, Store
from data.tmdb.client import TmdbClient
from data.tmdb.film import TmdbFilm
from tests.bot.conftest import ACTION, ROMANCE, OpenStage, Stage, options_of, select_id, text_of

NOW = 1_800_000_000
TITLES = (*ACTION, *ROMANCE)
KOREAN = {"original_language": "ko", "origin_country": ["KR"]}
UNKNOWN = "I do not know where the films here come from"


def movie(number: int, known_by: int, **facts: int) -> Movie:
    facts = facts or {"tmdb_id": number}
    return Movie(number, f"Film {number}", 1995, (), f"Film {number} (1995)", ratings_count=known_by, **facts)  # type: ignore[arg-type]


MOVIES = (movie(1, 5), movie(2, 300), movie(3, 100), movie(4, 200, imdb_id=1004), movie(5, 900, runtime_min=90))


@pytest.fixture
async def server() -> AsyncIterator[LoopbackTmdb]:
    films = [told(number, title, 1995, 1000 + number) for number, title in enumerate(TITLES, 1)]
    async with LoopbackTmdb(films).served() as served:
        yield served


@pytest.fixture
async def tmdb(store: Store, server: LoopbackTmdb, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TmdbService]:
    monkeypatch.setattr(origins, "PACE_S", 0.0)
    opened = TmdbService(store, TmdbClient("token", "US", api_url=f"{server.url}/3", image_url=server.url))
    yield opened
    await opened.close()


def opened(store: Store, tmdb: TmdbService, movies: Iterable[Movie] = MOVIES, *, fills: bool = True) -> OriginsService:
    catalogue = Catalogue(movies)
    return OriginsService(store, MovieSearch(catalogue, TitleIndex(catalogue)), tmdb, fills=fills)


def placed(service: OriginsService) -> list[int]:
    facets = service._search.facets
    return [int(one) for one in facets.ids[facets.has_origin]]


def numbers(server: LoopbackTmdb) -> list[int]:
    """The films that were asked for since the last call."""
    asked = [int(path.partition("?")[0].rpartition("/")[2]) for path in server.asked if "/movie/" in path]
    server.asked.clear()
    return asked


async def test_the_best_known_come_first_and_each_is_asked_for_once(
    store: Store,
    tmdb: TmdbService,
    server: LoopbackTmdb,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(origins, "FILMS_A_TURN", 2)
    await store.tmdb.keep(3, "US", KeptFilm(TmdbFilm(3, title="Told before it was read"), NOW))
    service = opened(store, tmdb)
    await service.take_turn(NOW)
    assert numbers(server) == [2, 4]
    assert placed(service) == [2, 4]
    assert "TMDB has told of 2 of 5 films" in caplog.text
    again = opened(store, tmdb)  # after a restart
    await again.take_turn(NOW + 300)
    assert numbers(server) == [3, 1]
    await again.take_turn(NOW + 600)
    assert numbers(server) == []
    assert placed(again) == [1, 2, 3, 4]
    assert again._search.facets.from_any(["english"]).sum() == 4
    assert not {"languages", "countries"} & {*again._search.catalogue.frame()}, "no training sees what expires"


async def test_it_is_renewed_in_time_and_gone_when_it_may_not_be_kept(
    store: Store, tmdb: TmdbService, server: LoopbackTmdb
) -> None:
    service = opened(store, tmdb)
    await service.take_turn(NOW)
    await tmdb.take(MOVIES[1], NOW + 86_400)
    numbers(server)
    await service.take_turn(NOW + RENEWED_S)
    assert numbers(server) == []
    await service.take_turn(NOW + RENEWED_S + 1)
    assert numbers(server) == [4, 3, 1]
    watching = opened(store, tmdb, fills=False)
    await watching.take_turn(NOW + TMDB_KEPT_S)
    assert placed(watching) == [1, 2, 3, 4]
    await watching.take_turn(NOW + TMDB_KEPT_S + 86_400)
    assert placed(watching) == [1, 3, 4]
    await watching.take_turn(NOW + RENEWED_S + 1 + TMDB_KEPT_S)
    assert placed(watching) == []
    assert numbers(server) == []


async def test_a_film_that_tmdb_fails_at_holds_no_other_up(
    store: Store, tmdb: TmdbService, server: LoopbackTmdb
) -> None:
    async def broken(request: web.Request) -> web.Response | None:
        return web.Response(status=500) if request.path.endswith("/2") else None

    server.trouble = broken
    service = opened(store, tmdb)
    await service.take_turn(NOW)
    assert numbers(server) == [2, 2]
    await service.take_turn(NOW + 300)
    assert numbers(server) == [4, 3, 1]
    await service.take_turn(NOW + RETRY_S - 1)
    assert numbers(server) == []
    server.trouble = None
    await service.take_turn(NOW + RETRY_S)
    assert numbers(server) == [2]


async def test_a_long_pause_is_kept_and_what_tmdb_lacks_is_known_to_lack(
    store: Store, tmdb: TmdbService, server: LoopbackTmdb
) -> None:
    async def busy(request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "600"})

    service = opened(store, tmdb, [movie(404, 9), movie(1, 5)])
    del server.films[1]
    await service.take_turn(NOW)
    assert numbers(server) == [404, 1]
    await service.take_turn(NOW + 300)
    server.trouble = busy
    others = opened(store, tmdb, MOVIES)
    for turn in range(3):
        await others.take_turn(NOW + 600 + 300 * turn)
    assert numbers(server) == [2]
    assert placed(service) == placed(others) == []


async def test_whoever_waits_goes_first(store: Store, tmdb: TmdbService, server: LoopbackTmdb) -> None:
    is_asked, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(request: web.Request) -> None:
        is_asked.set()
        await may_answer.wait()

    server.trouble = slow
    card = asyncio.create_task(tmdb.of(MOVIES[0], NOW))
    await is_asked.wait()
    turn = asyncio.create_task(opened(store, tmdb).take_turn(NOW))
    await asyncio.sleep(0.05)
    assert numbers(server) == [1]
    may_answer.set()
    await asyncio.gather(card, turn)
    assert numbers(server)[0] == 2


async def test_nothing_is_asked_without_a_token(store: Store) -> None:
    await store.tmdb.keep(3, "US", KeptFilm(TmdbFilm(3, origins=("Korean",)), NOW))
    service = opened(store, TmdbService(store, None))
    await service.take_turn(NOW)
    assert placed(service) == []


@pytest.fixture
async def stage(open_stage: OpenStage, server: LoopbackTmdb, films: Path, tmp_path: Path) -> Stage:
    """A bot that fills its catalogue; four of five films have a number at TMDB."""
    folder = shutil.copytree(films, tmp_path / "linked")
    with (folder / "links.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["movieId", "imdbId", "tmdbId"])
        writer.writerows([10 * number, 1000 + number, number] for number in range(1, 21))
    for title in ("Alien", "Speed", "Ghost"):
        korean: Answer = server.films[TITLES.index(title) + 1]
        korean.update(KOREAN)
    return await open_stage(dataset=str(folder), **server.settings | {"tmdb_fill": "yes"})


async def test_korean_films_are_listed_once_tmdb_has_told(stage: Stage, server: LoopbackTmdb) -> None:
    asked = len(server.asked)
    await stage.env.advance_time(4)
    assert asked < len(server.asked) <= asked + 4 < 20, "a film a second"
    assert UNKNOWN in text_of(await stage.say("alice", "!recommend korean action"))
    await stage.env.advance_time(15)
    assert len(server.asked) == 20, "none twice, though the list has shown posters"
    shown = text_of(await stage.say("alice", "!recommend korean action"))
    assert "## Films for you\n-# Action · Korean\n" in shown
    assert [title for title in TITLES if title in shown] == ["Alien", "Speed"]
    assert "Of 5 films here I do not know where they come from, so some may be missing." in shown
    assert "Speed" not in text_of(await stage.say("alice", "!recommend action, not korean"))
    assert "No film fits: French" in text_of(await stage.say("alice", "!recommend in french"))
    alice = stage.member("alice")
    offered = await alice.autocomplete(stage.channel, "recommend", "origin", "k")
    assert [one["value"] for one in offered] == ["Korean"]
    by_slash = (await alice.slash(stage.channel, "recommend", origin="Korean")).response
    panel = (await alice.click(by_slash, label="Filters")).response
    assert options_of(panel, "Languages and countries") == ["American", "English-language", "Korean"]
    await alice.select(panel, ["English-language"], custom_id=select_id(panel, "Languages and countries"))
    assert "English-language\n-# 17 films of these to choose from" in text_of(panel)
    await stage.restart()
    again = text_of(await stage.say("alice", "!recommend from south korea"))
    assert "-# Korean\n" in again
    assert "Ghost" in again
    await stage.env.advance_time(10)
    assert len(server.asked) == 20, "what is kept is not asked for again"
    assert stage.bot.bugs == 0
