"""Films that nobody here knows and TMDB does."""

from collections.abc import AsyncIterator

import pytest

from bot.demo.tmdb import LoopbackTmdb, told
from tests.bot.conftest import OpenStage, Stage, labels_of, text_of

OPPENHEIMER = 115_398_776


@pytest.fixture
async def server() -> AsyncIterator[LoopbackTmdb]:
    films = [
        told(872585, "Oppenheimer", 2023, 15398776),
        told(27, "Home Made", 2024),
        told(28, "Barbie", 2023, 1517268),
        told(29, "Parasite", 2019, 6751668),
        told(30, "Blade Runner 2049", 2017, 1856101),
    ]
    async with LoopbackTmdb(films).served() as served:
        yield served


@pytest.fixture
async def asking(open_stage: OpenStage, server: LoopbackTmdb) -> Stage:
    return await open_stage(**server.settings)


async def test_a_film_is_added_and_rated_at_a_press(asking: Stage, server: LoopbackTmdb) -> None:
    asked = await asking.say("alice", "!rate oppenheimer 4.5")
    assert text_of(asked) == "I did not know **Oppenheimer (2023)** by Maria Lind. Add it?"
    assert labels_of(asked) == ["Add and rate ★★★★½", "None of these"]
    await asking.restart()
    await asking.member("alice").click(asked, label="Add and rate ★★★★½")
    assert "**Oppenheimer (2023)** ★★★★½\n" in text_of(asking.message(asked.id))
    store = asking.bot.services.store
    profile = await store.profiles.find(asking.member("alice").id)
    assert profile is not None
    assert await store.ratings.ratings_of(profile.user_id) == {OPPENHEIMER: 4.5}
    (film,) = [one for one in await store.films.known() if one.movie_id == OPPENHEIMER]
    assert (film.title, film.year, film.genres, film.imdb_id, film.tmdb_id) == (
        "Oppenheimer", 2023, (), 15398776, 872585,
    )  # fmt: skip
    assert not film.directors  # they are TMDB's, and only shown
    # From now on everybody's.
    assert "**Oppenheimer (2023)** ★★★★★" in text_of(await asking.say("bob", "!rate Oppenheimer 5"))
    assert "By **Maria Lind**" in text_of(await asking.say("bob", "!movie oppenheimer"))
    assert asking.bot.bugs == 0


async def test_it_is_offered_wherever_a_film_is_named(asking: Stage, server: LoopbackTmdb) -> None:
    asked = await asking.say("alice", "!movie Home Made")
    assert labels_of(asked) == ["Add it", "None of these"]
    await asking.member("alice").click(asked, label="None of these")
    assert "Nothing was changed" in text_of(asking.last)
    asked = await asking.say("alice", "!watchlist add Home Made")
    stranger = await asking.member("bob").click(asked, label="Add it")
    assert "belongs to somebody else" in text_of(stranger.response)
    await asking.member("alice").click(asked, label="Add it")
    assert "## Home Made (2024)" in text_of(asking.message(asked.id))
    assert "**Home Made (2024)** is on your watchlist." in text_of(
        await asking.say("alice", "!watchlist add home made")
    )
    # A namesake that few know takes no stars of it either.
    await asking.bot.services.store.films.add("Parasite", 1982, [], None)
    await asking.env.advance_time(301)
    asked = await asking.say("alice", "!rate Parasite 4")
    assert text_of(asked).startswith("I did not know **Parasite (2019)** by Maria Lind. Add it?")
    assert text_of(asked).endswith("Or do you mean **Parasite (1982)**?")
    assert labels_of(asked) == ["Add and rate ★★★★", "4 stars for Parasite (1982)", "None of these"]
    assert "did not know **Parasite (2019)**" in text_of(await asking.say("alice", "!rate Parasite 2019 4"))
    assert "did not know **Blade Runner 2049 (2017)**" in text_of(
        await asking.say("alice", "!rate Blade Runner 2049: 4")
    )
    # One that is called otherwise here is asked about.
    await asking.bot.services.store.films.add("Life in Plastic", 2023, [], 1517268)
    await asking.env.advance_time(301)
    assert "Do you mean **Life in Plastic (2023)**?" in text_of(await asking.say("alice", "!rate Barbie 4"))
    assert "I know no film called" in text_of(await asking.say("alice", "!rate Qwertzuiop 4"))

    async def gone(request: object) -> None:
        raise ConnectionError

    server.trouble = gone
    assert "I know no film called" in text_of(await asking.say("alice", "!rate Oppenheimer 4"))
    assert asking.bot.bugs == 0
