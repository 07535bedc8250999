"""How much memory the bot needs: while it is idle, after some commands and a picture, and for a training beside it.

`marquee run` in a process of its own, connected over sockets to a small Discord. Its first start trains in a process of
its own; the second one has the model and serves. Resident memory in MiB (2²⁰ bytes). Needs Linux, which tells it.
"""

import asyncio
import contextlib
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks.generated import generated, write_csv
from benchmarks.timing import scratch, table
from data import load_dataset
from tests.fake_discord import TOKEN, FakeDiscord

MIB = 1 << 20
SETTLE_S = 3.0
"""What a login or an answer began has ended by then."""

TRAINING_LIMIT_S = 1800.0
RATED = 3
COMMANDS = ("!recommend", "!ratings", "!similar id:{film}", "!movie id:{film}", "!why id:{film}", "!undo", "!help")
"""After so many ratings: ten in all."""

PICTURE = "!profile"

_RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)
_VERDICT = re.compile(r"training run \d+: (?:promoted .* at most (\d+) MB in its process|refused|failed|cancelled)")


@dataclass(frozen=True, slots=True)
class Memory:
    """MiB of the serving process after its login, after ten commands and after a picture, and of a training at most."""

    dataset: str
    login: float
    commands: float
    picture: float
    training: float


def measure(dataset: str, made: tuple[int, int, int] | None = None) -> Memory:
    """Of a data set, or of generated ratings: so many users, films and ratings."""
    with scratch() as folder:
        if made is not None:
            dataset = str(write_csv(folder / f"generated {made[2]:,}", *generated(*made)))
        films = load_dataset(dataset, folder / "data" / "datasets").movies["movie_id"].tolist()
        settings = {"DATASET": dataset, "DATA_DIR": str(folder / "data"), "RETRAIN_EVERY": "off"}
        training = asyncio.run(train(settings))
        return Memory(Path(dataset).stem, *asyncio.run(serve(settings, films)), training)


async def train(settings: Mapping[str, str]) -> float:
    """The peak of the first start's training; raises RuntimeError where it brings no model."""
    async with FakeDiscord() as discord, _running(discord, settings, asyncio.subprocess.PIPE) as process:
        assert process.stderr is not None
        async with asyncio.timeout(TRAINING_LIMIT_S):
            async for line in process.stderr:
                if (verdict := _VERDICT.search(line.decode())) is None:
                    continue
                if verdict[1] is not None:
                    return int(verdict[1]) * 1e6 / MIB
                raise RuntimeError(line.decode().strip())
    raise RuntimeError("the bot has ended before its training")


async def serve(settings: Mapping[str, str], films: list[int]) -> tuple[float, float, float]:
    """The serving process after its login, after ten commands and after a picture."""
    async with FakeDiscord() as discord, _running(discord, settings) as process:
        await discord.until_ready()
        login = await _settled(process.pid)
        for film in films[:RATED]:
            await discord.ask("alice", f"!rate id:{film} 4")
        for command in COMMANDS:
            await discord.ask("alice", command.format(film=films[RATED]))
        commands = await _settled(process.pid)
        await discord.ask("alice", PICTURE)
        picture = await _settled(process.pid)
    return login, commands, picture


@contextlib.asynccontextmanager
async def _running(
    discord: FakeDiscord, settings: Mapping[str, str], stderr: int = asyncio.subprocess.DEVNULL
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        env=os.environ | settings | {"DISCORD_API_URL": discord.api_url, "DISCORD_TOKEN": TOKEN},
        stderr=stderr,
    )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):  # it has ended
            process.terminate()
        await process.communicate()


async def _settled(pid: int) -> float:
    await asyncio.sleep(SETTLE_S)
    return resident_mib(pid)


def resident_mib(pid: int) -> float:
    """Resident memory of a living process."""
    found = _RESIDENT.search(Path(f"/proc/{pid}/status").read_text())
    if found is None:
        raise RuntimeError(f"process {pid} has ended")
    return int(found[1]) * 1024 / MIB


def report(memory: Memory) -> Table:
    columns = ("data set", "login", "10 commands", "picture", "training")
    shown = table("Memory of the bot, MiB", *columns)
    figures = (memory.login, memory.commands, memory.picture, memory.training)
    shown.add_row(memory.dataset, *(f"{one:.0f}" for one in figures))
    shown.caption = "Resident after the login, after ten commands, after a picture; the most a training's process had"
    return shown
