"""The bot's own process answers without torch: that is the training process's, with its hundreds of megabytes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bot.without_torch import answers

ROOT = Path(__file__).parents[2]


def refused(data_dir: Path, films: Path) -> dict[str, Any]:
    """The answers of a process that cannot import torch."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bot.without_torch", str(data_dir), str(films)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    answered: dict[str, Any] = json.loads(ended.stdout)
    return answered


async def test_a_trained_model_answers_without_torch_as_with_it(films: Path, trained: Path, tmp_path: Path) -> None:
    for name in ("without", "with"):
        shutil.copytree(trained, tmp_path / name)
    without = refused(tmp_path / "without", films)
    assert without["version"] == (tmp_path / "without" / "models" / "CURRENT").read_text()
    assert len(without["list"]) == 10
    beside = json.loads(json.dumps(await answers(tmp_path / "with", str(films))))
    for exact in ("version", "tastes", "question", "similar"):
        assert without[exact] == beside[exact]
    assert [film for film, _ in without["list"]] == [film for film, _ in beside["list"]]
    for close in ("list", "why", "stars"):
        assert flat(without[close]) == pytest.approx(flat(beside[close]), rel=1e-6)


def test_before_the_first_training_popularity_answers_without_torch(films: Path, tmp_path: Path) -> None:
    answered = refused(tmp_path / "data", films)
    assert answered["version"] == "popularity"
    assert len(answered["list"]) == 10


def flat(value: Any) -> list[float]:
    return [number for one in value for number in flat(one)] if isinstance(value, list) else [value]
