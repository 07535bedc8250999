"""The export: complete, readable without us, and harmless in a spreadsheet."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from bot.lists.filters import Filters
from bot.privacy import export as exporting
from bot.privacy.service import NothingStoredError
from bot.wiring import Services
from data import Movie
from tests.shelved import shelve

ANN, BOB = 811_222_333_444_555_666, 822_333_444_555_666_777
AT = 1_795_000_000  # 2026-11-18 11:06:40 UTC
README = "words"


async def files_of(services: Services, discord_id: int = ANN) -> dict[str, str]:
    export = await services.exports.export(discord_id, AT + 1_000, README)
    assert export.name == "marquee-2026-11-18.zip"
    with zipfile.ZipFile(io.BytesIO(export.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def live(services: Services) -> int:
    """Somebody who uses everything there is; their user id."""
    await services.ratings.rate_text(ANN, "Heat 5\nAlien 4.5", AT)
    await services.ratings.rate_text(ANN, "Heat 3", AT + 1)
    await services.lists.make(ANN, Filters(count=3), AT + 2)
    await services.store.runs.begin(ANN, 0, 0, AT + 5)
    profile = await services.store.profiles.get_or_create(ANN, AT)
    await shelve(services.store, profile.user_id, "watchlist", [130], AT + 3)
    await shelve(services.store, profile.user_id, "hidden", [140], AT + 4)
    await services.store.ratings.rate(profile.user_id, [(999_999, 1.5)], AT + 6)
    async with services.store._database.write() as tx:
        await tx.rows("INSERT OR REPLACE INTO guesses VALUES (?, 10, 3.5, ?)", (profile.user_id, AT))
        await tx.rows(
            "INSERT INTO imports (user_id, source, plan, created_at) VALUES (?, 'x', '{\"a\": 1}', ?)",
            (profile.user_id, AT),
        )
    return profile.user_id


async def test_the_tables_for_a_spreadsheet(services: Services) -> None:
    await live(services)
    files = await files_of(services)
    assert list(files) == ["ratings.csv", "watchlist.csv", "hidden.csv", "seen.csv", "marquee.json", "README.txt"]
    assert files["README.txt"] == README
    assert files["ratings.csv"].splitlines()[0] == "movie_id,title,year,imdb_id,tmdb_id,rating,rated_at"
    assert [list(row.values()) for row in rows_of(files["ratings.csv"])] == [
        ["10", "Heat", "1995", "", "", "3.0", "2026-11-18T11:06:41Z"],
        ["20", "Alien", "1996", "", "", "4.5", "2026-11-18T11:06:40Z"],
        ["999999", "", "", "", "", "1.5", "2026-11-18T11:06:46Z"],
    ]
    assert files["watchlist.csv"].splitlines()[0] == "movie_id,title,year,imdb_id,tmdb_id,added_at"
    assert [(row["movie_id"], row["added_at"]) for row in rows_of(files["watchlist.csv"])] == [
        ("130", "2026-11-18T11:06:43Z")
    ]
    assert [(row["movie_id"], row["added_at"]) for row in rows_of(files["hidden.csv"])] == [
        ("140", "2026-11-18T11:06:44Z")
    ]


async def test_the_record_is_complete(services: Services) -> None:
    user_id = await live(services)
    record: dict[str, Any] = json.loads((await files_of(services))["marquee.json"])
    assert (record["format"], record["version"], record["id_space"]) == ("marquee-export", 1, "movielens")
    assert record["exported_at"] == "2026-11-18T11:23:20Z"
    profile = record["profile"]
    assert (profile["user_id"], profile["discord_id"], profile["trains"]) == (user_id, str(ANN), True)
    assert (profile["created_at"], profile["visibility"]) == ("2026-11-18T11:06:40Z", "server")
    assert profile["adopted_user_id"] is None
    assert record["ratings"][0] == {
        "movie_id": 10, "title": "Heat", "year": 1995, "imdb_id": None, "tmdb_id": None,
        "rating": 3.0, "rated_at": "2026-11-18T11:06:41Z",
    }  # fmt: skip
    assert [(one["movie_id"], one["before"], one["after"]) for one in record["history"] if one["what"] == "rating"] == [
        (10, None, 5.0), (20, None, 4.5), (10, 5.0, 3.0), (999_999, None, 1.5),
    ]  # fmt: skip
    assert next(one for one in record["history"] if one["before"] == 5.0)["before_at"] == "2026-11-18T11:06:40Z"
    assert len(record["lists"][0]["movie_ids"]) == 3
    assert record["imports"][0]["plan"] == {"a": 1}
    assert record["trainings"][0]["started_at"] == "2026-11-18T11:06:45Z"
    # Every row the member has, and every column but the member's own number.
    everything = await services.store.personal.everything(ANN)
    names = {"changes": "history", "shown_lists": "lists"}
    for table, rows in everything.tables.items():
        told = record[names.get(table, table)] if table != "shelves" else record["watchlist"] + record["hidden"]
        assert len(told) == len(rows), table
        for row in rows:
            assert {"user_id", "stars", "shelf"} >= row.keys() - told[0].keys(), table
    kinds = ("ratings", "watchlist", "hidden", "films")
    films = {one["movie_id"]: one["title"] for kind in kinds for one in record[kind]}
    assert films[20] == "Alien"
    assert {row["movie_id"] for row in record["history"]} | set(record["lists"][0]["movie_ids"]) <= films.keys()


async def test_it_holds_nothing_of_anybody_else(services: Services) -> None:
    await live(services)
    await services.ratings.rate_text(BOB, "Titanic 1", AT)
    text = "".join((await files_of(services)).values())
    assert str(BOB) not in text
    assert "Titanic" not in "".join((await files_of(services))["ratings.csv"])
    with pytest.raises(NothingStoredError):
        await services.exports.export(5, AT, README)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "'"])
def test_no_cell_is_a_formula(first: str) -> None:
    text = exporting._csv(("movie_id", "title"), [{"movie_id": -1, "title": f'{first}cmd|"x"!A1, y'}])
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row == {"movie_id": "-1", "title": f'\'{first}cmd|"x"!A1, y'}


async def test_hostile_titles_survive(services: Services) -> None:
    title = '=HYPERLINK("http://x"), "quoted"\nnew line 映画'
    services.search.catalogue._movies[10] = Movie(10, title, 1995, (), title, imdb_id=113277, tmdb_id=949)
    await services.ratings.rate_text(ANN, "id:10 5", AT)
    files = await files_of(services)
    (row,) = rows_of(files["ratings.csv"])
    assert row["title"] == f"'{title}"
    assert (row["imdb_id"], row["tmdb_id"]) == ("113277", "949")
    assert json.loads(files["marquee.json"])["ratings"][0]["title"] == title
