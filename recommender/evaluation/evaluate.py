"""All protocols of all contenders in one run."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from recommender.config import TrainingConfig
from recommender.errors import NoStarsError, TrainingCancelled
from recommender.evaluation.baselines import Bias
from recommender.evaluation.cold_item_protocol import protocol_c
from recommender.evaluation.comparison import compared
from recommender.evaluation.consistency import consistency
from recommender.evaluation.contenders import ByProtocol, Configured, Contender, Fitted
from recommender.evaluation.dislike_protocol import protocol_d
from recommender.evaluation.protocols import protocol_k, protocol_n, protocol_r
from recommender.evaluation.splits import FOLDS, PROFILE_SIZES, USED_FOLDS
from recommender.evaluation.star_protocol import protocol_s
from recommender.interactions import newest_only
from recommender.progress import OnProgress, Progress
from recommender.ratings_table import CONTRACT, Columns, read_tables
from recommender.vocabulary import Vocabulary

PROTOCOLS = ("R", "K", "N")
"""Those that are run unless others are asked for."""

COLD = "cold"
"""N for k = 0 alone, which N includes."""

CONSISTENCY = "consistency"

EVERY_PROTOCOL = (*PROTOCOLS, "S", "D", "C", COLD, CONSISTENCY)

DEFAULT_SEEDS = (42, 43, 44, 45, 46)
"""Seeds of the splits of protocol R."""

Model = TrainingConfig | Contender | ByProtocol


def evaluate(
    ratings: pd.DataFrame,
    movies: pd.DataFrame | None,
    models: Mapping[str, Model],
    protocols: Sequence[str] = PROTOCOLS,
    seeds: Sequence[int] = DEFAULT_SEEDS,
    on_progress: OnProgress | None = None,
    columns: Columns = CONTRACT,
) -> dict[str, Any]:
    """{"seeds", "protocols": {protocol: {model: figures}}}; popularity and bias always stand beside.

    Lists are also compared user by user with the first model's ("compared"), since single means are too uncertain
    to tell good models apart. `on_progress` counts the trainings; returning False raises TrainingCancelled.
    """
    unknown = sorted(set(protocols) - {*EVERY_PROTOCOL})
    if unknown:
        raise ValueError(f"no such protocol: {', '.join(unknown)}")
    tables = read_tables(ratings, movies, columns)
    if not tables.has_stars:
        raise NoStarsError
    ratings, movies = newest_only(tables.ratings).reset_index(drop=True), tables.movies
    catalogue = rated_catalogue(ratings, movies)
    everybody: dict[str, Model] = {**models, "popularity": TrainingConfig.popularity(), "bias": Bias()}
    runs = [
        _Run(protocol, name, contender)
        for protocol in protocols
        for name, model in everybody.items()
        if (contender := _contender(model, protocol)) is not None
    ]
    count = Count(sum(_trainings(run.protocol, seeds) for run in runs), on_progress)
    results: dict[str, dict[str, Any]] = {protocol: {} for protocol in protocols}
    for run in runs:
        done = count.step
        figures = _figures(run, _Counted(run.contender, count, f"{run.protocol} {run.name}"), ratings, catalogue, seeds)
        count.step = done + _trainings(run.protocol, seeds)  # also where fewer were enough
        if figures is not None:
            results[run.protocol][run.name] = figures
    return {"seeds": list(seeds), "protocols": {protocol: compared(rows) for protocol, rows in results.items()}}


@dataclass(frozen=True, slots=True)
class _Run:
    protocol: str
    name: str
    contender: Contender


@dataclass(slots=True)
class Count:
    """Trainings so far, and who wants to know."""

    steps: int
    on_progress: OnProgress | None
    step: int = 0
    started: float = field(default_factory=time.perf_counter)

    def tell(self, stage: str) -> None:
        if self.on_progress is not None:
            progress = Progress(stage, self.step, self.steps, None, None, time.perf_counter() - self.started)
            if self.on_progress(progress) is False:
                raise TrainingCancelled(stage, self.step)
        self.step += 1


@dataclass(frozen=True, slots=True)
class _Counted:
    """A contender whose trainings are counted."""

    contender: Contender
    count: Count
    stage: str

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> Fitted:
        self.count.tell(self.stage)
        return self.contender.fit(ratings, catalogue)


def _contender(model: Model, protocol: str) -> Contender | None:
    """Who runs; those without ratings and those of D are new users."""
    if isinstance(model, ByProtocol):
        return model.contenders.get("N" if protocol in (COLD, "D") else protocol)
    return Configured(model) if isinstance(model, TrainingConfig) else model


def _trainings(protocol: str, seeds: Sequence[int]) -> int:
    return {"R": len(seeds), "K": 1, "C": 1, "S": USED_FOLDS, "D": USED_FOLDS}.get(protocol, FOLDS)


def _figures(
    run: _Run, contender: Contender, ratings: pd.DataFrame, catalogue: pd.DataFrame, seeds: Sequence[int]
) -> dict[str, Any] | None:
    match run.protocol:
        case "R":
            return protocol_r(contender, ratings, catalogue, seeds)
        case "K":
            return protocol_k(contender, ratings, catalogue)
        case "S":
            return protocol_s(contender, ratings, catalogue)
        case "D":
            return protocol_d(contender, ratings, catalogue)
        case "C":
            return protocol_c(contender, ratings, catalogue)
        case "consistency":
            return consistency(contender, ratings, catalogue)
    return protocol_n(contender, ratings, catalogue, (0,) if run.protocol == COLD else PROFILE_SIZES)


def rated_catalogue(ratings: pd.DataFrame, movies: pd.DataFrame | None) -> pd.DataFrame:
    """One row per film that has a rating, with what `movies` says about it."""
    rated = pd.DataFrame({"movie_id": Vocabulary.of(ratings["movie_id"].to_numpy(np.int64)).ids})
    if movies is None:
        return rated.assign(title="", year=np.nan, genres="")
    return rated.merge(movies.drop_duplicates("movie_id"), on="movie_id", how="left")
