"""`catalogue sync`, `catalogue info` and `catalogue add`, as an operator types them."""

from pathlib import Path

import pytest

from data.imdb import fetching
from tests.bot.cli.conftest import Run
from tests.bot.cli.test_data import row
from tests.data.imdb.builders import write_imdb
from tests.data.imdb.server import serving
from tests.data.store.old_databases import rows_in

CREDIT = "Information courtesy of IMDb (https://www.imdb.com). Used with permission."


def told(out: str) -> str:
    return " ".join(out.split())


def test_films_are_taken_from_a_folder(marquee: Run, tmp_path: Path, data_dir: Path) -> None:
    files = write_imdb(tmp_path / "imdb")
    ended = marquee("catalogue", "sync", "--from", str(files))
    assert ended.code == 0, ended.err
    assert "films: 4 added, 0 gone" in ended.out
    assert "a training is due" in ended.out
    assert CREDIT in ended.out
    assert "title.principals" in ended.err
    info = marquee("catalogue", "info")
    assert row(info.out, "films that it lacks") == "4 (0 added by hand)"
    assert row(info.out, "told of by IMDb") == "4"
    assert row(info.out, "told of by TMDB") == "0"
    assert CREDIT in info.out
    again = marquee("catalogue", "sync", "--from", str(files))
    assert "films: 0 added" in again.out
    assert "a training is due" not in again.out
    assert not list(data_dir.glob(".catalogue-*"))


def test_films_are_fetched_once(marquee: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(write_imdb(tmp_path / "served")) as server:
        monkeypatch.setattr(fetching, "BASE_URL", server.url)
        assert "films: 4 added" in marquee("catalogue", "sync", CATALOGUE_MIN_VOTES=1000).out
        assert "films: 1 added" in marquee("catalogue", "sync", CATALOGUE_MIN_VOTES=900).out
        assert [status for _, _, status in server.asked] == [200] * 6 + [304] * 6


def test_a_damaged_file_is_told_of_in_one_sentence(marquee: Run, tmp_path: Path, data_dir: Path) -> None:
    files = write_imdb(tmp_path / "imdb")
    marquee("catalogue", "info")
    before = rows_in(data_dir / "marquee.db")
    damaged = files / "title.crew.tsv.gz"
    damaged.write_bytes(damaged.read_bytes()[:-9])
    ended = marquee("catalogue", "sync", "--from", str(files))
    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith(f"The file {damaged} cannot be used (it ")
    assert rows_in(data_dir / "marquee.db") == before


def test_a_server_that_cannot_be_reached_is_told_of(marquee: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "BASE_URL", "http://127.0.0.1:9/")
    ended = marquee("catalogue", "sync")
    assert ended.code == 1
    assert "could not be downloaded from http://127.0.0.1:9/title.ratings.tsv.gz" in ended.err


def test_a_film_is_added_by_hand(marquee: Run, data_dir: Path) -> None:
    ended = marquee("catalogue", "add", "Oppenheimer", "2023", "--genre", "action", "--imdb", "tt15398776")
    assert told(ended.out).startswith("Oppenheimer (2023) is in the catalogue now, as id:115398776")
    again = marquee("catalogue", "add", "Oppenheimer", "2023", "--imdb", "15398776")
    assert "was in the catalogue already" in again.out
    assert "id:2000000000" in marquee("catalogue", "add", " My  Home Movie ", "2024").out
    assert row(marquee("catalogue", "info").out, "films that it lacks") == "2 (2 added by hand)"
    titles = [film[1] for film in rows_in(data_dir / "marquee.db")["films"]]
    assert "My Home Movie" in titles


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Oppenheimer", "1023"), "YEAR"),
        ((" ", "2023"), "TITLE"),
        (("Oppenheimer", "2023", "--imdb", "nm1"), "--imdb"),
        (("Oppenheimer", "2023", "--genre", "Biopic"), "--genre"),
    ],
)
def test_what_cannot_be_added_is_told(marquee: Run, arguments: tuple[str, ...], said: str) -> None:
    ended = marquee("catalogue", "add", *arguments)
    assert ended.code == 2
    assert said in ended.err
