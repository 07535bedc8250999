"""The protocols R (rating), K (known users) and N (new users), each for one contender on one ratings table."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd

from recommender.evaluation.beyond_accuracy import beyond_accuracy_metrics
from recommender.evaluation.comparison import BY_USER
from recommender.evaluation.contenders import Contender, Fitted, Profiles
from recommender.evaluation.memory import PeakMemory
from recommender.evaluation.metrics import LIST_LENGTH, hit_matrix, mae, ndcg, ranking_metrics, rmse
from recommender.evaluation.splits import (
    POSITIVE_STARS,
    PROFILE_SIZES,
    Fold,
    NewUser,
    last_split,
    new_user_folds,
    random_split,
)
from recommender.vocabulary import FloatArray, IndexArray, RatingHistory

KNOWN_SHARE, KNOWN_LEAST = 0.2, 10
"""K tests the last fifth of the ratings of users with at least ten."""


def protocol_r(
    contender: Contender, ratings: pd.DataFrame, catalogue: pd.DataFrame, seeds: Sequence[int]
) -> dict[str, Any] | None:
    """Mean errors over the seeds, predictions within the range; None where no stars are predicted."""
    errors = []
    for seed in seeds:
        split = random_split(len(ratings), seed)
        training, test = ratings.iloc[split.training], ratings.iloc[split.test]
        fitted, cost = fit(contender, training, catalogue)
        stars = fitted.stars(test, profiles_of(training))
        if stars is None:
            return None
        rating = test["rating"].to_numpy(np.float64)
        stars = np.clip(stars, ratings["rating"].min(), ratings["rating"].max())
        errors.append({"rmse": rmse(stars, rating), "mae": mae(stars, rating), **cost})
    means: dict[str, Any] = {name: float(np.mean([one[name] for one in errors])) for name in errors[0]}
    means["rmse_by_seed"] = {str(seed): one["rmse"] for seed, one in zip(seeds, errors, strict=True)}
    return means


def protocol_k(contender: Contender, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> dict[str, Any]:
    """Lists for the users with a positive among the last fifth of their ratings."""
    split = last_split(ratings, KNOWN_SHARE, KNOWN_LEAST)
    training, test = ratings.iloc[split.training], ratings.iloc[split.test]
    fitted, cost = fit(contender, training, catalogue)
    profiles = profiles_of(training)
    positives = positives_of(test)
    user_ids = list(positives)
    own = [profiles.get(user_id, {}) for user_id in user_ids]
    lists, elapsed_ms = _timed_lists(fitted, user_ids, own)
    stars = fitted.stars(test, profiles)
    return {
        **(_ranked(lists, list(positives.values())) if positives else {}),
        **beyond_accuracy_metrics(lists, own, training, catalogue),
        "temporal_rmse": None if stars is None else rmse(stars, test["rating"].to_numpy(np.float64)),
        "ms_per_list": elapsed_ms / max(len(user_ids), 1),
        "users": len(user_ids),
        **cost,
    }


def protocol_n(
    contender: Contender,
    ratings: pd.DataFrame,
    catalogue: pd.DataFrame,
    sizes: Sequence[int] = PROFILE_SIZES,
    folds: Iterable[Fold] | None = None,
) -> dict[str, Any]:
    """Lists from the first k ratings of users who are absent from the training, over the protocol's six folds."""
    table = Columns.of(ratings)
    parts: dict[int, list[_Served]] = {k: [] for k in sizes}
    costs = []
    for fold in new_user_folds(ratings) if folds is None else folds:
        fitted, cost = fit(contender, ratings.iloc[fold.training], catalogue)
        costs.append(cost)
        for k in sizes:
            parts[k].append(_serve(fitted, fold.users, k, table))
    if not costs:
        return {"ndcg@10": {}, "users": 0}
    found = {k: _ranked_parts(served) for k, served in parts.items()}
    by_user = np.stack([np.concatenate([served.ndcg for served in parts[k]]) for k in sizes], axis=1)
    lists = [served for some in parts.values() for served in some]
    return {
        **{metric: _by_size(found, metric) for metric in ("ndcg@10", "recall@10")},
        BY_USER: by_user,
        "ms_per_list": sum(one.elapsed_ms for one in lists) / max(sum(len(one.positives) for one in lists), 1),
        "users": len(by_user),
        **{name: float(np.mean([cost[name] for cost in costs])) for name in costs[0]},
    }


