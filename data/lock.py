"""A lock on a file that ends with its process, however that ends; the file says who holds it."""

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from data.errors import HeldError
from data.files import usable

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a locked byte cannot be read by others, so it is one behind the text

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that holds a lock, since then (epoch seconds)."""

    pid: int
    host: str
    since: int


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock while the block runs; raises HeldError where somebody does, DataFolderError.

    The file stays: whoever removed it could remove one that another process has just locked.
    """
    with usable(path.parent):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with usable(path.parent):
            try:
                _lock(descriptor)
            except BlockingIOError:
                raise HeldError(path.parent, _read(path)) from None
            os.ftruncate(descriptor, 0)
            os.write(
                descriptor, json.dumps(asdict(Holder(os.getpid(), socket.gethostname(), int(time.time())))).encode()
            )
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def check_free(path: Path) -> None:
    """Raises HeldError where somebody holds the lock."""
    if path.exists():
        with held(path):
            pass


def _read(path: Path) -> Holder | None:
    """Who holds the lock; None where they have not written it yet."""
    try:
        return Holder(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
