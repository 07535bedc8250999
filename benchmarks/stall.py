"""How long the bot's event loop stands still while a model is trained, beside the same without a training.

Everything the bot does below Discord runs here in one process and on one loop, as in the bot: store, model, lists,
and the real retraining with its child process, loss plot and swap.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import torch
from rich.table import Table

from benchmarks.timing import median, p99, scratch, table
from bot.services.household import Household
from bot.services.retraining import RunResult, wait_directly
from bot.settings import load_settings
from bot.ui.plots import loss_plot

SAMPLE_S = 0.005
ASK_EVERY_S = 0.1
RUNS = 3
MEMBERS = range(1, 9)
RATED_EACH = 20


@dataclass(slots=True)
class Sampled:
    """Milliseconds the loop was late, one a sample; and how long lists took that were asked for meanwhile."""

    late_ms: list[float] = field(default_factory=list)
    list_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Stalls:
    """One entry a run, in both."""

    quiet: tuple[Sampled, ...]
    training: tuple[Sampled, ...]


def measure(dataset: str, runs: int = RUNS) -> Stalls:
    """Train `runs` times, each after as long a quiet time; raises RuntimeError where a training fails."""
    torch.set_num_threads(1)  # as `marquee run` does
    return asyncio.run(_measure(dataset, runs))


async def _measure(dataset: str, runs: int) -> Stalls:
    quiet, training = [], []
    with scratch() as folder:
        settings = load_settings(dataset=dataset, data_dir=folder)
        house = await Household.open(settings, plot=loss_plot, wait=wait_directly)
        try:
            await _rate_some(house)
            await _retrain(house)  # the first one replaces popularity: what is measured serves a trained model
            for _ in range(runs):
                async with _sampling(house) as trained:
                    await _retrain(house)
                async with _sampling(house) as idle:
                    await asyncio.sleep(trained.seconds)
                training.append(trained)
                quiet.append(idle)
        finally:
            await house.close()
    return Stalls(tuple(quiet), tuple(training))


async def _rate_some(house: Household) -> None:
    now = int(time.time())
    popular = sorted(house.films.catalogue.values(), key=lambda film: -film.ratings_count)
    for member in MEMBERS:
        profile = await house.store.profiles.get_or_create(member, now)
        films = popular[member : member + RATED_EACH]
        await house.store.ratings.rate(profile.user_id, [(film.movie_id, 4.5) for film in films], now)


async def _retrain(house: Household) -> None:
    ended: asyncio.Future[RunResult] = asyncio.get_running_loop().create_future()

    async def note(result: RunResult) -> None:
        ended.set_result(result)

    run = await house.retraining.start(None, int(time.time()), force=True)
    await house.retraining.follow(run, lambda _: None, note)
    result = await ended
    if result.outcome != "promoted":
        raise RuntimeError(f"the training was {result.outcome}: {result.reason}")


@contextlib.asynccontextmanager
async def _sampling(house: Household) -> AsyncIterator[Sampled]:
    """Sample the loop and ask for lists until the block ends."""
    sampled = Sampled()
    started = time.perf_counter()
    tasks = [asyncio.create_task(_sample(sampled)), asyncio.create_task(_ask(house, sampled))]
    try:
        yield sampled
        sampled.seconds = time.perf_counter() - started
    finally:
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


async def _sample(sampled: Sampled) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(SAMPLE_S)
        now = time.perf_counter()
        sampled.late_ms.append(1000 * (now - before - SAMPLE_S))
        before = now


async def _ask(house: Household, sampled: Sampled) -> None:
    while True:
        for member in MEMBERS:
            started = time.perf_counter()
            await house.recommending.top(member, int(time.time()))
            sampled.list_ms.append(1000 * (time.perf_counter() - started))
            await asyncio.sleep(ASK_EVERY_S)


def report(stalls: Stalls) -> Table:
    seconds = median([one.seconds for one in stalls.training])
    shown = table(
        f"Event loop, sampled every {1000 * SAMPLE_S:.0f} ms; retrains of {seconds:.0f} s",
        *("run", "stall ms", "p99 ms", "list ms", "p99 ms"),
    )
    for name, group in (("quiet", stalls.quiet), ("retrain", stalls.training)):
        for number, one in enumerate(group, 1):
            _add(shown, f"{name} {number}", one.late_ms, one.list_ms)
        late = [value for one in group for value in one.late_ms]
        lists = [value for one in group for value in one.list_ms]
        _add(shown, f"{name}, all", late, lists)
    ratio = _typical(stalls.training) / _typical(stalls.quiet)
    shown.caption = f"stall: the longest; list: the median. Median stall, retrain over quiet: × {ratio:.1f}"
    return shown


def _add(shown: Table, name: str, late_ms: list[float], list_ms: list[float]) -> None:
    shown.add_row(name, *(f"{one:.1f}" for one in (max(late_ms), p99(late_ms), median(list_ms), p99(list_ms))))


def _typical(group: tuple[Sampled, ...]) -> float:
    """Median over the runs of their longest stalls."""
    return median([max(one.late_ms) for one in group])
