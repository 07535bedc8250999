"""CONTRIBUTING's steps for a new command, followed to the letter in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STEP = re.compile(r"```python (\S+)\n(.*?)```", re.DOTALL)
WIRED, LAST = "bot/wiring.py", "    yield OwnerCog("
IMPORTS = "from bot.coin.cog import CoinCog\nfrom bot.coin.service import CoinService\n"
COPIED = ("bot", "data", "recommender", "tests", "pyproject.toml")


def test_a_new_command_is_answered_and_in_the_help(trained: Path, tmp_path: Path) -> None:
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    steps = dict(STEP.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    line = steps.pop(WIRED)
    for name, text in steps.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).parent.joinpath("__init__.py").touch()
        (tmp_path / name).write_text(text, "utf-8")
    wiring = (tmp_path / WIRED).read_text("utf-8").replace(LAST, line + LAST)
    (tmp_path / WIRED).write_text(wiring.replace("from bot.errors", f"{IMPORTS}from bot.errors", 1), "utf-8")
    assert len(line.splitlines()) == 1
    assert len([name for name in steps if name.startswith("bot/coin/")]) == 3
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/bot/coin"],
        cwd=tmp_path,
        env={**os.environ, "MARQUEE_TEST_TRAINED": str(trained), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "1 passed" in ran.stdout, ran.stdout + ran.stderr
