"""What TMDB tells of films: asked for once, kept, asked for anew, and gone after six months."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable

import pytest

from bot.demo.tmdb import LoopbackTmdb, told
from bot.operating import OperatingService
from bot.tmdb.service import FRESH_S, TmdbService
from data import Movie
from data.store import TMDB_KEPT_S, KeptFilm, Store
from data.tmdb.client import TmdbClient

NOW = 1_800_000_000
HEAT = Movie(10, "Heat", 1995, (), "Heat (1995)", imdb_id=113277, tmdb_id=949)
ALIEN = Movie(20, "Alien", 1979, (), "Alien (1979)", imdb_id=78748)
LOST = Movie(30, "Lost", 1990, (), "Lost (1990)", tmdb_id=4_000_000)
OWN = Movie(40, "Own", 2020, (), "Own (2020)")

ServiceOf = Callable[..., TmdbService]


@pytest.fixture
async def server() -> AsyncIterator[LoopbackTmdb]:
    async with LoopbackTmdb([told(949, "Heat", 1995, 113277), told(348, "Alien", 1979, 78748)]).served() as served:
        yield served


@pytest.fixture
async def service_of(store: Store, server: LoopbackTmdb) -> AsyncIterator[ServiceOf]:
    """Services of a region each, which are closed however the test ends."""
    async with contextlib.AsyncExitStack() as opened:

        def of_region(region: str = "US") -> TmdbService:
            client = TmdbClient("token", region, api_url=f"{server.url}/3", image_url=server.url)
            tmdb = TmdbService(store, client)
            opened.push_async_callback(tmdb.close)
            return tmdb

        yield of_region


async def test_it_is_asked_once_and_kept(service_of: ServiceOf, server: LoopbackTmdb) -> None:
    tmdb = service_of()
    answers = await asyncio.gather(*(tmdb.of_all([HEAT, ALIEN, LOST, OWN], NOW) for _ in range(5)))
    assert all({key: film.title for key, film in one.items()} == {10: "Heat", 20: "Alien"} for one in answers)
    assert len(server.asked) == 4  # one film has to be found first, one is not there
    later = service_of()
    assert (await later.of_all([HEAT, ALIEN, LOST], NOW + FRESH_S)).keys() == {10, 20}
    assert len(server.asked) == 4


async def test_who_looked_before_it_was_kept_and_hears_afterwards_does_not_ask_again(
    store: Store, service_of: ServiceOf, server: LoopbackTmdb, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmdb = service_of()
    looked, may_go_on, look = asyncio.Event(), asyncio.Event(), store.tmdb.of

    async def slow(movie_ids: Iterable[int], region: str, since: int) -> dict[int, KeptFilm]:
        kept = await look(movie_ids, region, since)
        if not looked.is_set():
            looked.set()
            await may_go_on.wait()
        return kept

    monkeypatch.setattr(store.tmdb, "of", slow)
    late = asyncio.create_task(tmdb.of(HEAT, NOW))
    await looked.wait()
    first = await tmdb.of(HEAT, NOW)
    may_go_on.set()
    assert first == await late
    assert first is not None
    assert len(server.asked) == 1


async def test_after_a_week_it_is_asked_again_while_the_old_is_shown(
    service_of: ServiceOf, server: LoopbackTmdb
) -> None:
    tmdb = service_of()
    await tmdb.of(HEAT, NOW)
    server.films[949]["overview"] = "Another plot."
    then = NOW + FRESH_S + 1
    old = await tmdb.of(HEAT, then)
    assert old is not None
    assert old.overview.startswith("Nobody expected")
    await asyncio.gather(*tmdb._asking.values())
    new = await tmdb.of(HEAT, then)
    assert new is not None
    assert new.overview == "Another plot."
    abroad = service_of("DE")  # what was told of another country does not hold there
    await abroad.of(HEAT, then)
    assert len(server.asked) == 3


async def test_nothing_is_kept_or_shown_for_longer_than_six_months(
    store: Store, service_of: ServiceOf, server: LoopbackTmdb
) -> None:
    tmdb = service_of()
    await tmdb.of_all([HEAT, LOST], NOW)

    async def gone(request: object) -> None:
        raise ConnectionError

    server.trouble = gone
    ends = NOW + TMDB_KEPT_S
    assert await tmdb.of(HEAT, ends - 1) is not None
    assert await tmdb.of(HEAT, ends) is None  # even where nobody has tidied up
    await OperatingService(store).tidy(ends - 1, [])
    assert (await store.tmdb.of([10, 30], "US", 0)).keys() == {10, 30}
    await OperatingService(store).tidy(ends, [])
    assert await store.tmdb.of([10, 30], "US", 0) == {}


async def test_without_a_token_there_is_nothing(store: Store) -> None:
    tmdb = TmdbService(store, None)
    assert await tmdb.of(HEAT, NOW) is None
    await tmdb.close()
