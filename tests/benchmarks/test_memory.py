"""The parts of the memory benchmark, on little data: a real training and a real bot, each in a process of its own."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import memory
from benchmarks.generated import generated, write_csv
from tests.bot.conftest import write_films
from tests.fake_discord import FakeDiscord

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


def test_resident_memory_is_in_mib() -> None:
    before = memory.resident_mib(os.getpid())
    held = bytearray(os.urandom(64 << 20))
    assert memory.resident_mib(os.getpid()) - before == pytest.approx(64, abs=16)
    assert len(held) == 64 << 20


@pytest.mark.training
async def test_a_first_training_then_ten_commands_and_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []
    ask = FakeDiscord.ask

    async def noted(discord: FakeDiscord, name: str, text: str, timeout_s: float = 30) -> dict[str, Any]:
        answers.append(await ask(discord, name, text, timeout_s))
        return answers[-1]

    monkeypatch.setattr(FakeDiscord, "ask", noted)
    monkeypatch.setattr(memory, "SETTLE_S", 0.1)
    films = write_films(tmp_path / "films")
    settings = {"DATASET": str(films), "DATA_DIR": str(tmp_path / "data"), "RETRAIN_EVERY": "off"}
    assert 100 < await memory.train(settings) < 4000
    assert all(50 < one < 1000 for one in await memory.serve(settings, [10, 20, 30, 40]))
    assert len(answers) == 11
    assert answers[0]["content"].startswith("**Heat (1995)** ★★★★")
    assert answers[-2]["embeds"][0]["title"] == "What I can do"
    assert "attachment://" in json.dumps(answers[-1]["components"])


@pytest.mark.training
async def test_a_training_that_brings_no_model_is_an_error(tmp_path: Path) -> None:
    noise = write_csv(tmp_path / "noise", *generated(200, 150, 6000))
    settings = {"DATASET": str(noise), "DATA_DIR": str(tmp_path / "data"), "RETRAIN_EVERY": "off"}
    with pytest.raises(RuntimeError, match="refused below_popularity"):
        await memory.train(settings)


def test_the_report_says_what_is_what() -> None:
    shown = memory.report(memory.Memory("made", 100.4, 110.0, 140.0, 600.0))
    assert [list(column.cells) for column in shown.columns] == [["made"], ["100"], ["110"], ["140"], ["600"]]
