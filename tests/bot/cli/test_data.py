"""`data` and `check`."""

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.chat import age_advice
from bot.cli.datasets import catalogue_of
from bot.settings import Settings
from data import load_dataset
from data.lock import held
from tests.bot.cli.conftest import Run, files_in
from tests.data.builders import write_csv
from tests.data.imdb.builders import write_imdb


def row(table: str, name: str) -> str:
    """The value beside a name in a table with lines."""
    found = re.search(rf"│ {name} +│ +(.+?) +│", table)
    assert found is not None, table
    return found[1]


def test_info_counts_what_is_there(marquee: Run, tmp_path: Path) -> None:
    ended = marquee("data", "info", str(write_csv(tmp_path / "tiny")))
    assert ended.code == 0
    assert "tiny" in ended.out
    assert row(ended.out, "users") == "5"
    assert row(ended.out, "movies") == "6 (4 rated)"
    assert row(ended.out, "ratings") == "8"
    assert row(ended.out, "range") == "1 to 5"
    assert row(ended.out, "density") == "40.000%"
    assert row(ended.out, "dates") == "1996-11-08 to 2015-10-24"
    assert row(ended.out, "movie ids") == "movielens"


def test_fetch_fills_the_cache_once(marquee: Run, data_dir: Path) -> None:
    first = marquee("data", "fetch")
    assert first.code == 0
    assert first.out.startswith("films: 740 ratings, ready in ")
    assert first.out.count("\n") == 1
    cached = files_in(data_dir / "datasets")
    second = marquee("data", "fetch")
    assert (second.out, second.err) == (first.out, "")
    assert files_in(data_dir / "datasets") == cached


CHECKED = ("token", "data folder", "database", "data set", "model", "training", "operators", "posters")


def checks(out: str) -> dict[str, tuple[str, str]]:
    """Verdict and text of each point."""
    lines = [re.fullmatch(r"(ok|missing) +([a-z ]+?): (.+)", line) for line in out.splitlines()]
    assert all(lines), out
    return {line[2]: (line[1], line[3]) for line in lines if line is not None}


def test_check_says_what_a_first_run_lacks(marquee: Run, data_dir: Path) -> None:
    ended = marquee("check")
    assert (ended.code, ended.err.count("Traceback")) == (1, 0)
    found = checks(ended.out)
    assert tuple(found) == CHECKED
    assert found["token"][0] == "missing"
    assert "put your bot's token into .env" in found["token"][1]
    assert found["data folder"] == ("ok", str(data_dir))
    assert found["database"] == ("ok", "none yet; made at the first start")
    assert found["data set"][0] == "ok"
    assert "740 ratings of 25 films" in found["data set"][1]
    assert found["model"][0] == "ok"
    assert found["model"][1].startswith("none yet")
    assert found["operators"][0] == "ok"


def test_check_is_content_when_all_is_there(marquee: Run, trained_dir: Path) -> None:
    ended = marquee("check", DISCORD_TOKEN="MTIz.secret", OPERATOR_IDS="7, 5")
    assert ended.code == 0
    found = checks(ended.out)
    assert {verdict for verdict, _ in found.values()} == {"ok"}
    assert found["model"][1] == (trained_dir / "models" / "CURRENT").read_text("utf-8")
    assert found["operators"][1] == "5, 7"
    assert "MTIz" not in ended.out + ended.err


def test_check_beside_a_running_bot_says_so(marquee: Run, trained_dir: Path) -> None:
    with held(trained_dir / "marquee.lock"):
        ended = marquee("check", DISCORD_TOKEN="MTIz.secret")
    assert ended.code == 0
    good, text = checks(ended.out)["data folder"]
    assert good == "ok"
    assert f"a bot runs on it (process {os.getpid()} on " in text


def test_check_names_every_fault_at_once(marquee: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    tmdb = {"TMDB_TOKEN": "a-secret", "TMDB_API_URL": "http://127.0.0.1:9"}
    ended = marquee("check", DATASET="ml-33m", DATA_DIR=tmp_path / "file" / "data", **tmdb)
    assert ended.code == 1
    found = checks(ended.out)
    assert tuple(found) == CHECKED
    assert [name for name, (verdict, _) in found.items() if verdict == "missing"] == [
        "token",
        "data folder",
        "data set",
        "posters",
    ]
    assert "no connection" in found["posters"][1]
    assert "a-secret" not in ended.out + ended.err


def test_check_of_a_token_with_a_line_break(marquee: Run) -> None:
    ended = marquee("check", DISCORD_TOKEN="MTIz.secret\nX=1")
    assert checks(ended.out)["token"][0] == "missing"
    assert "MTIz" not in ended.out + ended.err


@pytest.mark.parametrize(
    ("year", "is_old"), [(2018, True), (2022, True), (2023, False), (datetime.now(UTC).year, False)]
)
def test_an_old_catalogue_is_told_with_the_step_up_unless_it_is_the_step(
    tmp_path: Path, year: int, is_old: bool
) -> None:
    source = write_csv(tmp_path / "source")
    newest = int(datetime(year, 1, 2, tzinfo=UTC).timestamp())
    with (source / "ratings.csv").open("a", newline="") as file:
        file.write(f"7,1,3.0,{newest}\r\n")
    settings = Settings(_env_file=None, data_dir=tmp_path)  # type: ignore[call-arg]
    advice = age_advice(load_dataset(str(source), tmp_path / "datasets"), settings)
    assert (advice is not None) == is_old
    if advice is not None:
        assert f"ends in {year}" in advice
        assert "DATASET=ml-32m" in advice


def test_a_catalogue_that_has_newer_films_is_not_old(marquee: Run, data_dir: Path, tmp_path: Path) -> None:
    """The films that IMDb's files brought, one of 2023 among them; one that was added by hand alone says nothing."""
    assert marquee("catalogue", "add", "My Film", "2026").code == 0
    assert "takes newer films" in checks(marquee("check").out)["data set"][1]
    assert marquee("catalogue", "sync", "--from", str(write_imdb(tmp_path / "imdb"))).code == 0
    assert "the catalogue ends" not in checks(marquee("check").out)["data set"][1]


def test_an_evaluation_sees_all_that_the_catalogue_tells(
    marquee: Run, data_dir: Path, films: Path, tmp_path: Path
) -> None:
    """What IMDb's files say of films of the data set; none where there is no database."""
    dataset = shutil.copytree(films, tmp_path / "linked")
    (dataset / "links.csv").write_text("movieId,imdbId,tmdbId\n10,0114709,862\n")
    settings = Settings(_env_file=None, data_dir=data_dir)  # type: ignore[call-arg]
    loaded = load_dataset(str(dataset), settings.datasets_dir)
    assert list(catalogue_of(loaded, settings).frame()) == ["movie_id", "title", "year", "genres"]
    assert not settings.database_path.exists()
    files = str(write_imdb(tmp_path / "imdb"))
    assert marquee("catalogue", "sync", "--from", files, DATASET=dataset).code == 0
    told = catalogue_of(loaded, settings).frame().set_index("movie_id").loc[10]
    assert (told["runtime_min"], told["source_mean"], told["source_votes"]) == (81, 8.3, 1_100_000)
    ended = marquee("evaluate", "--json", "--protocols", "K", "--seeds", "1", DATASET=dataset)
    assert ended.code == 0, ended.err
