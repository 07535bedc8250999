"""The protocols R, K and N for the default model, the notebook's and EASE, beside popularity and bias."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from rich.table import Table

from benchmarks.timing import scratch, table
from bot.cli.progress import training_bar
from data import load_dataset
from recommender import TrainingConfig
from recommender.evaluation import Contender, Ease, evaluate
from recommender.evaluation.evaluate import DEFAULT_SEEDS

Figures = Mapping[str, Mapping[str, Any]]
"""Model to figure to value, of one protocol."""


def measure(dataset: str, seeds: Sequence[int] = DEFAULT_SEEDS) -> dict[str, Figures]:
    """Protocol to figures. One thread: so no figure depends on the machine's cores."""
    torch.set_num_threads(1)
    models: dict[str, TrainingConfig | Contender] = {
        "default": TrainingConfig(),
        "notebook": TrainingConfig.notebook(),
        "EASE λ=100": Ease(100.0),
        "EASE λ=6400": Ease(6400.0),
    }
    with scratch() as folder, training_bar() as show:
        loaded = load_dataset(dataset, folder)
        movies = loaded.movies[["movie_id", "title", "year", "genres"]]
        measured: dict[str, Figures] = evaluate(loaded.load_ratings(), movies, models, seeds=seeds, on_progress=show)[
            "protocols"
        ]
    return measured


def report(protocols: Mapping[str, Figures]) -> list[Table]:
    stars = table("R: stars of held-out ratings", "model", "RMSE", "MAE", "seconds")
    for name, one in protocols["R"].items():
        stars.add_row(name, f"{one['rmse']:.4f}", f"{one['mae']:.3f}", f"{one['seconds']:.1f}")
    known = table("K: lists of known users", "model", "NDCG@10", "Recall@10", "seconds")
    for name, one in protocols["K"].items():
        known.add_row(name, f"{one['ndcg@10']:.4f}", f"{one['recall@10']:.4f}", f"{one['seconds']:.1f}")
    sizes = ("1", "3", "5", "10", "20", "mean")
    new = table("N: NDCG@10 of new users by their ratings", "model", *sizes)
    for name, one in protocols["N"].items():
        new.add_row(name, *(f"{one['ndcg@10'][size]:.3f}" for size in sizes))
    return [stars, known, new]
