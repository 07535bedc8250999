"""`demo`: a data set and a model at hand before the first line, and the operator's own settings left alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import data
from bot.demo.roster import FILE_NAME
from data import Dataset, DownloadError, load_dataset
from data.lock import held
from tests.bot.cli.conftest import Run, files_in

ROOT = Path(__file__).parents[3]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.txt"
    path.write_text("ann: !rate Heat 4.5\nann: !recommend 3\n", "utf-8")
    return path


def test_a_script_is_played_and_the_model_kept_for_the_next_time(marquee: Run, script: Path, tmp_path: Path) -> None:
    # Neither a token nor another Discord is for the demo; the data folder of the real bot stays untouched.
    mine = {"DISCORD_TOKEN": "MTIz.secret", "DISCORD_API_URL": "http://127.0.0.1:9/api/v10"}
    first = marquee("demo", "--script", str(script), "--json", **mine)
    assert first.code == 0, first.err
    assert "A first model is trained on films" in first.err
    messages = [json.loads(line) for line in first.out.splitlines()]
    assert [message["to"] for message in messages] == ["ann", "ann"]
    assert "Heat (1995)" in messages[0]["text"]
    assert "Films for you" in messages[1]["text"]
    assert "MTIz" not in first.out + first.err
    assert not (tmp_path / "data").exists()

    cached = files_in(tmp_path / "cache")
    second = marquee("demo", "--script", str(script), "--json")
    assert second.code == 0, second.err
    assert "A first model" not in second.err
    assert files_in(tmp_path / "cache") == cached


def test_a_data_folder_in_use_is_one_sentence(marquee: Run, script: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with held(tmp_path / "kept" / "marquee.lock"):
        ended = marquee("demo", "--script", str(script), "--data-dir", str(tmp_path / "kept"))
    assert ended.code == 1
    assert ended.sentence.startswith(f"Another Marquee serves the data folder {tmp_path / 'kept'} (process ")


def test_without_a_download_it_goes_on_with_the_sample(
    marquee: Run, script: Path, films: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def load(name: str, folder: Path, *, progress: bool = False) -> Dataset:
        asked.append(name)
        if name != "sample":
            raise DownloadError(name, "https://example.org", "the server cannot be reached")
        return load_dataset(str(films), folder, progress=progress)

    monkeypatch.setattr(data, "load_dataset", load)
    monkeypatch.setattr("bot.wiring.load_dataset", lambda name, folder: load(name, folder))
    ended = marquee("demo", "--script", str(script), DATASET="ml-latest-small")
    assert ended.code == 0, ended.err
    assert asked == ["ml-latest-small", "sample", "sample"]
    told = "ml-latest-small could not be downloaded (the server cannot be reached); going on with the sample."
    assert told in ended.err.splitlines()
    assert "Heat (1995)" in ended.out


def test_a_malformed_line_is_told_with_its_number(marquee: Run, tmp_path: Path) -> None:
    (tmp_path / "script.txt").write_text("ann: !rate Heat 4\n/jump\n", "utf-8")
    ended = marquee("demo", "--script", str(tmp_path / "script.txt"))
    assert ended.code == 2
    assert "line 2" in ended.err
    assert "Traceback" not in ended.err


def test_a_roster_that_is_none(marquee: Run, script: Path, tmp_path: Path) -> None:
    """The file beside the database that brings the same people back."""
    folder = tmp_path / "demo"
    assert marquee("demo", "--script", str(script), "--data-dir", str(folder)).code == 0
    roster = folder / FILE_NAME
    roster.write_text("{", "utf-8")
    ended = marquee("demo", "--script", str(script), "--data-dir", str(folder))
    assert ended.code == 2
    assert str(roster) in ended.err
    assert "Traceback" not in ended.err
    assert roster.read_text("utf-8") == "{"


def test_without_its_package_it_says_what_to_install(tmp_path: Path) -> None:
    without = "import sys; sys.modules['simcord'] = None; sys.argv[1:] = ['demo']; from bot.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", without], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "marquee demo needs the extra package: pip install 'marquee-bot[demo]'\n"