@dataclass(frozen=True, slots=True)
class Columns:
    """A ratings table as arrays, for histories that are row numbers."""

    movie_id: IndexArray  # [rows]
    rating: FloatArray  # [rows] float64 stars

    @classmethod
    def of(cls, ratings: pd.DataFrame) -> Self:
        return cls(ratings["movie_id"].to_numpy(np.int64), ratings["rating"].to_numpy(np.float64))

    def profile(self, rows: IndexArray) -> dict[int, float]:
        """Film ids to stars."""
        return dict(zip(self.movie_id[rows].tolist(), self.rating[rows].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Served:
    """What one fold's users with a positive got, and the NDCG of all of them, NaN for those without."""

    lists: IndexArray
    positives: list[frozenset[int]]
    ndcg: FloatArray
    elapsed_ms: float


def _serve(fitted: Fitted, users: Sequence[NewUser], k: int, table: Columns) -> _Served:
    """Lists from the first k ratings of each user who has a positive after them."""
    targets = [
        frozenset(table.movie_id[row] for row in user.rows[k:] if table.rating[row] >= POSITIVE_STARS) for user in users
    ]
    tested = [place for place, movie_ids in enumerate(targets) if movie_ids]
    profiles = [table.profile(users[place].rows[:k]) for place in tested]
    lists, elapsed_ms = _timed_lists(fitted, [users[place].user_id for place in tested], profiles)
    positives = [targets[place] for place in tested]
    by_user = np.full(len(users), np.nan)
    by_user[tested] = ndcg(hit_matrix(lists, positives), positives)
    return _Served(lists, positives, by_user, elapsed_ms)


def _ranked_parts(parts: Sequence[_Served]) -> dict[str, float]:
    lists = np.concatenate([served.lists for served in parts])
    return ranking_metrics(lists, [movie_ids for served in parts for movie_ids in served.positives])


def _by_size(found: Mapping[int, Mapping[str, float]], metric: str) -> dict[str, float]:
    """The metric for each k, and its mean over those above 0."""
    warm = [figures[metric] for k, figures in found.items() if k]
    means = {str(k): figures[metric] for k, figures in found.items()}
    return {**means, "mean": float(np.mean(warm))} if warm else means


def _ranked(lists: IndexArray, positives: list[frozenset[int]]) -> dict[str, Any]:
    return {**ranking_metrics(lists, positives), BY_USER: ndcg(hit_matrix(lists, positives), positives)}


def _timed_lists(fitted: Fitted, user_ids: Sequence[int], profiles: Profiles) -> tuple[IndexArray, float]:
    """The lists, and the milliseconds all of them took."""
    started = time.perf_counter()
    lists = fitted.lists(user_ids, profiles, LIST_LENGTH)
    return lists, (time.perf_counter() - started) * 1e3


def profiles_of(ratings: pd.DataFrame) -> dict[int, dict[int, float]]:
    """Each user's ratings; where the table has times a RatingHistory, those of one moment in the order of the table."""
    has_times = "timestamp" in ratings
    in_order = ratings.sort_values("timestamp", kind="stable") if has_times else ratings
    user, movie, stars = (in_order[name].to_numpy() for name in ("user_id", "movie_id", "rating"))
    kind = RatingHistory if has_times else dict
    profiles: dict[int, dict[int, float]] = {user_id: kind() for user_id in ratings["user_id"].unique().tolist()}
    for user_id, movie_id, rating in zip(user.tolist(), movie.tolist(), stars.tolist(), strict=True):
        profiles[user_id][movie_id] = rating
    return profiles


def positives_of(test: pd.DataFrame) -> dict[int, frozenset[int]]:
    """The films each user should have been shown; users without one are left out."""
    liked = test[test["rating"] >= POSITIVE_STARS]
    return {user_id: frozenset(movie_id for movie_id in movie_ids) for user_id, movie_ids in profiles_of(liked).items()}


def fit(contender: Contender, training: pd.DataFrame, catalogue: pd.DataFrame) -> tuple[Fitted, dict[str, float]]:
    """Train, and what it cost."""
    started = time.perf_counter()
    with PeakMemory() as memory:
        fitted = contender.fit(training, catalogue)
    return fitted, {"seconds": time.perf_counter() - started, "peak_mb": memory.peak_mb}
