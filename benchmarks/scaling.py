"""The same training in 1, 2 and 4 processes of torchrun on this machine: how good, how long, how much is exchanged."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
from rich.table import Table

from benchmarks.generated import generated
from benchmarks.large import SIZES
from benchmarks.timing import scratch, table
from bot.settings import load_settings
from data import load_dataset
from recommender import Recommender, TrainingConfig
from recommender.evaluation.contenders import Fitted, FittedRecommender
from recommender.evaluation.evaluate import rated_catalogue
from recommender.evaluation.protocols import protocol_k, protocol_n, protocol_r
from recommender.evaluation.splits import new_user_folds

PROCESSES = (1, 2, 4)
SEED = 42
"""Of protocol R, which is run once."""

FOLDS = 1
"""Of protocol N, instead of six."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one training. Seconds of the clock, and of all processors; peak and traffic of one process in 10⁶ bytes."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    sent_mb: float


@dataclass(slots=True)
class InProcesses:
    """A configuration that so many processes train together, as a contender; what its trainings cost."""

    number: int
    config: TrainingConfig = field(default_factory=TrainingConfig)
    costs: list[Cost] = field(default_factory=list)

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> Fitted:
        with scratch() as folder:
            ratings.reset_index(drop=True).to_feather(folder / "ratings.feather")
            catalogue.reset_index(drop=True).to_feather(folder / "movies.feather")
            (folder / "config.json").write_text(json.dumps(self.config.to_dict()), "utf-8")
            subprocess.run([*self._command(), str(folder)], check=True, cwd=Path(__file__).parents[1])
            self.costs.append(Cost(**json.loads((folder / "cost.json").read_text("utf-8"))))
            return FittedRecommender(Recommender.load(folder / "model"))

    def _command(self) -> list[str]:
        """One process is a plain training, without torchrun."""
        together = ["torch.distributed.run", "--standalone", "--nproc-per-node", str(self.number), "-m"]
        return [sys.executable, "-m", *(together if self.number > 1 else []), "benchmarks.scaling_job"]


@dataclass(frozen=True, slots=True)
class Row:
    """One data set in so many processes. `cost` is of the default configuration on the training part of K."""

    data: str
    processes: int
    cost: Cost
    metrics: dict[str, float]


def measure(dataset: str, *, quick: bool = False) -> list[Row]:
    """R, K and N of the data set, then K of generated ratings; the quick one leaves these out."""
    settings = load_settings()
    loaded = load_dataset(dataset, settings.datasets_dir)
    rows = [_on_real(loaded.name, loaded.load_ratings(), loaded.movies, number) for number in PROCESSES]
    if not quick:
        ratings, movies = generated(*SIZES["1m"])
        rows += [_on_generated("generated", ratings, movies, number) for number in PROCESSES]
    return rows


def _on_real(name: str, ratings: pd.DataFrame, movies: pd.DataFrame, number: int) -> Row:
    catalogue = rated_catalogue(ratings, movies)
    row = _on_generated(name, ratings, movies, number)
    stars = protocol_r(InProcesses(number, TrainingConfig.fast()), ratings, catalogue, (SEED,))
    assert stars is not None
    lists = protocol_n(InProcesses(number), ratings, catalogue, folds=islice(new_user_folds(ratings), FOLDS))
    row.metrics.update({"R RMSE": stars["rmse"], "N NDCG@10": lists["ndcg@10"]["mean"]})
    return row


def _on_generated(name: str, ratings: pd.DataFrame, movies: pd.DataFrame, number: int) -> Row:
    contender = InProcesses(number)
    known = protocol_k(contender, ratings, rated_catalogue(ratings, movies))
    metrics = {"K NDCG@10": known["ndcg@10"], "K RMSE": known["temporal_rmse"]}
    return Row(f"{name}, {len(ratings):,} ratings", number, contender.costs[-1], metrics)


def report(rows: Sequence[Row]) -> list[Table]:
    made = []
    for name in dict.fromkeys(row.data for row in rows):
        of_data = [row for row in rows if row.data == name]
        names = list(of_data[0].metrics)
        one = table(name, "processes", "s", "processor s", "MB peak", "MB sent", *names)
        for row in of_data:
            cost = row.cost
            costs = (f"{value:,.1f}" for value in (cost.seconds, cost.cpu_seconds, cost.peak_mb, cost.sent_mb))
            one.add_row(str(row.processes), *costs, *(f"{row.metrics[metric]:.6f}" for metric in names))
        apart = max(float(np.ptp([row.metrics[metric] for row in of_data])) for metric in names)
        one.caption = f"largest difference of a metric: {apart:.1e}"
        made.append(one)
    return made
