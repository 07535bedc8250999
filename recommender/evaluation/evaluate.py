"""All protocols of all contenders in one run."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from recommender.config import TrainingConfig
from recommender.errors import TrainingCancelled
from recommender.evaluation.baselines import Bias
from recommender.evaluation.contenders import Configured, Contender
from recommender.evaluation.protocols import protocol_k, protocol_n, protocol_r
from recommender.interactions import newest_only
from recommender.progress import OnProgress, Progress

PROTOCOLS = ("R", "K", "N")
DEFAULT_SEEDS = (42, 43, 44, 45, 46)
"""Seeds of the splits of protocol R."""


def evaluate(
    ratings: pd.DataFrame,
    movies: pd.DataFrame | None,
    models: Mapping[str, TrainingConfig | Contender],
    protocols: Sequence[str] = PROTOCOLS,
    seeds: Sequence[int] = DEFAULT_SEEDS,
    on_progress: OnProgress | None = None,
) -> dict[str, Any]:
    """{"seeds", "protocols": {protocol: {model: figures}}}; popularity and bias always stand beside.

    `on_progress` counts the (protocol, model) pairs; returning False raises TrainingCancelled.
    """
    unknown = sorted(set(protocols) - set(PROTOCOLS))
    if unknown:
        raise ValueError(f"no such protocol: {', '.join(unknown)}")
    ratings = newest_only(ratings).reset_index(drop=True)
    catalogue = rated_catalogue(ratings, movies)
    contenders: dict[str, Contender] = {
        name: Configured(model) if isinstance(model, TrainingConfig) else model
        for name, model in {**models, "popularity": TrainingConfig.popularity(), "bias": Bias()}.items()
    }
    results: dict[str, dict[str, Any]] = {protocol: {} for protocol in protocols}
    started = time.perf_counter()
    runs = [(protocol, name) for protocol in protocols for name in contenders]
    for step, (protocol, name) in enumerate(runs):
        stage = f"{protocol} {name}"
        if on_progress is not None:
            progress = Progress(stage, step, len(runs), None, None, time.perf_counter() - started)
            if on_progress(progress) is False:
                raise TrainingCancelled(stage, step)
        figures = _run(protocol, contenders[name], ratings, catalogue, seeds)
        if figures is not None:
            results[protocol][name] = figures
    return {"seeds": list(seeds), "protocols": results}


def _run(
    protocol: str,
    contender: Contender,
    ratings: pd.DataFrame,
    catalogue: pd.DataFrame,
    seeds: Sequence[int],
) -> dict[str, Any] | None:
    if protocol == "R":
        return protocol_r(contender, ratings, catalogue, seeds)
    return (protocol_k if protocol == "K" else protocol_n)(contender, ratings, catalogue)


def rated_catalogue(ratings: pd.DataFrame, movies: pd.DataFrame | None) -> pd.DataFrame:
    """One row per film that has a rating, with what `movies` says about it."""
    rated = pd.DataFrame({"movie_id": sorted(ratings["movie_id"].unique())})
    if movies is None:
        return rated.assign(title="", year=np.nan, genres="")
    return rated.merge(movies.drop_duplicates("movie_id"), on="movie_id", how="left")
