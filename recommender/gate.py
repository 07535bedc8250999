"""May a new model take over? Its configuration must beat popularity, and not lose to the one in use.

Worse than the one in use is what is worse by more than TOLERATED_LOSS of its figure, which matters, and by more than
TOLERATED_ERRORS paired standard errors, which is hardly chance: in lists (NDCG@10) or in stars (RMSE).
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from recommender.config import TrainingConfig
from recommender.errors import NonFiniteLossError
from recommender.evaluation.contenders import FittedRecommender
from recommender.evaluation.evaluate import rated_catalogue
from recommender.evaluation.metrics import LIST_LENGTH, hit_matrix, ndcg
from recommender.evaluation.protocols import positives_of, profiles_of
from recommender.evaluation.splits import last_split
from recommender.interactions import newest_only
from recommender.model import Recommender
from recommender.processes import ALONE, Processes
from recommender.progress import Course, Epoch, OnProgress
from recommender.ratings_table import read_tables
from recommender.training import train
from recommender.vocabulary import FloatArray, IndexArray

HELD_OUT_SHARE = 0.1
"""The last tenth of each user's ratings is held out."""

LEAST_RATINGS = 10
"""Users with fewer ratings are only trained on."""

LEAST_USERS = 20
"""With fewer users to compare lists by, the comparison says nothing and is skipped."""

TOLERATED_LOSS = 0.05
"""Share of its figure, NDCG@10 or RMSE, that a candidate may be worse than the configuration in use."""

TOLERATED_ERRORS = 1.0
"""Paired standard errors that it may be worse, however much that is."""

NON_FINITE_LOSS = "non_finite_loss"
BELOW_POPULARITY = "below_popularity"
WORSE_THAN_CURRENT = "worse_than_current"
WORSE_STARS = "worse_stars"


@dataclass(frozen=True, slots=True)
class GateReport:
    """The verdict. `reasons` are the codes above, `history` the epochs of the candidate's training.

    `metrics`: "ndcg@10", "popularity_ndcg@10" and "current_ndcg@10" over "users" people, the mean
    "paired_difference" to the current configuration with its "paired_se"; "val_rmse" and "current_val_rmse" of the
    held-out stars, "rmse_difference" and "rmse_se"; None where it was not measured ("skipped" then says why).
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
    Raises InvalidDataError, NotEnoughDataError and TrainingCancelled; a loss that is not finite is a verdict.
    """
    return _judged(ratings, movies, config, current, course or Course(2, None), processes)[1]


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
    """The gate, then the training on everything, with the experts that were measured; no model where the gate refused.

    `force` trains despite worse metrics, never despite a loss that is not finite.
    """
    course = Course(2 if current in (None, config) else 3, on_progress)
    measured, report = _judged(ratings, movies, config, current, course, processes)
    if NON_FINITE_LOSS in report.reasons or not (report.passed or force):
        return None, report
    try:
        progress = course.training()
        model = train(ratings, movies, config=config, on_progress=progress, processes=processes, measured=measured)
    except NonFiniteLossError:
        return None, replace(report, passed=False, reasons=(*report.reasons, NON_FINITE_LOSS))
    model.metrics = dict(report.metrics)
    return model, report


