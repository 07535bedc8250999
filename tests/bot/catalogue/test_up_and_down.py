"""From a small data set to one with more films, which has some of ours by other numbers, and back: nothing is lost."""

import json
import random
import shutil
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.chat.plots import loss_plot
from bot.imports import Imported
from bot.imports.service import Preview
from bot.journal.service import TakenBack
from bot.waiting import wait_directly
from bot.wiring import Services
from tests.bot.conftest import settings_for

MEMBERS = range(1_001, 1_011)
OWN = 20
"""Films that the small data set lacks: the first half of them the large one has, by numbers of its own."""
FIRST_OWN, FIRST_OF_THEIRS = 7_000_000, 50_000
SMALL, MORE = 25, 300
"""Films of the small data set, and films that only the large one has."""
NOW = 1_800_000_000
NUMBERS = {"movie_id", "imdb_id", "tmdb_id", "rating_changes"}
"""What may become another: films' numbers, and how often a member's ratings were."""


def larger(films: Path, folder: Path) -> Path:
    """All films of the small data set by the same numbers, and others."""
    shutil.copytree(films, folder)
    theirs = [(FIRST_OF_THEIRS + k, f"Own Film {chr(65 + k)}", FIRST_OWN + k) for k in range(OWN // 2)]
    others = [(FIRST_OF_THEIRS + 100 + k, f"Further Film {k}", 8_000_000 + k) for k in range(MORE)]
    with (folder / "movies.csv").open("a") as movies, (folder / "links.csv").open("w") as links:
        links.write("movieId,imdbId,tmdbId\n")
        for movie_id, title, imdb_id in theirs + others:
            movies.write(f"{movie_id},{title} (2019),Comedy\n")
            links.write(f"{movie_id},{imdb_id:07d},{movie_id}\n")
    return folder


@asynccontextmanager
async def serving(data: Path, dataset: Path) -> AsyncIterator[Services]:
    services = await Services.open(settings_for(data, dataset), plot=loss_plot, wait=wait_directly)
    try:
        yield services
    finally:
        await services.close()


async def live(services: Services, member: int) -> None:
    """Rate, shelve, import and undo films of both kinds, as somebody would; the last change is a rating."""
    chance = random.Random(member)
    films = list(services.search.catalogue)
    own = [one for one in films if one > FIRST_OWN]
    chosen = [*chance.sample(films, 8), *chance.sample(own, 6)]
    for at, movie_id in enumerate(dict.fromkeys(chosen)):
        await services.ratings.rate(member, movie_id, chance.choice([2.0, 3.5, 5.0]), NOW + at)
    await services.journal.undo_last(member)
    for at, movie_id in enumerate(chance.sample([one for one in films if one not in chosen], 6)):
        await services.shelves.put(member, "watchlist" if at % 2 else "hidden", movie_id, NOW + 60 + at)
    rows = [f"2024-05-0{1 + k},Own Film {chr(65 + chance.randrange(OWN))},2019,x,{k}" for k in range(1, 5)]
    letterboxd = "\n".join(["Date,Name,Year,Letterboxd URI,Rating", *rows]).encode()
    preview = await services.imports.preview(member, "ratings.csv", letterboxd, NOW + 70)
    assert isinstance(preview, Preview)
    assert isinstance(await services.imports.confirm(member, preview.import_id, NOW + 80), Imported)
    await services.ratings.rate(member, chance.choice(own), 1.0, NOW + 90)


async def told(services: Services, member: int) -> Any:
    """An export with films' titles in the place of their numbers, in no order, which the numbers make."""
    export = await services.exports.export(member, NOW + 1_000, "words")
    with zipfile.ZipFile(BytesIO(export.content)) as archive:
        return _named(json.loads(archive.read("marquee.json")), services)


def _named(value: Any, services: Services) -> Any:
    if isinstance(value, dict):
        rows = {key: _named(one, services) for key, one in value.items() if key not in NUMBERS}
        return rows | ({"film": services.search.named(value["movie_id"]).label} if "movie_id" in value else {})
    return sorted((_named(one, services) for one in value), key=json.dumps) if isinstance(value, list) else value


async def test_nothing_is_lost_on_the_way_up_and_down(films: Path, trained: Path, tmp_path: Path) -> None:
    data = shutil.copytree(trained, tmp_path / "data")
    large = larger(films, tmp_path / "large")
    async with serving(data, films) as services:
        for k in range(OWN):
            await services.store.films.add(f"Own Film {chr(65 + k)}", 2019, ["Comedy"], FIRST_OWN + k)
        await services.catalogue.notice_change()
        for member in MEMBERS:
            await live(services, member)
        before = {member: await told(services, member) for member in MEMBERS}
        assert len(services.search.catalogue) == SMALL + OWN
    async with serving(data, large) as services:
        assert len(services.search.catalogue) == SMALL + OWN + MORE
        assert {services.search.titled(f"Own Film {one}")[0].movie_id for one in "AJ"} == {50_000, 50_009}
        for member in MEMBERS:
            assert await told(services, member) == before[member]
    async with serving(data, films) as services:
        for member in MEMBERS:
            assert await told(services, member) == before[member]
            undone = await services.journal.undo_last(member)
            assert isinstance(undone, TakenBack)
            (entry,) = undone.entries
            assert entry.changes[0].movie is not None
            assert entry.changes[0].movie.title.startswith("Own Film")
            assert await told(services, member) != before[member]
            await services.journal.restore(member, entry.entry.entry_id)
        assert {one.title for one in services.search.catalogue.former.values()} >= {
            f"Further Film {k}" for k in range(9)
        }
