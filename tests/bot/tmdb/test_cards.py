"""Cards and lists in a server whose bot asks a TMDB on the loopback."""

import csv
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.event import alt_texts_of, walk
from bot.demo.images import Images, fetch_images
from bot.demo.tmdb import LoopbackTmdb, told
from tests.bot.conftest import ACTION, ROMANCE, OpenStage, Stage, labels_of, text_of

TITLES = (*ACTION, *ROMANCE)


@pytest.fixture
async def server() -> AsyncIterator[LoopbackTmdb]:
    films = [told(10 * number, title, 1995, 1000 + number) for number, title in enumerate(TITLES, 1)]
    async with LoopbackTmdb(films).served() as served:
        yield served


@pytest.fixture
async def linked(open_stage: OpenStage, server: LoopbackTmdb, films: Path, tmp_path: Path) -> Stage:
    """The films with their numbers at TMDB; one is found by its number at IMDb, and one has none."""
    folder = shutil.copytree(films, tmp_path / "linked")
    with (folder / "links.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["movieId", "imdbId", "tmdbId"])
        writer.writerows([10 * number, 1000 + number, 10 * number if number != 2 else ""] for number in range(1, 21))
    return await open_stage(dataset=str(folder), **server.settings)


def wire(message: Any) -> list[dict[str, Any]]:
    return [one if isinstance(one, dict) else one.to_dict() for one in message.components]


def links_of(message: Any) -> dict[str, str]:
    return {one["label"]: one["url"] for one in walk(wire(message)) if one.get("url") and one.get("label")}


def posters_of(message: Any) -> list[str]:
    return list(alt_texts_of(wire(message)).values())


async def test_a_card_with_all_there_is(linked: Stage, server: LoopbackTmdb) -> None:
    card = await linked.say("alice", "!movie Heat")
    text = text_of(card)
    for told_of in (
        "## Heat (1995)\n-# Action · 1 h 58 min · rated PG-13 · United States\n",
        "By **Maria Lind**, with Ada Byron, Alan Mathison\n",
        "Nobody expected this story to be told twice.",
        "**Stream (US)** Cinemathek\n-# Poster and plot from TMDB, where to watch from JustWatch",
    ):
        assert told_of in text
    assert posters_of(card) == ["Poster of Heat (1995)"]
    assert labels_of(card) == ["Rate", "Seen", "Watchlist", "Hide", "Similar", "Why", "Trailer", "IMDb", "TMDB"]
    assert links_of(card) == {
        "Trailer": "https://www.youtube.com/watch?v=demo0000010",
        "IMDb": "https://www.imdb.com/title/tt0001001/",
        "TMDB": "https://www.themoviedb.org/movie/10",
    }
    images: Images = {}
    await fetch_images(linked.env.backend, images)  # as Discord does, and the demo in a browser
    assert [content[1:4] for _, content in images.values()] == [b"PNG"]
    await linked.say("bob", "!movie Heat")
    assert len(server.asked) == 1
    assert "not endorsed or certified by TMDB" in text_of(await linked.say("alice", "!about"))


async def test_a_list_shows_its_posters(linked: Stage, server: LoopbackTmdb) -> None:
    await linked.say("alice", "!rate Heat 5\nAlien 5")
    shown = await linked.say("alice", "!recommend")
    lines = [line for line in text_of(shown).splitlines() if line[:1].isdigit()]
    assert len(posters_of(shown)) >= 8
    assert all(f"**{alt.removeprefix('Poster of ')}**" in "".join(lines) for alt in posters_of(shown))
    assert posters_of(await linked.say("alice", "!similar Heat"))
    await linked.say("alice", "!watchlist add Jaws")
    assert posters_of(await linked.say("alice", "!watchlist")) == []  # one alone would be as large as the card
    await linked.say("alice", "!watchlist add Ghost")
    shown = await linked.say("alice", "!watchlist")
    assert posters_of(shown) == ["Poster of Ghost (2007)", "Poster of Jaws (2002)"]
    # Whoever wants none gets none, in direct messages too; and others do.
    said = text_of(await linked.say("alice", "!profile pictures off"))
    assert said == "I leave out posters and charts when you ask; what they show stands in words."
    assert "Changed back: you get pictures." in text_of(await linked.say("alice", "!undo"))
    assert posters_of(await linked.say("alice", "!movie Jaws"))
    await linked.say("alice", "!profile pictures off")
    asked = len(server.asked)
    for line in ("!recommend", "!similar Heat", "!watchlist", "!movie Jaws", "!profile"):
        reply = await linked.say("alice", line)
        assert posters_of(reply) == []
        assert not reply.attachments
    assert len(server.asked) == asked
    assert "Nobody expected" in text_of(await linked.say("alice", "!movie Jaws"))
    await linked.member("alice").send_dm("!movie Jaws")
    assert posters_of(linked.private("alice")) == []
    assert posters_of(await linked.say("bob", "!movie Jaws"))
    await linked.restart()
    assert posters_of(await linked.say("alice", "!movie Jaws")) == []
    await linked.say("alice", "!profile pictures on")
    assert posters_of(await linked.say("alice", "!movie Jaws"))
    await linked.owner.send(linked.channel, "!config pictures off")
    assert posters_of(await linked.say("alice", "!movie Jaws")) == []
    assert "not here: this server wants words" in text_of(await linked.say("alice", "!profile pictures on"))
    # What TMDB was asked for tells nothing of who asked.
    assert {path.split("?")[0].rpartition("/")[0] for path in server.asked} <= {"/3/movie", "/3/find"}
    assert linked.bot.bugs == 0


async def test_with_tmdb_gone_all_is_answered(linked: Stage, server: LoopbackTmdb) -> None:
    async def gone(request: object) -> None:
        raise ConnectionError

    server.trouble = gone
    card = await linked.say("alice", "!movie Heat")
    assert "## Heat (1995)\n-# Action\n" in text_of(card)
    assert labels_of(card)[6:] == ["IMDb", "TMDB"]
    assert "10. " in text_of(await linked.say("alice", "!recommend"))
    assert posters_of(linked.last) == []
    assert linked.bot.bugs == 0
