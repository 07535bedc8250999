"""What IMDb's files cost: reading them, taking their films, opening the bot's search over them, and a completion.

On generated files of the real ones' form, as many lines as a share of theirs: nothing is fetched. Each part runs in a
fresh process.
"""

import asyncio
import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.table import Table

from benchmarks.imdbfiles import film_numbers, write_files
from benchmarks.large import Cost, _alone, _measured, _ms
from benchmarks.timing import median, p95, p99, scratch, table
from benchmarks.titles import GENRES, titles
from data import Catalogue, Movie, TitleIndex
from data.imdb.syncing import take_films
from data.store import Store
from data.store.films import Synced

FULL_SHARE, QUICK_SHARE = 1.0, 0.02
DATASET_FILMS = 87_000
LINKED = 0.5
"""Of the films that IMDb has with enough votes, so many are in the data set."""
QUERIES = 2_000


@dataclass(frozen=True, slots=True)
class Measured:
    """`waits` are the milliseconds that writes of members waited while films were taken."""

    share: float
    costs: dict[str, Cost]
    synced: Synced
    waits: list[float]
    films: int
    titles: int
    times: dict[str, list[float]]


def measure(share: float) -> Measured:
    with scratch() as folder:
        files, path = folder / "imdb", folder / "marquee.db"
        _alone(write_files, files, share)
        costs = {"take in 87,000 films of a data set": _alone(take_in, path, share)}
        costs["the same data set again"] = _alone(take_in, path, share)
        costs["first reading of IMDb's files"], synced, waits = _alone(read, path, files)
        costs["reading them again"], _, _ = _alone(read, path, files)
        costs["open catalogue and search"], films, other, times = _alone(search, path, share)
    return Measured(share, costs, synced, waits, films, other, times)


def dataset(share: float) -> list[Movie]:
    """As many films as ml-32m has; some of them are IMDb's with enough votes, the others have few."""
    random = np.random.default_rng(1)
    known = film_numbers(share)
    numbers = np.concatenate([known[: round(LINKED * len(known))], np.arange(1, DATASET_FILMS * 17, 17) + 1])
    numbers = numbers[:DATASET_FILMS]
    years = random.integers(1920, 2024, len(numbers))
    named = zip(numbers.tolist(), titles(years, random), years.tolist(), strict=True)
    return [
        Movie(
            place, raw.rpartition(" (")[0], year, (GENRES[place % len(GENRES)],), raw, number, ratings_count=place % 500
        )
        for place, (number, raw, year) in enumerate(named, 1)
    ]


def take_in(path: Path, share: float) -> Cost:
    films = dataset(share)

    async def run() -> Cost:
        store = await Store.open(path)
        with _measured() as cost:
            await store.films.take_in("generated", films)
        await store.close()
        return cost()

    return asyncio.run(run())


def read(path: Path, files: Path) -> tuple[Cost, Synced, list[float]]:
    waits: list[float] = []
    ended = threading.Event()

    def write_beside() -> None:
        """As the bot does, whatever another process writes."""
        with sqlite3.connect(path, isolation_level=None, timeout=60) as connection:
            while not ended.wait(0.02):
                waits.append(
                    _ms(connection.execute, "INSERT INTO facts VALUES ('x', '1') ON CONFLICT DO UPDATE SET value = '2'")
                )

    async def run() -> tuple[Cost, Synced]:
        store = await Store.open(path)
        with _measured() as cost:
            synced = await take_films(store, files, 1_000, int(time.time()), lambda name, done: None)
        await store.close()
        return cost(), synced

    thread = threading.Thread(target=write_beside)
    thread.start()
    try:
        return (*asyncio.run(run()), waits)
    finally:
        ended.set()
        thread.join()


def search(path: Path, share: float) -> tuple[Cost, int, int, dict[str, list[float]]]:
    """Open what the bot opens at a start, and complete titles of here and of elsewhere after every second key."""
    films = Catalogue(dataset(share))

    async def run() -> tuple[Cost, Catalogue, TitleIndex, int]:
        store = await Store.open(path)
        with _measured() as cost:
            catalogue = films.with_films(await store.films.known())
            others = await store.films.titles()
            index = TitleIndex(catalogue, others)
        await store.close()
        return cost(), catalogue, index, len(others)

    cost, catalogue, index, count = asyncio.run(run())
    random = np.random.default_rng(0)
    with sqlite3.connect(path) as connection:
        rows = [folded for (folded,) in connection.execute("SELECT folded FROM film_titles LIMIT 200000")]
    here = [movie.title for movie in catalogue.values()]
    times: dict[str, list[float]] = {}
    for name, texts in (("titles here", here), ("titles elsewhere", rows)):
        chosen = [texts[one] for one in random.integers(len(texts), size=QUERIES // 10)]
        keys = [text[:end] for text in chosen for end in range(1, len(text) + 1, 2)]
        times[f"completion, {name}"] = [_ms(index.autocomplete, key) for key in keys]
        times[f"resolve, {name}"] = [_ms(index.resolve, text) for text in chosen]
    return cost, len(catalogue), count, times


def report(measured: Measured) -> list[Table]:
    costs = table(f"IMDb's files, {measured.share:.0%} of their lines", "step", "seconds", "processor s", "peak MB")
    for name, cost in measured.costs.items():
        costs.add_row(name, f"{cost.seconds:.1f}", f"{cost.processor_s:.1f}", f"{cost.peak_mb:,.0f}")
    longest = max(measured.waits, default=0.0)
    costs.caption = f"{measured.synced}; a write beside it waited {longest:,.0f} ms at most"
    times = table(
        f"Milliseconds with {measured.films:,} films and {measured.titles:,} other titles", "what", "p50", "p95", "p99"
    )
    for name, values in measured.times.items():
        times.add_row(name, *(f"{one(values):.2f}" for one in (median, p95, p99)))
    return [costs, times]
