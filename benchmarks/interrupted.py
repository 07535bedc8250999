"""`marquee catalogue sync`, killed at any moment, on a disk that is full, with a file that is cut short.

On generated files of IMDb's form. After each end the catalogue is as it was, or as it is once the files are taken, the
database is sound, and the next sync brings what one brings that nothing disturbed.
"""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.table import Table

from benchmarks.imdbfiles import write_files
from benchmarks.timing import scratch, table
from data.imdb.tables import file_of

SHARE = 0.02
KILLS, QUICK_KILLS = 15, 3
DISKS_MB = (1, 2, 4, 6, 8, 10, 12, 14, 16, 18)
"""What is free beside the database."""
DATABASE, WAL = "marquee.db", "marquee.db-wal"
POLL_S = 0.002
TABLES = ("films", "film_titles")


@dataclass(frozen=True, slots=True)
class Measured:
    """By what disturbed it: how many ends left it as before, as after, as neither; and next syncs that failed."""

    ends: dict[str, Counter[str]]


def measure(dataset: str, kills: int = KILLS) -> Measured:
    with scratch() as folder:
        files, data = folder / "imdb", folder / "data"
        write_files(files, SHARE)
        _marquee(data, dataset, "catalogue", "info")
        bench = _Bench(folder, dataset, files, data)
        ends = {
            "killed, by time": bench.killed_by_time(kills),
            "killed, while the database is written": bench.killed_by_size(kills),
            "a disk that is full": bench.full_disks(),
            "a file that is cut short": bench.cut_short(),
        }
    return Measured(ends)


class _Bench:
    def __init__(self, folder: Path, dataset: str, files: Path, data: Path) -> None:
        self._folder = folder
        self._dataset = dataset
        self._files = files
        self._data = data
        self._before = state(data)
        with self._copied() as undisturbed:
            began, self._most = time.monotonic(), 0
            process = self._start(undisturbed)
            while process.poll() is None:
                self._most = max(self._most, _size(undisturbed / WAL))
                time.sleep(POLL_S)
            self._takes_s = time.monotonic() - began
            assert process.returncode == 0
            self._after = state(undisturbed)
        self._random = np.random.default_rng(0)

    def killed_by_time(self, kills: int) -> Counter[str]:
        ends: Counter[str] = Counter()
        for moment in np.linspace(0.1, 1, kills) * self._takes_s:
            with self._copied() as data:
                process = self._start(data)
                time.sleep(moment)
                self._kill(process)
                ends[self._end(data)] += 1
        return ends

    def killed_by_size(self, kills: int) -> Counter[str]:
        ends: Counter[str] = Counter()
        for size in self._random.integers(1, self._most, kills):
            with self._copied() as data:
                process = self._start(data)
                while process.poll() is None and _size(data / WAL) < size:
                    time.sleep(POLL_S)
                self._kill(process)
                ends[self._end(data)] += 1
        return ends

    def full_disks(self) -> Counter[str]:
        """Needs the right to mount; nothing is measured without."""
        ends: Counter[str] = Counter()
        used = sum(_size(one) for one in self._data.rglob("*")) // 1_000_000 + 1
        for free in DISKS_MB if os.geteuid() == 0 else ():
            with _disk(self._folder / "disk", used + free) as disk:
                data = shutil.copytree(self._data, disk / "data")
                ended = self._start(data).wait()
                _grow(disk)
                ends[self._end(data) if ended != 0 else "taken"] += 1
        return ends

    def cut_short(self) -> Counter[str]:
        ends: Counter[str] = Counter()
        for name in ("title.ratings", "title.basics", "title.akas", "title.crew", "title.principals", "name.basics"):
            file = self._files / file_of(name)
            whole = file.read_bytes()
            with self._copied() as data:
                for share in (0.0, 0.5, 0.999):
                    file.write_bytes(whole[: int(share * len(whole))])
                    ended = self._start(data).wait()
                    file.write_bytes(whole)
                    ends["taken" if ended == 0 else "as before" if state(data) == self._before else "broken"] += 1
                ends[self._end(data)] += 1
        return ends

    def _end(self, data: Path) -> str:
        found = state(data)
        if found not in (self._before, self._after):
            return "broken"
        for left in data.glob(".catalogue-*"):
            os.utime(left, (0, 0))  # swept once it has been there for so long that nobody can be at it
        is_well = self._start(data).wait() == 0 and state(data) == self._after
        is_swept = not list(data.glob(".catalogue-*"))
        return ("as before" if found == self._before else "as after") if is_well and is_swept else "next failed"

    def _start(self, data: Path) -> "subprocess.Popen[bytes]":
        return _started(data, self._dataset, "catalogue", "sync", "--from", str(self._files))

    @staticmethod
    def _kill(process: "subprocess.Popen[bytes]") -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()

    @contextmanager
    def _copied(self) -> Iterator[Path]:
        copy = shutil.copytree(self._data, self._folder / "copy")
        yield copy
        shutil.rmtree(copy)


def state(data: Path) -> str:
    """A digest of all films and titles, of a database that is sound."""
    with closing(sqlite3.connect(data / DATABASE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        digest = hashlib.sha256()
        for name in TABLES:
            for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2"):
                digest.update(repr(row).encode())
    return digest.hexdigest()


def _started(data: Path, dataset: str, *arguments: str) -> "subprocess.Popen[bytes]":
    own = {"DATA_DIR": str(data), "DATASET": dataset, "SQLITE_TMPDIR": str(data)}
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", "bot", *arguments], env=os.environ | own, stdout=quiet, stderr=quiet)


def _marquee(data: Path, dataset: str, *arguments: str) -> None:
    assert _started(data, dataset, *arguments).wait() == 0


@contextmanager
def _disk(folder: Path, size_mb: int) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def _grow(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=1g", str(disk)], check=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:
        return 0


def report(measured: Measured) -> Table:
    heads = ("as before", "as after", "taken", "broken", "next failed")
    shown = table("A sync that ends before its end", "disturbed by", *heads)
    for name, ends in measured.ends.items():
        shown.add_row(name, *(str(ends[head]) for head in heads))
    return shown
