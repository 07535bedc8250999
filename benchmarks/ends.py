"""How the bot ends in the middle of a training: killed, or asked to by SIGTERM so many seconds after it began.

`marquee run` in a process of its own, connected over sockets to a small Discord. Without a model it trains as soon as
it has logged in. Needs Linux, which lists the processes of a session.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table

from benchmarks.timing import scratch, table
from data import load_dataset
from tests.fake_discord import TOKEN, FakeDiscord

ROUNDS, QUICK_ROUNDS = 20, 2
LIMIT_S = 10.0
GIVEN_UP_S = 60.0
POLL_S = 0.05
WAYS: tuple[tuple[signal.Signals, float], ...] = (
    (signal.SIGKILL, 0.0),
    (signal.SIGKILL, 3.0),
    (signal.SIGTERM, 0.0),
    (signal.SIGTERM, 1.0),
    (signal.SIGTERM, 3.0),
    (signal.SIGTERM, 10.0),
)


@dataclass(slots=True)
class Ends:
    """Seconds from the signal to the exit, and to the end of the last process, one entry a round."""

    exit_s: list[float] = field(default_factory=list)
    alone_s: list[float] = field(default_factory=list)
    codes: set[int] = field(default_factory=set)


def measure(dataset: str, rounds: int = ROUNDS) -> dict[str, Ends]:
    with scratch() as folder:
        load_dataset(dataset, folder / "data" / "datasets")
        return asyncio.run(_measure(dataset, folder, rounds))


async def _measure(dataset: str, folder: Path, rounds: int) -> dict[str, Ends]:
    measured = {}
    for way, after_s in WAYS:
        ends = measured[f"{way.name} after {after_s:g} s"] = Ends()
        for number in range(rounds):
            data_dir = folder / f"{way.name}-{after_s:g}-{number}"
            await asyncio.to_thread(shutil.copytree, folder / "data", data_dir)
            await _round({"DATASET": dataset, "DATA_DIR": str(data_dir)}, way, after_s, ends)
            await asyncio.to_thread(shutil.rmtree, data_dir)
    return measured


async def _round(settings: Mapping[str, str], way: signal.Signals, after_s: float, ends: Ends) -> None:
    async with FakeDiscord() as discord:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            env=os.environ | settings | {"DISCORD_API_URL": discord.api_url, "DISCORD_TOKEN": TOKEN},
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            await asyncio.wait_for(_until(lambda: len(_session(process.pid)) > 1), GIVEN_UP_S)  # the training's process
            await discord.until_ready(GIVEN_UP_S)
            await asyncio.sleep(after_s)
            if len(_session(process.pid)) < 2:
                raise RuntimeError(f"the training has ended within {after_s:g} s; take a larger data set")
            sent_s = time.perf_counter()
            process.send_signal(way)
            ends.codes.add(await asyncio.wait_for(process.wait(), GIVEN_UP_S))
            ends.exit_s.append(time.perf_counter() - sent_s)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(_until(lambda: not _session(process.pid)), GIVEN_UP_S)
            ends.alone_s.append(time.perf_counter() - sent_s)
        finally:
            for pid in _session(process.pid):
                os.kill(pid, signal.SIGKILL)


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 - processes tell nobody when they begin
        await asyncio.sleep(POLL_S)


def _session(leader: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session, *_ = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(session) == leader and state != "Z":
            found.append(int(path.parent.name))
    return found


def report(measured: Mapping[str, Ends]) -> Table:
    title = f"The bot's end during a training; late is after {LIMIT_S:g} s"
    shown = table(title, "how", "rounds", "exit, worst", "exits late", "last process, worst", "processes late", "codes")
    for name, ends in measured.items():
        shown.add_row(
            name,
            str(len(ends.exit_s)),
            f"{max(ends.exit_s):.1f} s",
            str(sum(one > LIMIT_S for one in ends.exit_s)),
            f"{max(ends.alone_s):.1f} s",
            str(sum(one > LIMIT_S for one in ends.alone_s)),
            ", ".join(map(str, sorted(ends.codes))),
        )
    return shown
