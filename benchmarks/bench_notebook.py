"""How far off the notebook's stars are, per seed of protocol R, after one epoch and after five.

    python benchmarks/bench_notebook.py path/to/ml-latest-small.zip

Five epochs are what the notebook does; one epoch, and plain biases, show what the other four are worth.
"""

import argparse
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import torch

from recommender import TrainingConfig
from recommender.evaluation.baselines import Bias
from recommender.evaluation.contenders import Configured, Contender
from recommender.evaluation.evaluate import rated_catalogue
from recommender.evaluation.protocols import protocol_r

SEEDS = (42, 43, 44, 45, 46)


def read(archive: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ratings and rated movies of a MovieLens zip in the csv layout."""
    with zipfile.ZipFile(archive) as files:
        by_name = {Path(name).name: name for name in files.namelist()}
        ratings = pd.read_csv(files.open(by_name["ratings.csv"]))
        movies = pd.read_csv(files.open(by_name["movies.csv"]))
    ratings.columns = pd.Index(["user_id", "movie_id", "rating", "timestamp"])
    movies.columns = pd.Index(["movie_id", "title", "genres"])
    return ratings, rated_catalogue(ratings, movies)


def contenders() -> dict[str, Contender]:
    notebook = TrainingConfig.notebook()
    one_epoch = replace(notebook, network=replace(notebook.network, epochs=1))
    return {"5 epochs": Configured(notebook), "1 epoch": Configured(one_epoch), "bias": Bias()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    ratings, catalogue = read(options.archive)
    print("RMSE     ", *(f"  seed {seed}" for seed in SEEDS), "     mean  seconds")
    for name, contender in contenders().items():
        started = time.perf_counter()
        figures = protocol_r(contender, ratings, catalogue, SEEDS)
        assert figures is not None
        by_seed = "".join(f"{one:9.4f}" for one in figures["rmse_by_seed"].values())
        seconds = (time.perf_counter() - started) / len(SEEDS)
        print(f"{name:9}{by_seed}{figures['rmse']:9.4f}{seconds:9.1f}", flush=True)


if __name__ == "__main__":
    main()
