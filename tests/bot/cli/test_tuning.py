"""`tune`, and that `train` and `evaluate` take what it finds."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot.cli import tuning
from recommender import Recommender, TrainingConfig
from recommender.config_file import read_config, write_config
from recommender.evaluation.tuning import SPACES, Validation, parameters_of
from tests.bot.cli.conftest import Run

pytestmark = pytest.mark.skipif(find_spec("optuna") is None, reason="the extra `tune` is not installed")


def tuned(marquee: Run, *arguments: str) -> dict[str, Any]:
    ended = marquee("tune", "--json", "--trials", "2", *arguments)
    assert ended.code == 0, ended.err
    assert "100%" in ended.err
    (line,) = ended.out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.mark.parametrize(("head", "protocols"), [("ranking", {"K"}), ("reranker", {"K"}), ("rating", {"R"})])
def test_one_json_object(marquee: Run, head: str, protocols: set[str]) -> None:
    """The small data set has known users only, and new ratings."""
    found = tuned(marquee, "--head", head)
    assert (found["dataset"], found["head"], found["trials"]) == ("films", head, 2)
    space = {parameter.name for parameter in SPACES[head]}  # type: ignore[index]
    assert set(found["parameters"]["base"]) == set(found["parameters"]["found"]) == space
    assert found["score"]["found"] >= found["score"]["base"]
    assert set(found["validation"]) == protocols
    for figures in found["validation"].values():
        assert set(figures) == {"base", "found"}


def test_what_is_found_can_be_trained_and_evaluated(marquee: Run, data_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    found = tuned(marquee, "--head", "rating", "--out", str(out))
    config = read_config(out)
    assert config.to_dict() == found["config"]
    assert parameters_of(config, "rating") == found["parameters"]["found"]
    assert json.loads(out.read_text("utf-8"))["about"]["trials"] == 2

    write_config(out, TrainingConfig(seed=7), {})  # surely another one
    assert marquee("train", "--config", str(out)).code == 0
    version = (data_dir / "models" / "CURRENT").read_text("utf-8")
    assert Recommender.load(data_dir / "models" / version).config == TrainingConfig(seed=7)

    ended = marquee("evaluate", "--config", str(out), "--against", "default", "--protocols", "K", "--json")
    rows = json.loads(ended.out)["protocols"]["K"]
    assert list(rows) == ["found.json", "default", "popularity", "bias"]


def test_tables_say_what_to_do_next(marquee: Run, tmp_path: Path) -> None:
    storage, out = tmp_path / "search.journal", tmp_path / "found.json"
    first = marquee("tune", "--trials", "2", "--storage", str(storage))
    assert first.code == 0
    assert max(len(line) for line in first.out.splitlines() if "│" in line) <= 80
    for word in ("parameters", "damping", "validation", "K NDCG@10", "standard error", "The best of 2 choices"):
        assert word in first.out
    again = marquee("tune", "--trials", "6", "--storage", str(storage), "--out", str(out))
    assert "The best of 6 choices" in again.out
    assert read_config(out).kind == "factors"


def test_a_search_begins_where_it_is_told(marquee: Run, tmp_path: Path) -> None:
    start = tmp_path / "start.json"
    start.write_text('{"rating": {"dimensions": 3}}', "utf-8")
    found = tuned(marquee, "--head", "rating", "--config", str(start))
    assert found["parameters"]["base"]["dimensions"] == 3


def test_ctrl_c_prints_and_keeps_the_best(marquee: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    measure = Validation.measure
    calls: list[None] = []

    def interrupted(*arguments: Any) -> Any:
        calls.append(None)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return measure(*arguments)

    monkeypatch.setattr(Validation, "measure", interrupted)
    out = tmp_path / "found.json"
    ended = marquee("tune", "--trials", "9", "--out", str(out))
    assert ended.code == 130
    assert "The best of 2 choices" in ended.out
    assert "Traceback" not in ended.err
    assert read_config(out).kind == "factors"
    calls[:] = [None, None]
    ended = marquee("tune", "--trials", "9")
    assert (ended.code, ended.out) == (130, "")
    assert "Traceback" not in ended.err


def test_no_time_measures_the_base_alone(marquee: Run) -> None:
    ended = marquee("tune", "--timeout", "0s")
    assert ended.code == 0
    assert "The best of 1 choice on the validation splits is the one the search began with" in ended.out


def test_a_missing_extra_is_one_sentence(marquee: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning, "find_spec", lambda name: None)
    ended = marquee("tune")
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence == "Tuning needs the extra package: pip install 'marquee-bot[tune]'"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("tune", "--timeout", "soon"),
            "The option --timeout names “soon”, expected a duration such as 90s, 10m",
        ),
        (("tune", "--config", "notebook"), "The option --config names “notebook”, expected one with something to tune"),
        (
            ("tune", "--config", "fast", "--head", "reranker"),
            "The option --config names “fast”, expected one with a re-ranker",
        ),
        (("tune", "--out", "nowhere/found.json"), "The option --out names “nowhere/found.json”, expected a file in a"),
        (("tune", "--storage", "list.csv"), "The option --storage names “list.csv”, expected a new file, or one of"),
        (("tune", "--storage", "."), "The option --storage names “.”, expected a new file, or one of"),
        (("train", "--config", "none.json"), "The configuration none.json cannot be used: no such file or directory."),
        (
            ("evaluate", "--config", "bad.json"),
            "The configuration bad.json cannot be used: ranking has no “speed”",
        ),
        (
            ("tune", "--config", "magic"),
            "“magic” is neither a configuration of a training nor a file. Use one of",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence(marquee: Run, arguments: tuple[str, ...], expected: str) -> None:
    Path("list.csv").write_text("userId,movieId\n", "utf-8")  # in the empty folder of this test
    Path("bad.json").write_text('{"ranking": {"speed": 1}}', "utf-8")
    ended = marquee(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence.startswith(expected)
    assert Path("list.csv").read_text("utf-8") == "userId,movieId\n"
