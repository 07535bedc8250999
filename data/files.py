"""Small things about files and folders that reading and writing share."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.errors import DataFolderError

_ABANDONED_AFTER_S = 86_400


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """Tell what the system says about a folder that cannot be used as DataFolderError."""
    try:
        yield
    except OSError as error:
        raise DataFolderError(folder, (error.strerror or str(error)).lower()) from error


def sweep(folder: Path, prefix: str) -> None:
    """Remove the folders named `prefix…` that killed processes left behind."""
    for path in folder.glob(f"{prefix}*"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _ABANDONED_AFTER_S:
                shutil.rmtree(path, ignore_errors=True)


def make_private(path: Path) -> None:
    """Let nobody but the owner read and write a file, which is made if need be."""
    path.touch(mode=0o600)
    mode = path.stat().st_mode
    if os.name == "posix" and mode & 0o077:
        with suppress(PermissionError):  # another's file, or a file system without owners
            path.chmod(mode & 0o700)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    is_folder = path.is_dir()
    if is_folder and os.name != "posix":  # Windows cannot open a folder
        return
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)  # Windows syncs only what it may write
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, text: str, mode: int = 0o666) -> None:
    """Replace a small file so that a crash leaves the old or the new text, never half of one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.touch(mode)
        temporary.write_text(text, "utf-8")
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
