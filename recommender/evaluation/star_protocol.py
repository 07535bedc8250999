"""The protocol S: stars for people who are absent from the training, from their first ratings on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from recommender.evaluation.contenders import Contender, Fitted, FittedRecommender
from recommender.evaluation.damped_means import DampedMeans
from recommender.evaluation.metrics import rmse
from recommender.evaluation.protocols import Columns, fit
from recommender.evaluation.splits import PROFILE_SIZES, USED_FOLDS, Fold, star_folds
from recommender.vocabulary import FloatArray

INTERVAL_DEVIATIONS = 1.2816
"""A normal distribution has 80 % of its mass within so many standard deviations of its mean."""


def protocol_s(
    contender: Contender,
    ratings: pd.DataFrame,
    catalogue: pd.DataFrame,
    folds: int = USED_FOLDS,
    sizes: Sequence[int] = PROFILE_SIZES,
) -> dict[str, Any] | None:
    """Errors of the stars after k ratings, over all the users' other ratings of films known in training.

    Predictions are kept within the range of the ratings. By k: "rmse", that of the films' damped means
    ("film_mean") and of these with the user's damped offset ("film_mean_offset"), the "ratio" of the first to the
    smaller of the others, and the share of ratings within the 80 % interval ("within_80"), for our models alone.
    None where no stars are predicted.
    """
    parts: dict[int, list[_Predicted]] = {k: [] for k in sizes}
    costs, users = [], 0
    for fold in islice(star_folds(ratings), folds):
        fitted, cost = fit(contender, ratings.iloc[fold.training], catalogue)
        costs.append(cost)
        users += len(fold.users)
        for k in sizes:
            predicted = _predicted(fitted, fold, ratings, k)
            if predicted is None:
                return None
            parts[k].append(predicted)
    if not costs:
        return {"users": 0, "folds": 0}
    by_size = {str(k): _errors(some) for k, some in parts.items()}
    return {
        **{name: {k: figures[name] for k, figures in by_size.items()} for name in next(iter(by_size.values()))},
        "users": users,
        "folds": len(costs),
        **{name: float(np.mean([cost[name] for cost in costs])) for name in costs[0]},
    }


@dataclass(frozen=True, slots=True)
class _Predicted:
    """Of each tested rating its stars, and what was predicted; all [rows]."""

    rating: FloatArray
    stars: FloatArray
    film_mean: FloatArray
    film_mean_offset: FloatArray
    is_within: FloatArray | None


def _predicted(fitted: Fitted, fold: Fold, ratings: pd.DataFrame, k: int) -> _Predicted | None:
    table = Columns.of(ratings)
    means = DampedMeans.of(ratings.iloc[fold.training])
    profiles = {user.user_id: table.profile(user.rows[:k]) for user in fold.users}
    rows = np.concatenate([user.rows[k:] for user in fold.users])
    test = ratings.iloc[rows[means.knows(table.movie_id[rows])]]
    stars = fitted.stars(test, profiles)
    if stars is None:
        return None
    rating = test["rating"].to_numpy(np.float64)
    film_mean = means.of_movies(test["movie_id"].to_numpy(np.int64))
    offsets = {user_id: means.offset(profile) for user_id, profile in profiles.items()}
    low, high = table.rating.min(), table.rating.max()
    stars = np.clip(stars, low, high)
    return _Predicted(
        rating,
        stars,
        film_mean,
        np.clip(film_mean + test["user_id"].map(offsets).to_numpy(np.float64), low, high),
        _is_within(fitted, test, profiles, stars),
    )


def _is_within(
    fitted: Fitted, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]], stars: FloatArray
) -> FloatArray | None:
    """[rows] 1 where the rating is within the 80 % interval; None from whoever has no deviations."""
    if not isinstance(fitted, FittedRecommender):
        return None
    distance = np.abs(test["rating"].to_numpy(np.float64) - stars)
    return np.asarray(distance <= INTERVAL_DEVIATIONS * fitted.deviations(test, profiles), dtype=np.float64)


def _errors(parts: Sequence[_Predicted]) -> dict[str, float | None]:
    """One k's figures over all folds."""

    def joined(name: str) -> FloatArray:
        return np.concatenate([getattr(part, name) for part in parts])

    rating = joined("rating")
    errors = {name: rmse(joined(name), rating) for name in ("stars", "film_mean", "film_mean_offset")}
    return {
        "rmse": errors["stars"],
        "film_mean": errors["film_mean"],
        "film_mean_offset": errors["film_mean_offset"],
        "ratio": errors["stars"] / min(errors["film_mean"], errors["film_mean_offset"]),
        "within_80": None if parts[0].is_within is None else float(joined("is_within").mean()),
    }
