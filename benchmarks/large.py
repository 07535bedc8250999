"""What a large data set costs: reading it, its titles, a training, a list. On generated ratings: nothing is fetched.

Every part runs in a fresh process, so that no peak of memory hides another; peaks are over what was held before.
"""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np
from rich.table import Table

from benchmarks.generated import generated, write_csv
from benchmarks.timing import median, p95, p99, scratch, table
from benchmarks.titles import HOSTILE
from bot.cli.progress import training_bar
from data import Catalogue, TitleIndex, load_dataset
from recommender import Progress, train
from recommender.evaluation.memory import PeakMemory

SIZES = {"1m": (6_040, 3_706, 840_000), "10m": (70_000, 10_000, 10_000_000), "32m": (200_000, 87_000, 32_000_000)}
"""Users, films and ratings: about those of ml-1m, ml-10m and ml-32m."""

QUERIES = 400
"""Titles that are searched for, each in four ways."""

LISTS, PROFILE = 300, 20
"""Members that are served, and ratings of each."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one step: seconds, those of the processor (all cores; how busy the machine is hardly matters to them), and the
    peak of memory in 10⁶ bytes over what was there before."""

    seconds: float
    processor_s: float
    peak_mb: float


P = ParamSpec("P")
R = TypeVar("R")

Times = dict[str, list[float]]
"""What was asked, and the milliseconds of each answer."""


@dataclass(frozen=True, slots=True)
class Measured:
    """All of one size, in the order of the tables."""

    size: str
    threads: int
    load: float
    loading: dict[str, Cost]
    titles: Cost
    searches: Times
    training: Cost
    stages: "Stages"
    lists: Times


Stages = dict[str, tuple[float, float]]
"""Of a training: when each began and ended, by the processor's clock."""


def measure(size: str) -> Measured:
    """Write the generated data in the csv layout, then read it, search it and train on it."""
    before = os.getloadavg()[0]
    with scratch() as folder:
        made = folder / f"generated-{size}"
        _alone(write, made, size)
        loading = {"cold: parse and cache": _alone(load, made, folder), "cached": _alone(load, made, folder)}
        titles, searches = _alone(search, made, folder)
        threads, training, stages, lists = _alone(train_and_serve, made, folder)
    return Measured(size, threads, before, loading, titles, searches, training, stages, lists)


def _alone(job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The result of a job in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(job, *args, **kwargs).result()


def write(folder: Path, size: str) -> None:
    write_csv(folder, *generated(*SIZES[size]))


def load(made: Path, cache: Path) -> Cost:
    """Open the data set and read its ratings."""
    with _measured() as cost:
        load_dataset(str(made), cache).load_ratings()
    return cost()


def search(made: Path, cache: Path) -> tuple[Cost, Times]:
    """Index all titles; look for whole ones, beginnings, ones with a slip of the finger, and hostile texts."""
    dataset = load_dataset(str(made), cache)
    with _measured() as cost:
        index = TitleIndex(Catalogue.from_dataset(dataset))
    random = np.random.default_rng(0)
    labels = random.choice(dataset.movies["title"].to_numpy(), QUERIES)
    times: Times = {"autocomplete": [], "search": [], "resolve": [], "resolve, misspelt": []}
    for label in labels:
        cut, slip = int(random.integers(2, len(label) + 1)), int(random.integers(len(label)))
        times["autocomplete"].append(_ms(index.autocomplete, label[:cut]))
        times["search"].append(_ms(index.search, label))
        times["resolve"].append(_ms(index.resolve, label))
        times["resolve, misspelt"].append(_ms(index.resolve, label[:slip] + label[slip + 1 :]))
    times["resolve, hostile"] = [_ms(index.resolve, text) for text in HOSTILE]
    return cost(), times


def train_and_serve(made: Path, cache: Path) -> tuple[int, Cost, Stages, Times]:
    """Train the default model on all ratings, then make lists of ten for members with few ratings."""
    import torch

    dataset = load_dataset(str(made), cache)
    ratings, movies = dataset.load_ratings(), dataset.movies[["movie_id", "title", "year", "genres"]]
    stages: Stages = {}
    with training_bar() as show:

        def note(progress: Progress) -> bool | None:
            now = time.process_time()
            stages[progress.stage] = stages.get(progress.stage, (now, now))[0], now
            return show(progress)

        with _measured() as cost:
            model = train(ratings, movies, on_progress=note)
    random = np.random.default_rng(0)
    rows = random.integers(len(ratings), size=(LISTS, PROFILE))
    movie_ids, stars = ratings["movie_id"].to_numpy(), ratings["rating"].to_numpy()
    profiles = [dict(zip(movie_ids[row].tolist(), stars[row].tolist(), strict=True)) for row in rows]
    model.recommend(profiles[0])
    return (
        torch.get_num_threads(),
        cost(),
        stages,
        {
            "recommend: stars and reasons": [_ms(model.recommend, one) for one in profiles],
            "recommend_batch: the list alone": [_ms(model.recommend_batch, [one]) for one in profiles],
        },
    )


@contextmanager
def _measured() -> Iterator[Callable[[], Cost]]:
    """Yields what gives the cost of the block once it has ended."""
    found: list[Cost] = []
    started, used = time.perf_counter(), time.process_time()
    with PeakMemory() as memory:
        yield lambda: found[0]
    found.append(Cost(time.perf_counter() - started, time.process_time() - used, memory.peak_mb))


def _ms(job: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> float:
    started = time.perf_counter()
    job(*args, **kwargs)
    return 1000 * (time.perf_counter() - started)


def report(measured: Measured) -> list[Table]:
    users, movies, ratings = SIZES[measured.size]
    size = f"{ratings:,} ratings, {users:,} users, {movies:,} films"
    costs = table(f"Large: {size}", "step", "seconds", "processor s", "peak MB")
    steps = {**measured.loading, "title index": measured.titles, "training": measured.training}
    for name, cost in steps.items():
        costs.add_row(name, f"{cost.seconds:.1f}", f"{cost.processor_s:.1f}", f"{cost.peak_mb:,.0f}")
    for name, (begin, end) in measured.stages.items():
        costs.add_row(f"  of it {name}", "", f"{end - begin:.1f}", "")
    costs.caption = f"{measured.threads} threads; load of the machine before: {measured.load:.1f}"
    times = table(f"Large: milliseconds with {movies:,} films", "what", "p50", "p95", "p99")
    for name, values in {**measured.searches, **measured.lists}.items():
        times.add_row(name, *(f"{one(values):.2f}" for one in (median, p95, p99)))
    return [costs, times]
