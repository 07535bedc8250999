"""`train` in several processes: one model, one voice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.launched import Launch, _is_told_elsewhere
from data.errors import CorruptDatasetError
from recommender import NotEnoughDataError, Recommender, TrainingConfig
from recommender.errors import DeviceMissingError, ProcessLostError
from recommender.processes import ALONE
from tests.bot.cli.conftest import Run

REPOSITORY = Path(__file__).parents[3]
TORCHRUN = (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m", "bot")


def torchrun(*arguments: str, data_dir: Path, films: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(data_dir), "DATASET": str(films), "OMP_NUM_THREADS": "1"}
    command = [*TORCHRUN, *arguments]
    return subprocess.run(command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)


@pytest.mark.training
def test_two_processes_train_and_the_first_one_writes(data_dir: Path, films: Path) -> None:
    ended = torchrun("train", "--config", "fast", data_dir=data_dir, films=films)
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    version = (data_dir / "models" / "CURRENT").read_text("utf-8")
    assert {path.name for path in (data_dir / "models").iterdir()} == {"CURRENT", version}
    card = json.loads((data_dir / "models" / version / "card.json").read_text("utf-8"))
    assert card["counts"]["users"] == 60
    assert card["metrics"]["users"] > 0
    assert Recommender.load(data_dir / "models" / version).config == TrainingConfig.fast()
    assert ended.stderr.count(f"{version} is in use") == 1


@pytest.mark.training
def test_what_both_meet_is_told_once(data_dir: Path, films: Path) -> None:
    ended = torchrun("train", "--config", "notebook", data_dir=data_dir, films=films)
    assert ended.returncode != 0
    assert ended.stderr.count("A model of the kind “notebook” is trained by one process only.") == 1
    assert not (data_dir / "models" / "CURRENT").exists()


def test_a_device_that_is_not_there_is_a_sentence(marquee: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    ended = marquee("train", "--device", "cuda")
    assert ended.code == 2
    assert ended.sentence == "PyTorch sees 0 GPUs here, --device cuda needs 1. Use --device cpu."


@pytest.mark.parametrize(
    ("error", "tellers"),
    [
        (NotEnoughDataError(3), [0]),
        (ProcessLostError(4), [0]),
        (CorruptDatasetError("ratings.csv", 7, "a rating", "a title"), [0, 1, 2, 3]),  # a file of its own machine
        (ValueError("a bug"), [0, 1, 2, 3]),
    ],
)
def test_who_tells_of_an_error(error: Exception, tellers: list[int]) -> None:
    assert [rank for rank in range(4) if not _is_told_elsewhere(error, rank)] == tellers


@pytest.mark.parametrize("seen", [0, 2])
def test_of_a_machine_with_too_few_gpus_one_process_tells(seen: int) -> None:
    errors = [DeviceMissingError("cuda", place + 1, seen) for place in range(seen, 4)]
    assert [_is_told_elsewhere(error, rank=5) for error in errors] == [False, *[True] * (3 - seen)]


@pytest.mark.parametrize("local_rank", [0, 1])
def test_every_process_loads_once(local_rank: int) -> None:
    loaded: list[str] = []
    launch = Launch(ALONE, local_rank)
    launch.first_on_each_machine(lambda: loaded.append("ratings"))
    assert loaded == ["ratings"]
