"""Who imports whom, and what the command line does not load until it is needed."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("torch", "numpy", "discord", "pandas", "pyarrow", "matplotlib", "simcord", "aiosqlite", "rapidfuzz", "pooch")


def contracts() -> list[str]:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [contract["name"] for contract in configuration["tool"]["importlinter"]["contracts"]]


def test_the_contracts_are_kept() -> None:
    checked = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    for name in contracts():
        assert f"{name} KEPT" in checked.stdout


def loaded_by(statement: str) -> set[str]:
    """The top-level packages in memory after a statement, in a fresh process."""
    printed = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(printed.stdout.split())


def test_the_command_line_loads_nothing_heavy_before_a_command_runs() -> None:
    """`marquee --help` answers at once, and a training process, which imports this package again, starts light."""
    loaded = loaded_by("import bot.cli, bot.__main__")
    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY)


IN_CHAT = (
    *("cog", "replies", "asking", "looking", "showing", "syncing", "presence", "phrases", "events", "dates", "polls"),
)
"""How the names of a topic's modules end that speak to Discord; all others are its service and what that is made of."""


def services() -> list[str]:
    modules = sorted((ROOT / "bot").glob("*/*.py"))
    topics = [one for one in modules if one.parent.name not in ("chat", "cli", "demo") and one.stem != "__init__"]
    return [f"bot.{one.parent.name}.{one.stem}" for one in topics if not one.stem.endswith(IN_CHAT)]


def test_what_a_topic_decides_knows_no_discord() -> None:
    assert "bot.ratings.service" in services()
    loaded = loaded_by(f"import {', '.join(services())}")
    assert loaded.isdisjoint({"discord", "simcord", "matplotlib", "torch"})


@pytest.mark.parametrize(
    ("statement", "foreign"),
    [
        ("import bot.app", {"simcord", "matplotlib", "torch", "requests"}),
        ("import bot.chat.sentences, bot.chat.plots", {"discord", "matplotlib"}),
        ("import recommender", {"torch"}),
    ],
)
def test_nothing_is_loaded_by_a_detour(statement: str, foreign: set[str]) -> None:
    assert loaded_by(statement).isdisjoint(foreign)
