"""What a data folder holds is its owner's alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Run
from tests.bot.conftest import OpenStage

pytestmark = pytest.mark.skipif(os.name != "posix", reason="this system has no such permissions")


def open_to_others(folder: Path) -> list[str]:
    """Files and folders that somebody else may read, write or enter."""
    return [str(one) for one in (folder, *folder.rglob("*")) if stat.S_IMODE(one.stat().st_mode) & 0o077]


@pytest.fixture(autouse=True)
def _usual_mask() -> Iterator[None]:
    """What most systems begin with."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_all_that_a_training_makes(marquee: Run, data_dir: Path) -> None:
    assert marquee("train").code == 0
    assert (data_dir / "marquee.db").is_file()
    assert (data_dir / "models" / "CURRENT").is_file()
    assert open_to_others(data_dir) == []


async def test_all_that_a_bot_makes_in_a_folder_of_an_earlier_version(open_stage: OpenStage, tmp_path: Path) -> None:
    stage = await open_stage()
    await stage.say("alice", "!rate Heat 4.5")
    assert (tmp_path / "data" / "marquee.db-wal").is_file()
    mine = [one for one in (tmp_path / "data").iterdir() if one.is_file()]
    assert [one.name for one in mine if stat.S_IMODE(one.stat().st_mode) & 0o077] == []
    assert {"marquee.db", "marquee.db-wal", "marquee.db-shm", "deleted"} <= {one.name for one in mine}
