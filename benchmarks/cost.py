"""What a training costs, ours and the libraries': seconds, memory, milliseconds a list, on growing data.

Each training runs in a fresh process, after a small one of the same kind, so that neither imports nor memory that an
earlier one left behind are counted.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.cost_job import MODELS, Cost, Job, run
from benchmarks.generated import generated
from benchmarks.timing import scratch, table
from data import load_dataset
from recommender.evaluation.evaluate import rated_catalogue

LIBRARIES = {"implicit ALS": "implicit", "irspack iALS": "irspack"}
ONE_THREAD = ("notebook",)
"""Their steps are too small to be shared: a second thread only makes them wait."""

LARGEST = {"notebook": 200_000}
"""Ratings above which a model is left out: it would take minutes, at ten million hours."""

GENERATED = {"generated 0.84M": (6_040, 3_700, 840_000), "generated 10M": (70_000, 10_000, 10_000_000)}
"""Users, films and ratings."""

GOAL = "implicit ALS"
PENALTIES = (15.0, 50.0, 150.0)
"""Of the goal; the best of its lists are the goal, since more ratings want more."""

LADDER = (16, 32, 64, 128, 256)
"""Directions of our ranking head on the way to the goal's lists; then as many as it has."""

THREAD_SETTINGS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Row:
    size: str
    model: str
    cost: Cost


@dataclass(frozen=True, slots=True)
class Climb:
    """How good the lists of known users are that a training makes in how many seconds of the processor."""

    size: str
    model: str
    processor_s: float
    ndcg: float


@dataclass(frozen=True, slots=True)
class Costs:
    threads: int
    rows: list[Row]
    climbs: list[Climb]


def measure(dataset: str, *, quick: bool = False) -> Costs:
    """The data set alone if `quick`. As many threads as cores, or OMP_NUM_THREADS.

    Libraries that are not installed are left out.
    """
    threads = int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)
    # For the processes started below. Threads of numpy's own would wait for the libraries' threads, spinning.
    os.environ.update(dict.fromkeys(THREAD_SETTINGS, str(threads)), OPENBLAS_NUM_THREADS="1")
    costs = Costs(threads, [], [])
    with scratch() as folder, Progress(console=Console(stderr=True)) as bar:
        for size in [dataset] if quick else [dataset, *GENERATED]:
            name, ratings = _written(size, folder)
            models = [model for model in MODELS if _is_wanted(model, ratings)]
            task = bar.add_task(name, total=len(models))
            for model in models:
                bar.update(task, description=f"{name}: {model}")
                cost = _alone(Job(folder, model, 1 if model in ONE_THREAD else threads))
                costs.rows.append(Row(name, model, cost))
                bar.console.print(f"{name}: {model}: {', '.join(_figures(cost))}", highlight=False)
                bar.advance(task)
            bar.update(task, description=f"{name}: lists")
            costs.climbs.extend(_climbs(name, folder, threads, has_goal=GOAL in models))
    return costs


def report(costs: Costs) -> list[Table]:
    spent = table(
        f"Cost of a training, {costs.threads} threads",
        "model", "data", "seconds", "processor s", "peak MB", "ms known", "ms new",
    )  # fmt: skip
    for row in costs.rows:
        spent.add_row(row.model, row.size, *_figures(row.cost))
    climbed = table(f"Lists of known users, up to {GOAL}'s", "model", "data", "processor s", "NDCG@10")
    for climb in costs.climbs:
        climbed.add_row(climb.model, climb.size, f"{climb.processor_s:.2f}", f"{climb.ndcg:.4f}")
    return [spent, climbed]


def _figures(cost: Cost) -> tuple[str, ...]:
    times = f"{cost.seconds:.1f}", f"{cost.processor_s:.1f}"
    return *times, f"+{cost.peak_mb:.0f}", f"{cost.known_ms:.2f}", f"{cost.told_ms:.2f}"


def _climbs(size: str, folder: Path, threads: int, *, has_goal: bool) -> Iterator[Climb]:
    """The goal's best lists, then ours with more and more directions until they are as good."""

    def climb(model: str, variant: float | None, what: str) -> Climb:
        cost = _alone(Job(folder, model, threads, variant, tested=True))
        return Climb(size, f"{model}, {what}", cost.processor_s, cost.ndcg or 0.0)

    goal = 1.0
    if has_goal:
        goals = [climb(GOAL, penalty, f"penalty {penalty:g}") for penalty in PENALTIES]
        best = max(goals, key=lambda one: one.ndcg)
        goal = best.ndcg
        yield best
    for directions in (*LADDER, None):
        ours = climb("ranking alone", directions, f"{directions or 'all'} directions")
        yield ours
        if ours.ndcg >= goal:
            return


def _alone(job: Job) -> Cost:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run, job).result()


def _is_wanted(model: str, ratings: int) -> bool:
    library = LIBRARIES.get(model)
    return ratings <= LARGEST.get(model, ratings) and (library is None or find_spec(library) is not None)


def _written(size: str, folder: Path) -> tuple[str, int]:
    """Ratings and rated films as the jobs read them; the name of the data and the number of ratings."""
    if size in GENERATED:
        ratings, movies = generated(*GENERATED[size])
        name = size
    else:
        loaded = load_dataset(size, folder)
        ratings, movies, name = (
            loaded.load_ratings(),
            loaded.movies[["movie_id", "title", "year", "genres"]],
            loaded.name,
        )
    ratings.reset_index(drop=True).to_feather(folder / "ratings.feather")
    rated_catalogue(ratings, movies).to_feather(folder / "movies.feather")
    return name, len(ratings)
