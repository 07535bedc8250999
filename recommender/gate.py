"""May a new model take over? Its configuration must beat popularity, and not lose to the one in use."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from recommender.config import TrainingConfig
from recommender.errors import NonFiniteLossError
from recommender.evaluation.contenders import FittedRecommender
from recommender.evaluation.evaluate import rated_catalogue
from recommender.evaluation.metrics import LIST_LENGTH, hit_matrix, ndcg, rmse
from recommender.evaluation.protocols import positives_of, profiles_of
from recommender.evaluation.splits import last_split
from recommender.interactions import newest_only
from recommender.model import Recommender
from recommender.processes import ALONE, Processes
from recommender.progress import Course, Epoch, OnProgress
from recommender.training import train
from recommender.vocabulary import FloatArray

HELD_OUT_SHARE = 0.1
"""The last tenth of each user's ratings is held out."""

LEAST_RATINGS = 10
"""Users with fewer ratings are only trained on."""

LEAST_USERS = 20
"""With fewer users to compare lists by, the comparison says nothing and is skipped."""

TOLERATED_ERRORS = 2.0
"""Paired standard errors a candidate may be below the configuration in use."""

NON_FINITE_LOSS = "non_finite_loss"
BELOW_POPULARITY = "below_popularity"
WORSE_THAN_CURRENT = "worse_than_current"


@dataclass(frozen=True, slots=True)
class GateReport:
    """The verdict. `reasons` are the codes above, `history` the epochs of the candidate's training.

    `metrics`: "ndcg@10", "popularity_ndcg@10" and "current_ndcg@10" over "users" people, the mean
    "paired_difference" to the current configuration with its "paired_se", and "val_rmse" of the held-out
    stars; None where it was not measured ("skipped" then says why).
    """

    passed: bool
    reasons: tuple[str, ...]
    metrics: dict[str, Any]
    history: tuple[Epoch, ...]


def gate(
    ratings: pd.DataFrame,
    movies: pd.DataFrame | None,
    *,
    config: TrainingConfig,
    current: TrainingConfig | None,
    course: Course | None = None,
    processes: Processes = ALONE,
) -> GateReport:
    """Train the configuration, and the one in use where it differs, on all but the last tenth; compare.

    Of several processes each gives its own users' ratings, and all come to the same verdict.
    Raises NotEnoughDataError and TrainingCancelled; a loss that is not finite is a verdict.
    """
    course = course or Course(2, None)
    ratings = newest_only(ratings)
    split = last_split(ratings, HELD_OUT_SHARE, LEAST_RATINGS)
    training, test = ratings.iloc[split.training], ratings.iloc[split.test]
    rated = processes.joined(np.unique(ratings["movie_id"].to_numpy(np.int64)))
    catalogue = rated_catalogue(pd.DataFrame({"movie_id": rated}), movies)  # with films of the last tenth alone
    try:
        progress = course.training("test")
        candidate = train(training, catalogue, config=config, on_progress=progress, processes=processes)
    except NonFiniteLossError:
        return GateReport(False, (NON_FINITE_LOSS,), _unmeasured(NON_FINITE_LOSS), ())
    comparison = _Comparison(training, test, processes)
    metrics = _unmeasured("too_few_users")
    metrics["users"] = comparison.users
    reasons = []
    if comparison.users >= LEAST_USERS:
        own = comparison.ndcg(candidate)
        popularity = TrainingConfig.popularity()
        popular = comparison.ndcg(train(training, catalogue, config=popularity, processes=processes))
        metrics |= {"ndcg@10": float(own.mean()), "popularity_ndcg@10": float(popular.mean()), "skipped": None}
        metrics["val_rmse"] = comparison.rmse(candidate)
        if own.mean() < popular.mean():
            reasons.append(BELOW_POPULARITY)
        if current is not None and current != config:
            progress = course.training("current")
            in_use = train(training, catalogue, config=current, on_progress=progress, processes=processes)
            other = comparison.ndcg(in_use)
            difference = own - other
            standard_error = float(difference.std(ddof=1) / np.sqrt(len(difference)))
            metrics["current_ndcg@10"] = float(other.mean())
            metrics["paired_difference"] = float(difference.mean())
            metrics["paired_se"] = standard_error
            if difference.mean() < -TOLERATED_ERRORS * standard_error:
                reasons.append(WORSE_THAN_CURRENT)
    return GateReport(not reasons, tuple(reasons), metrics, candidate.history)


def train_gated(
    ratings: pd.DataFrame,
    movies: pd.DataFrame | None,
    *,
    config: TrainingConfig,
    current: TrainingConfig | None = None,
    force: bool = False,
    on_progress: OnProgress | None = None,
    processes: Processes = ALONE,
) -> tuple[Recommender | None, GateReport]:
    """The gate, then the training on everything; no model where the gate refused.

    `force` trains despite worse metrics, never despite a loss that is not finite.
    """
    course = Course(2 if current in (None, config) else 3, on_progress)
    report = gate(ratings, movies, config=config, current=current, course=course, processes=processes)
    if NON_FINITE_LOSS in report.reasons or not (report.passed or force):
        return None, report
    try:
        progress = course.training()
        model = train(ratings, movies, config=config, on_progress=progress, processes=processes)
    except NonFiniteLossError:
        return None, replace(report, passed=False, reasons=(*report.reasons, NON_FINITE_LOSS))
    model.metrics = dict(report.metrics)
    return model, report


class _Comparison:
    """The people with a positive among their held-out ratings, and how well a model would have served them."""

    def __init__(self, training: pd.DataFrame, test: pd.DataFrame, processes: Processes) -> None:
        profiles = profiles_of(training)
        positives = positives_of(test)
        self._test = test
        self._profiles = profiles
        self._of_tested = [profiles.get(user_id, {}) for user_id in positives]
        self._positives = list(positives.values())
        self._processes = processes
        self.users = processes.count(len(positives))

    def ndcg(self, model: Recommender) -> FloatArray:
        """[users] of the lists the bot would show them."""
        lists = model.recommend_batch(self._of_tested, LIST_LENGTH)
        return self._processes.joined(ndcg(hit_matrix(lists, self._positives), self._positives))

    def rmse(self, model: Recommender) -> float:
        stars = self._processes.joined(FittedRecommender(model).stars(self._test, self._profiles))
        return rmse(stars, self._processes.joined(self._test["rating"].to_numpy(np.float64)))


def _unmeasured(why: str) -> dict[str, Any]:
    names = ("ndcg@10", "popularity_ndcg@10", "current_ndcg@10", "paired_difference", "paired_se", "val_rmse")
    return {**dict.fromkeys(names), "users": 0, "skipped": why}
