"""What a large server asks together: how long the answers take, and for how long the event loop stands still meanwhile.

One server of 10,000 members with 1,000,000 ratings, who rate as random users of the data set do. Times are those of the
services behind the commands, in the bot's own event loop; Discord and its network are not in them. To measure another
command, add a line to QUESTIONS.
"""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from rich.table import Table

from benchmarks.timing import median, p99, scratch, table
from bot.boards.query import BoardQuery
from bot.chat.plots import loss_plot
from bot.cli.memory import freeze_what_stays
from bot.movienight.wishes import Wishes
from bot.settings import Settings, load_settings
from bot.waiting import wait_directly
from bot.wiring import Services
from data import load_dataset
from data.store import Store

MEMBERS, RATINGS = 10_000, 1_000_000
QUICK_MEMBERS, QUICK_RATINGS = 500, 50_000
SCALINGS = 100
"""Until the limits of what one member rates and the number of all ratings agree."""
ACTIVITY_SPREAD, LEAST_ACTIVITY, MOST_ACTIVITY = 1.0, 5, 2_000
"""Of the logarithm of a member's number of ratings, and its ends."""
SEED = 7
GUILD_ID, CHANNEL_ID, FIRST_DISCORD_ID, FIRST_USER_ID = 77, 78, 10**17, 1_000_000_000
GROUP = 5
"""Members of a movie night."""
AT = 1_790_000_000
WARM, AFTER_RATINGS = 300, 30
IDLE_ROUNDS, IDLE_S = 10, 1.0
SAMPLE_S = 0.001
GOAL_MS, STALL_GOAL_MS = 100.0, 20.0


@dataclass(frozen=True, slots=True)
class Draw:
    """Whom and what one question is about: random members and a film, which is as popular as it is likely."""

    discord_id: int
    others: tuple[int, ...]
    movie_id: int

    @property
    def other_id(self) -> int:
        return self.others[0]


Question = Callable[[Services, Draw], Awaitable[object]]


async def _list_for_group(services: Services, one: Draw) -> None:
    evening_id = await services.nights.begin(GUILD_ID, CHANNEL_ID, one.discord_id, Wishes(), AT)
    await services.nights.invite(evening_id, one.discord_id, one.others)


QUESTIONS: Mapping[str, Question] = {
    "whorated": lambda services, one: services.audience.who_rated(GUILD_ID, one.movie_id),
    "whowants": lambda services, one: services.audience.who_wants(GUILD_ID, one.movie_id, one.discord_id),
    "match": lambda services, one: services.comparing.match(GUILD_ID, one.discord_id, one.other_id),
    "bridge": lambda services, one: services.comparing.bridge(GUILD_ID, one.discord_id, one.other_id),
    "movienight": _list_for_group,
    "top": lambda services, one: services.boards.films(GUILD_ID, BoardQuery(), 0),
    "top raters": lambda services, one: services.boards.raters(GUILD_ID, BoardQuery("raters"), 0),
}
"""Command to what its service is asked."""


@dataclass(slots=True)
class Waits:
    """Milliseconds of each answer, and how late the loop was at each sample meanwhile."""

    ms: list[float] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Measured:
    """By command: the first answer after a start, the answers when nothing changed, and each after a rating.

    `idle` is the loop while nothing is asked, which other work on the machine holds up too.
    """

    members: int
    ratings: int
    idle: Waits
    after_start: dict[str, Waits]
    warm: dict[str, Waits]
    after_rating: dict[str, Waits]


def measure(dataset: str, *, quick: bool = False) -> Measured:
    """Train a model, fill a database, and ask."""
    members, ratings = (QUICK_MEMBERS, QUICK_RATINGS) if quick else (MEMBERS, RATINGS)
    with scratch() as folder:
        settings = load_settings(dataset=dataset, data_dir=folder, retrain_every=None)
        _provide_model(settings)
        given = load_dataset(dataset, settings.datasets_dir).load_ratings()
        asyncio.run(_make_database(settings.database_path))
        fill(settings.database_path, drawn(given, members, ratings, np.random.default_rng(SEED)))
        return asyncio.run(_measure(settings, given, members, ratings))


def _provide_model(settings: Settings) -> None:
    """Train in a process of its own, as the bot does; MARQUEE_BENCH_MODELS names a folder with a model to copy."""
    if ready := os.environ.get("MARQUEE_BENCH_MODELS"):
        shutil.copytree(ready, settings.models_dir)
        return
    environment = os.environ | {"DATA_DIR": str(settings.data_dir), "DATASET": settings.dataset}
    subprocess.run([sys.executable, "-m", "bot", "train"], env=environment, check=True)


async def _make_database(path: Path) -> None:
    store = await Store.open(path)
    await store.close()


def drawn(given: pd.DataFrame, members: int, ratings: int, random: np.random.Generator) -> Iterator[pd.DataFrame]:
    """For each member their `movie_id` and `rating`: some of what a few random users of the data set have rated."""
    of_users = [frame[["movie_id", "rating"]] for _, frame in given.groupby("user_id")]
    activity = np.exp(ACTIVITY_SPREAD * random.standard_normal(members))
    most = min(MOST_ACTIVITY, given["movie_id"].nunique())
    numbers = np.clip(activity * ratings / activity.sum(), LEAST_ACTIVITY, most)
    for _ in range(SCALINGS):
        numbers = np.clip(numbers * ratings / numbers.sum(), LEAST_ACTIVITY, most)
    for number in numbers.round().astype(int):
        films = of_users[random.integers(len(of_users))]
        while len(films) < number:
            films = pd.concat([films, of_users[random.integers(len(of_users))]]).drop_duplicates("movie_id")
        yield films.iloc[random.permutation(len(films))[:number]]


