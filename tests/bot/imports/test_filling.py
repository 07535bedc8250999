"""An export of films that nobody here knows yet: looked up at TMDB, and added with the import."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.chat.components import ANYBODY
from bot.demo.tmdb import LoopbackTmdb, told
from bot.imports.service import Preview
from bot.movies.adding import Addition
from bot.tmdb import TmdbService
from bot.wiring import Services
from tests.bot.conftest import OpenStage, Stage, labels_of, options_of, text_of
from tests.bot.forging import forge_press
from tests.data.imdb.builders import write_imdb

ALICE, NOW = 111, 1_800_000_000
HEADER = "Date,Name,Year,Letterboxd URI,Rating\n"
KNOWN = ("Heat,1995", "Alien,1996", "Die Hard,1997")
NEW = 76


def letterboxd(rows: int) -> bytes:
    """So many ratings, of which 76 are of films from after the catalogue and the others of films of it."""
    films = [KNOWN[place % len(KNOWN)] for place in range(rows - NEW)]
    films += [f"Comet {number}x,2023" for number in range(NEW)]
    return (HEADER + "".join(f"2024-01-01,{film},x,4\n" for film in films)).encode()


def new_films() -> list[dict[str, object]]:
    return [told(1000 + number, f"Comet {number}x", 2023, 9_000_000 + number) for number in range(NEW)]


@pytest.fixture
async def server() -> AsyncIterator[LoopbackTmdb]:
    async with LoopbackTmdb(new_films()).served() as served:
        yield served


@pytest.fixture
async def asking(open_stage: OpenStage, server: LoopbackTmdb) -> Stage:
    return await open_stage(**server.settings)


async def shown_when(stage: Stage, message: object, words: str) -> str:
    """The message as soon as it says that."""
    for _ in range(500):
        if words in (text := text_of(message)):
            return text
        await asyncio.sleep(0.01)
        await stage.env.settle()
    raise AssertionError(text)


async def test_311_ratings_of_which_76_are_of_films_that_nobody_knows(asking: Stage, server: LoopbackTmdb) -> None:
    alice = asking.member("alice")
    pauses = iter([1.0])

    async def pause_once(request: web.Request) -> web.Response | None:
        """TMDB wants a pause in the middle of it."""
        if len(server.asked) < 40 or (wanted := next(pauses, None)) is None:
            return None
        return web.Response(status=429, headers={"Retry-After": f"{wanted:.0f}"})

    server.trouble = pause_once
    shown = (await alice.slash(asking.channel, "import", file=("ratings.csv", letterboxd(311)))).response
    assert "76 films" in text_of(shown)
    text = await shown_when(asking, shown, "matched")
    assert "**79 ratings matched**: 79 new" in text
    assert "**76 films new to me**: added when you confirm" in text
    assert labels_of(shown) == ["Confirm", "Cancel"]
    films = len(asking.bot.services.search.catalogue)
    await alice.click(shown, label="Confirm")
    assert "79 ratings imported" in text_of(shown)
    assert len(asking.bot.services.search.catalogue) == films + 76
    profile = await asking.bot.services.store.profiles.find(alice.id)
    assert profile is not None
    ratings = await asking.bot.services.store.ratings.ratings_of(profile.user_id)
    assert len(ratings) == 79
    assert ratings[109_000_005] == 4.0
    assert "**Comet 5x (2023)** ★★★★" in text_of(await asking.say("bob", "!rate comet 5x 4"))
    await alice.click(shown, label="Undo import")
    assert await asking.bot.services.store.ratings.ratings_of(profile.user_id) == {}
    assert asking.bot.bugs == 0


async def test_what_tmdb_did_not_answer_is_looked_up_later(asking: Stage, server: LoopbackTmdb) -> None:
    alice = asking.member("alice")

    async def gone(request: web.Request) -> None:
        if len(server.asked) > 60:
            raise ConnectionError

    server.trouble = gone
    server.films[1] = told(1, "Undated", 1999, 1)
    file = letterboxd(76) + b"2024-01-01,Undated,,x,3\n2024-01-01,Nowhere Film,2023,x,3\n"
    shown = (await alice.slash(asking.channel, "import", file=("ratings.csv", file))).response
    text = await shown_when(asking, shown, "not looked up yet")
    assert labels_of(shown) == ["Confirm", "Look up", "Missing", "Cancel"]
    assert "ratings matched" in text
    await asking.restart()
    server.trouble = None
    await alice.click(shown, label="Look up")
    text = await shown_when(asking, shown, "matched")
    assert "**76 ratings matched**: 76 new" in text
    assert "**1 missing**" in text
    assert labels_of(shown) == ["Confirm", "Fix", "Missing", "Cancel"]
    await asking.bot.services.adding.add_all([Addition("Undated", 1999, 1, 1)])  # somebody else is faster
    await alice.click(shown, label="Fix")
    assert options_of(shown, "Choose the film") == ["Undated (1999)"]
    await alice.select(shown, ["100000001"])
    assert "**77 films new to me**" in text_of(shown)
    await alice.click(shown, label="Confirm")
    assert "77 ratings imported" in text_of(shown)
    assert asking.bot.bugs == 0


async def test_nobody_has_to_wait_for_it(asking: Stage, server: LoopbackTmdb, monkeypatch: pytest.MonkeyPatch) -> None:
    alice, is_slow, may_go_on = asking.member("alice"), asyncio.Event(), asyncio.Event()
    identify = TmdbService.identify

    async def outside(self: TmdbService, *wanted: Any) -> Any:
        return await asking.env.external_wait(identify(self, *wanted), reason="TMDB takes its time")

    monkeypatch.setattr(TmdbService, "identify", outside)

    async def slow(request: web.Request) -> None:
        if len(server.asked) > 30:
            is_slow.set()
            await may_go_on.wait()

    server.trouble = slow
    upload = ("ratings.csv", letterboxd(79))
    await alice.send(asking.channel, "!import", attachments=[upload])
    shown = asking.last
    assert "**Speed (1998)** ★★★★" in text_of(await asking.say("alice", "!rate Speed 4"))
    await is_slow.wait()
    assert labels_of(shown) == ["Go on without", "Cancel"]
    forge_press(asking, "bob", f"b1:import_go_on:{ANYBODY}:1")
    await asking.env.settle()
    assert "looking up an import's films" in {task.get_name() for task in asyncio.all_tasks()}, "it is not bob's to end"
    await alice.click(shown, label="Go on without")
    told = text_of(asking.message(shown.id))
    assert "not looked up yet" in told
    assert "new to me" in told
    assert "Comet" not in told  # everybody can read it
    may_go_on.set()
    assert asking.bot.bugs == 0


async def test_a_number_does_not_add_a_film_under_another_name(asking: Stage, server: LoopbackTmdb) -> None:
    """A file can be written by anybody, and all members would read the name."""
    header = "Const,Your Rating,Date Rated,Title,Year,Title Type\n"
    rows = "tt9000000,8,2024-01-01,Comet 0x,2023,Movie\ntt9000001,8,2024-01-01,Rude Words,2023,Movie\n"
    shown = (
        await asking.member("alice").slash(asking.channel, "import", file=("ratings.csv", (header + rows).encode()))
    ).response
    text = await shown_when(asking, shown, "matched")
    assert "**1 film new to me**" in text
    assert "**1 missing**" in text


async def test_imdbs_files_are_looked_through_where_they_are_kept(services: Services, tmp_path: Path) -> None:
    """However little known; two of one name and year stay unknown, and a damaged file leaves all to be looked up."""
    twins = [rf"tt900001{n}~movie~Twins~Twins~0~2021~\N~90~Drama" for n in range(2)]
    imdb = write_imdb(tmp_path / "data" / "datasets" / "imdb", title_basics=twins)
    whole = (imdb / "title.basics.tsv.gz").read_bytes()
    (imdb / "title.basics.tsv.gz").write_bytes(whole[:-20])
    rows = "2024-01-01,HARDLY seen,2021,x,4\n2024-01-01,Twins,2021,x,3\n2024-01-01,Spirited Away,2001,x,5\n"
    found = await services.imports.preview(ALICE, "ratings.csv", (HEADER + rows).encode(), NOW)
    assert (found.new, found.to_look_up) == (0, 3)

    async def on_looked_up(done: int) -> None:
        """TMDB is not asked."""

    async def looked_up() -> Preview:
        await services.imports.look_up(ALICE, found.import_id, on_looked_up)
        again = await services.imports.again(ALICE, found.import_id)
        assert isinstance(again, Preview)
        return again

    assert (await looked_up()).to_look_up == 3
    (imdb / "title.basics.tsv.gz").write_bytes(whole)
    told = await looked_up()
    assert (told.new, told.added, told.to_look_up) == (2, 2, 0)
    assert [one.title for one in told.missing] == ["Twins"]
    await services.imports.confirm(ALICE, found.import_id, NOW)
    profile = await services.store.profiles.find(ALICE)
    assert profile is not None
    assert await services.store.ratings.ratings_of(profile.user_id) == {109_000_004: 4.0, 100_245_429: 5.0}
    seen = services.search.by_id(109_000_004)
    assert (seen.title, seen.genres) == ("Hardly Seen", ("Drama",))
