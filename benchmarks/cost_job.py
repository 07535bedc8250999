"""One training in a process of its own: what it took, what its lists take, and how good they are."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from recommender import TrainingConfig
from recommender.config import RatingConfig
from recommender.evaluation import Contender, Ease, Fitted
from recommender.evaluation.contenders import Configured
from recommender.evaluation.memory import PeakMemory
from recommender.evaluation.metrics import LIST_LENGTH, ranking_metrics
from recommender.evaluation.peers.implicit_models import ImplicitAls
from recommender.evaluation.peers.irspack_ials import IrspackIals
from recommender.evaluation.protocols import KNOWN_LEAST, KNOWN_SHARE, positives_of, profiles_of
from recommender.evaluation.splits import POSITIVE_STARS, last_split
from recommender.vocabulary import IndexArray

LISTS = 200
"""Lists timed one by one; the median is given."""

TOLD = 20
"""Ratings of a profile that is folded in."""

TESTED = 2000
"""Known users whose lists are compared, at most."""

WARM_UP_USERS = 60


LISTS_ONLY = replace(
    TrainingConfig.fast(),
    validation_share=0.0,
    rating=RatingConfig(dimensions=1, pattern_dimensions=1, sweeps=1),
)
"""Lists without a re-ranker, and the least of stars a model can have: close to what the ranking head alone costs."""


def ranking_alone(directions: float | None = None) -> Contender:
    ranking = LISTS_ONLY.ranking if directions is None else replace(LISTS_ONLY.ranking, dimensions=int(directions))
    return Configured(replace(LISTS_ONLY, ranking=ranking))


def implicit_als(penalty: float | None = None) -> Contender:
    return ImplicitAls() if penalty is None else ImplicitAls(regularization=penalty)


MODELS: dict[str, Callable[[], Contender]] = {
    "default": lambda: Configured(TrainingConfig()),
    "fast": lambda: Configured(TrainingConfig.fast()),
    "ranking alone": ranking_alone,
    "notebook": lambda: Configured(TrainingConfig.notebook()),
    "implicit ALS": implicit_als,
    "irspack iALS": lambda: IrspackIals(factors=64),
    "EASE": lambda: Ease(100.0),
}
VARIED: dict[str, Callable[[float], Contender]] = {"ranking alone": ranking_alone, "implicit ALS": implicit_als}
"""Models with one parameter that matters for how good lists are, and how soon."""


@dataclass(frozen=True, slots=True)
class Job:
    """`folder` holds ratings.feather and movies.feather.

    `variant` is the parameter of a varied model. `tested` holds the last fifth back and measures lists by it.
    """

    folder: Path
    model: str
    threads: int
    variant: float | None = None
    tested: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    processor_s: float
    """Of all threads; on a busy machine it says more than the clock."""
    peak_mb: float
    known_ms: float
    """One list for a known user, from all their ratings."""
    told_ms: float
    """One list from twenty ratings of a new one."""
    ndcg: float | None


def run(job: Job) -> Cost:
    torch.set_num_threads(job.threads)
    ratings = pd.read_feather(job.folder / "ratings.feather")
    catalogue = pd.read_feather(job.folder / "movies.feather")
    test = None
    if job.tested:
        split = last_split(ratings, KNOWN_SHARE, KNOWN_LEAST)
        ratings, test = ratings.iloc[split.training], ratings.iloc[split.test]
    contender = MODELS[job.model]() if job.variant is None else VARIED[job.model](job.variant)
    contender.fit(ratings[ratings["user_id"].isin(ratings["user_id"].unique()[:WARM_UP_USERS])], catalogue)
    started, worked = time.perf_counter(), time.process_time()
    with PeakMemory() as memory:
        fitted = contender.fit(ratings, catalogue)
    seconds, processor_s = time.perf_counter() - started, time.process_time() - worked
    users = _spread(ratings["user_id"].unique(), LISTS)
    profiles = profiles_of(ratings[ratings["user_id"].isin(users)])
    told = [dict(list(profile.items())[:TOLD]) for profile in profiles.values()]
    return Cost(
        seconds=seconds,
        processor_s=processor_s,
        peak_mb=memory.peak_mb,
        known_ms=_median_ms(fitted, list(profiles), list(profiles.values())),
        told_ms=_median_ms(fitted, [-1] * len(told), told),
        ndcg=None if test is None else _ndcg(fitted, ratings, test),
    )


def _median_ms(fitted: Fitted, user_ids: Sequence[int], profiles: Sequence[dict[int, float]]) -> float:
    times = []
    for user_id, profile in zip(user_ids, profiles, strict=True):
        started = time.perf_counter()
        fitted.lists([user_id], [profile], LIST_LENGTH)
        times.append(time.perf_counter() - started)
    return float(np.median(times)) * 1e3


def _ndcg(fitted: Fitted, training: pd.DataFrame, test: pd.DataFrame) -> float:
    """Protocol K of at most TESTED users."""
    liking = test[test["rating"] >= POSITIVE_STARS]
    users = _spread(liking["user_id"].unique(), TESTED)
    positives = positives_of(test[test["user_id"].isin(users)])
    profiles = profiles_of(training[training["user_id"].isin(users)])
    lists = fitted.lists(list(positives), [profiles.get(user_id, {}) for user_id in positives], LIST_LENGTH)
    return ranking_metrics(lists, list(positives.values()))["ndcg@10"]


def _spread(user_ids: IndexArray, wanted: int) -> IndexArray:
    """So many of them, evenly from all over the table."""
    return user_ids[np.linspace(0, len(user_ids) - 1, min(wanted, len(user_ids))).astype(np.int64)]