def fill(path: Path, members: Iterator[pd.DataFrame]) -> None:
    """Profiles, memberships and ratings of one server; everybody lets their taste be compared."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for place, films in enumerate(members):
            user_id = FIRST_USER_ID + place
            connection.execute(
                "INSERT INTO profiles (user_id, discord_id, created_at, compares) VALUES (?, ?, ?, 1)",
                (user_id, FIRST_DISCORD_ID + place, AT),
            )
            connection.execute(
                "INSERT INTO memberships (guild_id, user_id, seen_at) VALUES (?, ?, ?)", (GUILD_ID, user_id, AT)
            )
            connection.executemany(
                "INSERT INTO ratings (user_id, movie_id, stars, rated_at) VALUES (?, ?, ?, ?)",
                [(user_id, movie_id, max(0.5, round(2 * stars) / 2), AT) for movie_id, stars in films.to_numpy()],
            )


async def _measure(settings: Settings, given: pd.DataFrame, members: int, ratings: int) -> Measured:
    measured = Measured(members, ratings, Waits(), {}, {}, {})
    counts = given["movie_id"].value_counts()
    random = np.random.default_rng(SEED)

    def draw() -> Draw:
        one, *others = (FIRST_DISCORD_ID + random.choice(members, GROUP, replace=False)).tolist()
        movie_id = int(random.choice(counts.index.to_numpy(), p=(counts / counts.sum()).to_numpy()))
        return Draw(one, tuple(others), movie_id)

    for name, question in QUESTIONS.items():
        async with _open(settings) as services:
            measured.after_start[name] = await _ask(services, question, [draw()])
    async with _open(settings) as services:
        for _ in range(IDLE_ROUNDS):
            measured.idle.late_ms += (await _ask(services, _wait, [draw()])).late_ms
        for name, question in QUESTIONS.items():
            await question(services, draw())
            measured.warm[name] = await _ask(services, question, [draw() for _ in range(WARM)])
        for name, question in QUESTIONS.items():
            waits = measured.after_rating[name] = Waits()
            for number in range(AFTER_RATINGS):
                one = draw()
                user_id = FIRST_USER_ID + one.other_id - FIRST_DISCORD_ID
                await services.store.ratings.rate(user_id, [(one.movie_id, 0.5 + number % 10 / 2)], AT + number)
                found = await _ask(services, question, [one])
                waits.ms += found.ms
                waits.late_ms += found.late_ms
    return measured


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[Services]:
    services = await Services.open(settings, plot=loss_plot, wait=wait_directly)
    freeze_what_stays()
    try:
        yield services
    finally:
        await services.close()


async def _ask(services: Services, question: Question, draws: list[Draw]) -> Waits:
    waits = Waits()
    sampling = asyncio.create_task(_sample(waits.late_ms))
    await asyncio.sleep(0.01)
    for one in draws:
        started = time.perf_counter()
        await question(services, one)
        waits.ms.append(1000 * (time.perf_counter() - started))
        await asyncio.sleep(0)
    sampling.cancel()
    await asyncio.wait({sampling})
    return waits


async def _wait(services: Services, one: Draw) -> None:
    await asyncio.sleep(IDLE_S)


async def _sample(late_ms: list[float]) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(SAMPLE_S)
        now = time.perf_counter()
        late_ms.append(1000 * (now - before - SAMPLE_S))
        before = now


def report(measured: Measured) -> Table:
    shown = table(
        f"One server of {measured.members:,} members with {measured.ratings:,} ratings",
        *("command", "warm p50 ms", "p99 ms", "stall ms"),
        *("after a rating p50 ms", "longest ms", "stall ms"),
        *("after a start ms", "stall ms"),
    )
    for name, warm in measured.warm.items():
        rated, started = measured.after_rating[name], measured.after_start[name]
        shown.add_row(
            name,
            *(f"{one:.1f}" for one in (median(warm.ms), p99(warm.ms), max(warm.late_ms))),
            *(f"{one:.1f}" for one in (median(rated.ms), max(rated.ms), max(rated.late_ms))),
            *(f"{one:.1f}" for one in (max(started.ms), max(started.late_ms))),
        )
    slow = [name for name, waits in measured.warm.items() if p99(waits.ms) >= GOAL_MS]
    held = [
        name
        for kind in (measured.warm, measured.after_rating, measured.after_start)
        for name, waits in kind.items()
        if max(waits.late_ms) >= STALL_GOAL_MS
    ]
    shown.caption = (
        f"Longest stall of {IDLE_ROUNDS * IDLE_S:.0f} s with nothing asked: {max(measured.idle.late_ms):.1f} ms. "
        f"Warm p99 of {GOAL_MS:.0f} ms or more: {', '.join(slow) or 'none'}. "
        f"Stalls of {STALL_GOAL_MS:.0f} ms or more: {', '.join(dict.fromkeys(held)) or 'none'}"
    )
    return shown