def _judged(
    ratings: pd.DataFrame,
    movies: pd.DataFrame | None,
    config: TrainingConfig,
    current: TrainingConfig | None,
    course: Course,
    processes: Processes,
) -> tuple[Recommender | None, GateReport]:
    """The model that was measured, None where its loss was not finite; and the verdict."""
    if processes.size == 1:
        ratings = read_tables(ratings).ratings
    ratings = newest_only(ratings)
    split = last_split(ratings, HELD_OUT_SHARE, LEAST_RATINGS)
    training, test = ratings.iloc[split.training], ratings.iloc[split.test]
    rated = processes.joined(np.unique(ratings["movie_id"].to_numpy(np.int64)))
    catalogue = rated_catalogue(pd.DataFrame({"movie_id": rated}), movies)  # with films of the last tenth alone
    try:
        progress = course.training("test")
        candidate = train(training, catalogue, config=config, on_progress=progress, processes=processes)
    except NonFiniteLossError:
        return None, GateReport(False, (NON_FINITE_LOSS,), _unmeasured(NON_FINITE_LOSS), ())
    comparison = _Comparison(training, test, processes)
    metrics = _unmeasured("too_few_users")
    metrics["users"] = comparison.users
    reasons = []
    if comparison.users >= LEAST_USERS:
        own = comparison.ndcg(candidate)
        popularity = TrainingConfig.popularity()
        popular = comparison.ndcg(train(training, catalogue, config=popularity, processes=processes))
        metrics |= {"ndcg@10": float(own.mean()), "popularity_ndcg@10": float(popular.mean()), "skipped": None}
        errors = comparison.squared_errors(candidate)
        if errors is not None:
            metrics["val_rmse"] = float(np.sqrt(errors.mean()))
        if own.mean() < popular.mean():
            reasons.append(BELOW_POPULARITY)
        if current is not None and current != config:
            progress = course.training("current")
            in_use = train(training, catalogue, config=current, on_progress=progress, processes=processes)
            other = comparison.ndcg(in_use)
            difference, standard_error = float((own - other).mean()), _standard_error(own - other)
            metrics |= {"current_ndcg@10": float(other.mean())}
            metrics |= {"paired_difference": difference, "paired_se": standard_error}
            if _is_worse(-difference, standard_error, metrics["current_ndcg@10"]):
                reasons.append(WORSE_THAN_CURRENT)
            other_errors = comparison.squared_errors(in_use)
            if errors is not None and other_errors is not None:
                difference, standard_error = paired_rmse(errors, other_errors, comparison.user_of_error)
                metrics |= {"current_val_rmse": float(np.sqrt(other_errors.mean()))}
                metrics |= {"rmse_difference": difference, "rmse_se": standard_error}
                if _is_worse(difference, standard_error, metrics["current_val_rmse"]):
                    reasons.append(WORSE_STARS)
    return candidate, GateReport(not reasons, tuple(reasons), metrics, candidate.history)


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
        self.user_of_error = processes.joined(test["user_id"].to_numpy(np.int64))

    def ndcg(self, model: Recommender) -> FloatArray:
        """[users] of the lists the bot would show them."""
        lists = model.recommend_batch(self._of_tested, LIST_LENGTH)
        return self._processes.joined(ndcg(hit_matrix(lists, self._positives), self._positives))

    def squared_errors(self, model: Recommender) -> FloatArray | None:
        """[held-out ratings] of the stars, whose users are `user_of_error`; None of implicit feedback."""
        stars = FittedRecommender(model).stars(self._test, self._profiles)
        if stars is None:
            return None
        return self._processes.joined(np.square(stars - self._test["rating"].to_numpy(np.float64)))


def paired_rmse(own: FloatArray, other: FloatArray, user_id: IndexArray) -> tuple[float, float]:
    """RMSE of the squared errors `own` − that of `other`, both [ratings] of these users; and its standard error.

    By user, since errors of one are alike. With D = MSE − MSE of the other, a ratio of sums over users, the error is
    that of a ratio estimator (Cochran 1977, section 6.4); RMSE's difference is D / (RMSE + RMSE of the other).
    """
    users, user_idx = np.unique(user_id, return_inverse=True)
    difference = own - other
    both = float(np.sqrt(own.mean()) + np.sqrt(other.mean())) or 1.0
    residual = np.asarray(np.bincount(user_idx, difference - difference.mean()), np.float64)  # [users]
    return float(difference.mean()) / both, len(users) * _standard_error(residual) / len(own) / both


def _standard_error(values: FloatArray) -> float:
    """Of their mean."""
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def _is_worse(loss: float, standard_error: float, of_current: float) -> bool:
    return loss > TOLERATED_LOSS * of_current and loss > TOLERATED_ERRORS * standard_error


def _unmeasured(why: str) -> dict[str, Any]:
    of_lists = ("ndcg@10", "popularity_ndcg@10", "current_ndcg@10", "paired_difference", "paired_se")
    of_stars = ("val_rmse", "current_val_rmse", "rmse_difference", "rmse_se")
    return {**dict.fromkeys(of_lists + of_stars), "users": 0, "skipped": why}
