"""The protocols R (rating), K (known users) and N (new users), each for one contender on one ratings table."""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from recommender.evaluation.beside import beside_metrics
from recommender.evaluation.contenders import Contender, Fitted
from recommender.evaluation.memory import PeakMemory
from recommender.evaluation.metrics import LIST_LENGTH, mae, ranking_metrics, rmse
from recommender.evaluation.splits import (
    POSITIVE_STARS,
    PROFILE_SIZES,
    Split,
    last_split,
    new_user_folds,
    random_split,
)
from recommender.vocabulary import IndexArray

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
        fitted, cost = _fit(contender, training, catalogue)
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
    training = ratings.iloc[split.training]
    fitted, cost = _fit(contender, training, catalogue)
    return {**known_user_metrics(fitted, ratings, split, catalogue), **cost}


def known_user_metrics(fitted: Fitted, ratings: pd.DataFrame, split: Split, catalogue: pd.DataFrame) -> dict[str, Any]:
    """K of a contender that is trained on the split."""
    training, test = ratings.iloc[split.training], ratings.iloc[split.test]
    profiles = profiles_of(training)
    positives = positives_of(test)
    user_ids = list(positives)
    wanted = list(positives.values())
    own = [profiles.get(user_id, {}) for user_id in user_ids]
    started = time.perf_counter()
    lists = fitted.lists(user_ids, own, LIST_LENGTH)
    elapsed_ms = (time.perf_counter() - started) * 1e3
    stars = fitted.stars(test, profiles)
    return {
        **(ranking_metrics(lists, wanted) if wanted else {}),
        **beside_metrics(lists, own, training, catalogue),
        "temporal_rmse": None if stars is None else rmse(stars, test["rating"].to_numpy(np.float64)),
        "ms_per_list": elapsed_ms / max(len(user_ids), 1),
        "users": len(user_ids),
    }


def protocol_n(contender: Contender, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> dict[str, Any]:
    """Lists from the first k ratings of users who are absent from the training, over six folds."""
    movie_id = ratings["movie_id"].to_numpy(np.int64)
    rating = ratings["rating"].to_numpy(np.float64)
    by_size: dict[int, list[tuple[IndexArray, list[frozenset[int]]]]] = {k: [] for k in PROFILE_SIZES}
    costs = []
    for fold in new_user_folds(ratings):
        fitted, cost = _fit(contender, ratings.iloc[fold.training], catalogue)
        costs.append(cost)
        for k in PROFILE_SIZES:
            tested = [
                (user, frozenset(movie_id[row] for row in user.rows[k:] if rating[row] >= POSITIVE_STARS))
                for user in fold.users
            ]
            tested = [(user, wanted) for user, wanted in tested if wanted]
            profiles = [
                dict(zip(movie_id[user.rows[:k]].tolist(), rating[user.rows[:k]].tolist(), strict=True))
                for user, _ in tested
            ]
            lists = fitted.lists([user.user_id for user, _ in tested], profiles, LIST_LENGTH)
            by_size[k].append((lists, [wanted for _, wanted in tested]))
    if not costs:
        return {"ndcg@10": {}, "users": 0}
    found = {
        k: ranking_metrics(
            np.concatenate([lists for lists, _ in parts]), [wanted for _, own in parts for wanted in own]
        )
        for k, parts in by_size.items()
    }
    result: dict[str, Any] = {
        metric: {
            **{str(k): found[k][metric] for k in PROFILE_SIZES},
            "mean": float(np.mean([found[k][metric] for k in PROFILE_SIZES if k])),
        }
        for metric in ("ndcg@10", "recall@10")
    }
    result["users"] = sum(len(wanted) for _, wanted in by_size[0])
    return {**result, **{name: float(np.mean([cost[name] for cost in costs])) for name in costs[0]}}


def profiles_of(ratings: pd.DataFrame) -> dict[int, dict[int, float]]:
    """Each user's ratings."""
    user, movie, stars = (ratings[name].to_numpy() for name in ("user_id", "movie_id", "rating"))
    profiles: dict[int, dict[int, float]] = {}
    for user_id, movie_id, rating in zip(user.tolist(), movie.tolist(), stars.tolist(), strict=True):
        profiles.setdefault(user_id, {})[movie_id] = rating
    return profiles


def positives_of(test: pd.DataFrame) -> dict[int, frozenset[int]]:
    """The films each user should have been shown; users without one are left out."""
    liked = test[test["rating"] >= POSITIVE_STARS]
    return {user_id: frozenset(movie_id for movie_id in films) for user_id, films in profiles_of(liked).items()}


def _fit(contender: Contender, training: pd.DataFrame, catalogue: pd.DataFrame) -> tuple[Fitted, dict[str, float]]:
    """Train, and what it cost."""
    started = time.perf_counter()
    with PeakMemory() as memory:
        fitted = contender.fit(training, catalogue)
    return fitted, {"seconds": time.perf_counter() - started, "peak_mb": memory.peak_mb}
