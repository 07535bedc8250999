"""The real command line: `marquee …` in this process, in an empty folder, with an environment of the test's own."""

import logging
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from discord.http import Route

from bot import cli
from bot.settings import Settings


@dataclass(frozen=True)
class Ended:
    """What a command line left: its exit code and all it printed."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on standard error, below the progress bars if there were any; never a trace."""
        assert "Traceback" not in self.err
        lines = [line.strip() for line in self.err.splitlines() if line.strip()]
        spoken = [line for line in lines if "ratings/s]" not in line]
        assert len(spoken) == 1, spoken
        return spoken[0]


Run = Callable[..., Ended]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def trained_dir(trained: Path, data_dir: Path) -> Path:
    """A data folder with a data set and a model in use."""
    shutil.copytree(trained, data_dir)
    return data_dir


@pytest.fixture
def marquee(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    data_dir: Path,
    films: Path,
) -> Iterator[Run]:
    """`marquee("data", "info", DATASET=…)` runs a command line; keyword arguments are the environment."""
    for name in (*Settings.model_fields, "force_color", "columns"):
        monkeypatch.delenv(name.upper(), raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    monkeypatch.setenv("DATASET", str(films))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    # What a command line may set for the whole process is put back.
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    discord_level = logging.getLogger("discord").level

    def run(*arguments: str, **environment: object) -> Ended:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["marquee", *arguments])
            for name, value in environment.items():
                patch.setenv(name, str(value))
            # No handler of pytest's: the command line sets up its own log, or has none.
            patch.setattr(logging.getLogger(), "handlers", [])
            patch.setattr(logging.getLogger(), "level", logging.WARNING)
            capsys.readouterr()
            try:
                cli.main()
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    yield run
    logging.getLogger("discord").setLevel(discord_level)


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def ratings_in(database: Path) -> list[tuple[int, int, float]]:
    """The chat ratings as they are in the file."""
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return list(connection.execute("SELECT user_id, movie_id, stars FROM ratings ORDER BY 1, 2"))
    finally:
        connection.close()
