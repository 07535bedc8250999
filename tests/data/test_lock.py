"""A lock that ends with its process, held by real processes."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.errors import DataFolderError, HeldError
from data.lock import check_free, held

HOLD = """
import pathlib, sys, data.lock
with data.lock.held(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it reads a line."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_one_process_holds_it_and_the_other_is_told_who(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with holder(path) as process:
        for ask in (check_free, lambda path: held(path).__enter__()):
            with pytest.raises(HeldError) as caught:
                ask(path)
            assert caught.value.folder == tmp_path
            who = caught.value.holder
            assert who is not None
            assert (who.pid, who.host) == (process.pid, socket.gethostname())
            assert 0 <= time.time() - who.since < 600


@pytest.mark.parametrize("is_killed", [False, True])
def test_it_ends_with_its_process(tmp_path: Path, is_killed: bool) -> None:
    path = tmp_path / "lock"
    with holder(path) as process:
        if is_killed:
            process.kill()
        else:
            process.communicate("\n")
        process.wait()
        check_free(path)
        with held(path), pytest.raises(HeldError):
            check_free(path)
    check_free(path)


def test_a_holder_that_has_not_said_who_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path):
        path.write_text("{")
        with pytest.raises(HeldError) as caught:
            check_free(path)
    assert caught.value.holder is None


def test_a_lock_is_for_its_owner_alone(tmp_path: Path) -> None:
    with held(tmp_path / "lock"):
        assert (tmp_path / "lock").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    check_free(tmp_path / "nothing" / "lock")
    with pytest.raises(DataFolderError), held(tmp_path / "nothing" / "lock"):
        pass
