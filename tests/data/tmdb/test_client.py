"""Asking a TMDB on the loopback, in good days and bad ones."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.demo.tmdb import LoopbackTmdb, Trouble, told
from data.errors import TmdbUnavailableError
from data.tmdb.client import FAILURES, TROUBLE_S, TmdbClient
from data.tmdb.film import TmdbFilm, read_film

HEAT = told(949, "Heat", 1995, 113277)
SECRET = "a-token-nobody-sees"


@pytest.fixture
async def server() -> AsyncIterator[LoopbackTmdb]:
    async with LoopbackTmdb([HEAT, told(27205, "Inception", 2010, 1375666)]).served() as served:
        yield served


class Clock:
    """Goes on by itself, and leaps."""

    leapt = 0.0

    def __call__(self) -> float:
        return asyncio.get_running_loop().time() + self.leapt


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(server: LoopbackTmdb, clock: Clock) -> AsyncIterator[TmdbClient]:
    made = TmdbClient(SECRET, "US", api_url=f"{server.url}/3", image_url=f"{server.url}/t/p", clock=clock)
    yield made
    await made.close()


def answering(status: int, body: bytes = b"{}", **headers: str) -> Trouble:
    async def trouble(request: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers=headers)

    return trouble


async def test_a_film_is_one_request(client: TmdbClient, server: LoopbackTmdb) -> None:
    film = await client.film(949, 113277)
    assert film == TmdbFilm(
        tmdb_id=949,
        imdb_id=113277,
        title="Heat",
        year=1995,
        overview=HEAT["overview"],
        poster=f"{server.url}/t/p/w342/poster949.png",
        trailer="https://www.youtube.com/watch?v=demo0000949",
        runtime_min=118,
        age="PG-13",
        directors=("Maria Lind",),
        leads=("Ada Byron", "Alan Mathison"),
        countries=("United States of America",),
        language="English",
        region="US",
        streams=("Cinemathek",),
        origins=("English", "United States"),
    )
    assert len(server.asked) == 1
    assert server.tokens == {f"Bearer {SECRET}"}
    assert TmdbFilm.from_json(film.to_json()) == film
    assert TmdbFilm.from_json('{"tmdb_id": 1, "of_a_later_version": 2}') == TmdbFilm(1)
    assert TmdbFilm.from_json(TmdbFilm(1, origins=()).to_json()).origins == ()  # none are told, and not: not asked for


async def test_numbers(client: TmdbClient, server: LoopbackTmdb) -> None:
    assert (await client.film(None, 1375666)) == (await client.film(27205, None))
    assert (await client.film(4_000_000, 113277)) == (await client.film(949, None))  # theirs has another number by now
    assert await client.film(4_000_000, 77) is None
    assert await client.film(None, None) is None


async def test_a_search(client: TmdbClient) -> None:
    found = await client.search("inception", 2010)
    assert found is not None
    assert (found.title, found.year, found.imdb_id) == ("Inception", 2010, 1375666)
    assert await client.search("inception", 1960) is None


TROUBLES = {
    "500": answering(500),
    "rubbish": answering(200, b"<html>"),
    "a list": answering(200, b"[]"),
    "a deep one": answering(200, b"[" * 200_000),
    "no text": answering(200, b"\xff\xfe"),
    "not there": answering(404, b"nginx"),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_trouble_is_told_once_and_then_nothing_is_asked(
    client: TmdbClient, server: LoopbackTmdb, clock: Clock, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    server.trouble = trouble
    for _ in range(5):
        with pytest.raises(TmdbUnavailableError):
            await client.film(949, None)
    assert len(server.asked) == FAILURES
    assert len(caplog.records) == 1
    assert SECRET not in caplog.text
    server.trouble = None
    with pytest.raises(TmdbUnavailableError):
        await client.film(949, None)
    clock.leapt += TROUBLE_S
    assert await client.film(949, None) is not None


async def test_one_failure_is_made_up_for(client: TmdbClient, server: LoopbackTmdb, caplog: object) -> None:
    async def once(request: web.Request) -> web.Response:
        server.trouble = None
        return web.Response(status=502)

    server.trouble = once
    assert await client.film(949, None) is not None
    assert len(server.asked) == 2


async def test_a_pause_that_is_asked_for_is_kept(client: TmdbClient, server: LoopbackTmdb, clock: Clock) -> None:
    server.trouble = answering(429, **{"Retry-After": "60"})
    for _ in range(3):
        with pytest.raises(TmdbUnavailableError):
            await client.film(949, None)
    assert len(server.asked) == 1
    server.trouble = None
    clock.leapt += 57
    with pytest.raises(TmdbUnavailableError):
        await client.film(949, None)
    clock.leapt += 3
    assert await client.film(949, None) is not None


async def test_a_short_pause_is_waited_for(client: TmdbClient, server: LoopbackTmdb) -> None:
    async def once(request: web.Request) -> web.Response:
        server.trouble = None
        return web.Response(status=429, headers={"Retry-After": "0.2"})

    server.trouble = once
    assert await client.film(949, None) is not None


async def test_a_slow_one_is_not_waited_for(
    client: TmdbClient, server: LoopbackTmdb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.tmdb.client.LIMIT_S", 0.2)

    async def slow(request: web.Request) -> None:
        await asyncio.sleep(1)

    server.trouble = slow
    before = asyncio.get_running_loop().time()
    answers = await asyncio.gather(*(client.film(949, None) for _ in range(40)), return_exceptions=True)
    assert all(isinstance(one, TmdbUnavailableError) for one in answers)
    assert asyncio.get_running_loop().time() - before < 0.8


async def test_a_wrong_token(client: TmdbClient, server: LoopbackTmdb, caplog: pytest.LogCaptureFixture) -> None:
    server.trouble = answering(401)
    for _ in range(2):
        with pytest.raises(TmdbUnavailableError):
            await client.film(949, None)
    assert len(server.asked) == 1
    assert "TMDB_TOKEN" in caplog.text


async def test_one_that_is_gone(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    client = TmdbClient(SECRET, "US", api_url="http://127.0.0.1:9/3", clock=clock)
    with caplog.at_level(logging.DEBUG), pytest.raises(TmdbUnavailableError):
        await client.film(949, None)
    assert SECRET not in caplog.text
    await client.close()


def test_what_is_not_what_it_should_be_is_left_out() -> None:
    wild = HEAT | {
        "poster_path": "/../../etc/passwd",
        "runtime": True,
        "imdb_id": 7,
        "overview": ["x"],
        "release_date": None,
        "videos": {"results": [{"site": "YouTube", "type": "Trailer", "key": "a b)[x](http://evil)"}, 3]},
        "credits": {"cast": "x", "crew": [{"job": "Director", "name": {}}]},
        "watch/providers": [],
        "release_dates": {"results": [{"iso_3166_1": "US", "release_dates": 5}]},
        "production_countries": None,
        "origin_country": [None, {"iso_3166_1": "US"}],
        "original_language": 5,
        "spoken_languages": [None],
    }
    assert read_film(wild, "US", "http://x") == TmdbFilm(949, title="Heat", region="US", origins=())
    for rubbish in ({}, {"id": "949"}, {"id": True}, {"id": -1}, {"id": 2**40}):
        assert read_film(rubbish, "US", "http://x") is None


def test_the_rating_and_the_offers_are_those_of_the_region() -> None:
    more = HEAT | {
        "release_dates": {
            "results": [
                {"iso_3166_1": "US", "release_dates": [{"certification": "R"}]},
                {"iso_3166_1": "DE", "release_dates": [{"certification": ""}, {"certification": "16"}]},
            ]
        },
        "watch/providers": {"results": {"DE": {"rent": [{"provider_name": "Videothek"}]}}},
    }
    film = read_film(json.loads(json.dumps(more)), "DE", "http://x")
    assert film is not None
    assert (film.age, film.streams, film.rents) == ("16", (), ("Videothek",))


def test_where_a_film_comes_from() -> None:
    def origins(**answer: object) -> tuple[str, ...] | None:
        film = read_film({"id": 1, **answer}, "US", "")
        assert film is not None
        return film.origins

    made_in = [{"iso_3166_1": "SU", "name": "Soviet Union"}, {"iso_3166_1": "IT", "name": "Italy"}]
    assert origins(original_language="ru", origin_country=["SU"], production_countries=made_in) == (
        "Russian",
        "Soviet Union",  # which is no more, so that Unicode has no name for it
    )
    assert origins(original_language="cn", production_countries=made_in) == ("Cantonese", "Soviet Union", "Italy")
    assert origins(original_language="xx", origin_country=["XX", "DE"]) == ("Germany",)
    assert origins() == origins(original_language=["en"], origin_country="US", production_countries={}) == ()
