"""How long the bot's event loop stands still while a model is trained, beside the same without a training.

The real bot runs here, connected over sockets to a small Discord in another process, in which members ask for lists
and an operator retrains: a real training process, progress in an edited message, loss plot, gate and swap.
"""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from itertools import cycle

from rich.table import Table

from benchmarks.timing import median, p99, scratch, table
from bot.app import create_bot
from bot.cli.chat import connect
from bot.client import Marquee
from bot.settings import load_settings
from tests.fake_discord import TOKEN

SAMPLE_S = 0.005
ASK_EVERY_S = 0.1
RUNS = 3
MEMBERS = 100
"""So many that nobody meets a cooldown."""
COOLDOWN_S = 31.0
"""An operator may retrain twice a minute."""
TIMEOUT_S = 120.0


@dataclass(slots=True)
class Sampled:
    """Milliseconds the loop was late, one a sample, and how many lists were asked for meanwhile."""

    late_ms: list[float] = field(default_factory=list)
    asked: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Stalls:
    """One entry a run, in both."""

    quiet: tuple[Sampled, ...]
    training: tuple[Sampled, ...]


def measure(dataset: str, runs: int = RUNS) -> Stalls:
    """Train `runs` times, each before a quiet time at least as long; raises RuntimeError where a training fails."""
    return asyncio.run(_measure(dataset, runs))


async def _measure(dataset: str, runs: int) -> Stalls:
    quiet, training = [], []
    async with _running(dataset) as (bot, say):
        for _ in range(runs):
            async with _sampling(say) as trained:
                await _retrain(bot, say)
            async with _sampling(say) as idle:
                await asyncio.sleep(max(trained.seconds, COOLDOWN_S))
            training.append(trained)
            quiet.append(idle)
        if bot.bugs:
            raise RuntimeError(f"the bot met {bot.bugs} bugs")
    return Stalls(tuple(quiet), tuple(training))


class Say:
    """Lets somebody speak in the small Discord."""

    def __init__(self, lines: asyncio.StreamWriter) -> None:
        self._lines = lines

    def __call__(self, name: str, text: str) -> None:
        self._lines.write(f"{name}: {text}\n".encode())


@contextlib.asynccontextmanager
async def _running(dataset: str) -> AsyncIterator[tuple[Marquee, Say]]:
    """The bot, connected and with ratings of its members, until the block ends."""
    pipe = asyncio.subprocess.PIPE
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fake_discord", stdin=pipe, stdout=pipe, limit=2**24
    )
    assert server.stdin is not None
    assert server.stdout is not None
    address = (await server.stdout.readline()).decode().strip()
    draining = asyncio.create_task(server.stdout.read())
    with scratch() as folder:
        settings = load_settings(dataset=dataset, data_dir=folder, discord_api_url=address, retrain_every=None)
        bot = create_bot(settings)
        serving = asyncio.create_task(connect(bot, TOKEN))
        try:
            await _until(lambda: bot.is_ready() or serving.done())
            await _until(lambda: not bot.services.training.running)  # the first start without a model
            say = Say(server.stdin)
            for member in range(MEMBERS):
                say(f"member{member}", f"!rate id:{1 + member % 3} 4")
            yield bot, say
        finally:
            await bot.close()
            server.kill()
            await asyncio.wait({serving})
            await draining


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(TIMEOUT_S):
        while not condition():  # noqa: ASYNC110 (a benchmark has no hooks in the bot)
            await asyncio.sleep(ASK_EVERY_S)


async def _retrain(bot: Marquee, say: Say) -> None:
    before = bot.services.models.serving.version
    say("owner", "!retrain")
    await _until(lambda: bot.services.training.running)
    await _until(lambda: not bot.services.training.running)
    await asyncio.sleep(1)  # the result with its picture is sent now
    if bot.services.models.serving.version == before:
        raise RuntimeError("the training brought no new model")


@contextlib.asynccontextmanager
async def _sampling(say: Say) -> AsyncIterator[Sampled]:
    """Sample the loop and ask for lists until the block ends."""
    sampled = Sampled()
    started = time.perf_counter()
    tasks = [asyncio.create_task(_sample(sampled)), asyncio.create_task(_ask(say, sampled))]
    try:
        yield sampled
        sampled.seconds = time.perf_counter() - started
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _sample(sampled: Sampled) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(SAMPLE_S)
        now = time.perf_counter()
        sampled.late_ms.append(1000 * (now - before - SAMPLE_S))
        before = now


async def _ask(say: Say, sampled: Sampled) -> None:
    for member in cycle(range(MEMBERS)):
        say(f"member{member}", "!recommend")
        sampled.asked += 1
        await asyncio.sleep(ASK_EVERY_S)


def report(stalls: Stalls) -> Table:
    seconds = median([one.seconds for one in stalls.training])
    shown = table(
        f"Event loop, sampled every {1000 * SAMPLE_S:.0f} ms; retrains of {seconds:.0f} s",
        *("run", "longest ms", "p99 ms", "lists asked"),
    )
    for name, group in (("quiet", stalls.quiet), ("retrain", stalls.training)):
        for number, one in enumerate(group, 1):
            shown.add_row(f"{name} {number}", f"{max(one.late_ms):.1f}", f"{p99(one.late_ms):.1f}", str(one.asked))
    ratio = _typical(stalls.training) / _typical(stalls.quiet)
    shown.caption = f"How late the loop was. Median of the longest, retrain over quiet: × {ratio:.1f}"
    return shown


def _typical(group: tuple[Sampled, ...]) -> float:
    """Median over the runs of their longest stalls."""
    return median([max(one.late_ms) for one in group])
