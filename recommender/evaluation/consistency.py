"""Whether lists and stars tell one story: pairs upside down, and films below what a person usually gives."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from recommender.evaluation.contenders import Contender, Fitted, FittedRecommender
from recommender.evaluation.metrics import LIST_LENGTH
from recommender.evaluation.protocols import Columns, fit
from recommender.evaluation.splits import new_user_folds
from recommender.popularity import DAMPING
from recommender.vocabulary import FloatArray

TOLD, MOST_USERS = 10, 500

FLOOR_STARS = 0.5
"""A film predicted more than so many stars below a person's mean is below their floor."""


def consistency(contender: Contender, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> dict[str, Any] | None:
    """Of lists of ten for up to 500 of N's new users, who have told the first ten ratings of N's order.

    "upside_down" is the share of the pairs of two films of a list whose unrounded stars stand the other way round;
    "below_floor" the number of films a list that are predicted more than half a star below the person's mean, which
    is shrunk towards that of the training by five ratings. None where no stars are predicted.
    """
    table = Columns.of(ratings)
    pairs_upside_down: list[FloatArray] = []
    below_floor: list[int] = []
    for fold in new_user_folds(ratings):
        users = fold.users[: MOST_USERS - len(below_floor)]
        if not users:
            break
        training = ratings.iloc[fold.training]
        fitted, _ = fit(contender, training, catalogue)
        usual = float(training["rating"].mean())
        for user in users:
            profile = table.profile(user.rows[:TOLD])
            stars = _stars_in_order(fitted, user.user_id, profile)
            if stars is None:
                return None
            pairs_upside_down.append(upside_down(stars))
            own = (sum(profile.values()) + DAMPING * usual) / (len(profile) + DAMPING)
            below_floor.append(int((stars < own - FLOOR_STARS).sum()))
    if not below_floor:
        return {"users": 0}
    return {
        "upside_down": float(np.concatenate(pairs_upside_down).mean()),
        "below_floor": float(np.mean(below_floor)),
        "users": len(below_floor),
    }


def upside_down(stars: FloatArray) -> FloatArray:
    """[pairs] 1 for two films of a list [n] whose later one has more stars."""
    earlier, later = np.triu_indices(len(stars), 1)
    return np.asarray(stars[later] > stars[earlier], dtype=np.float64)


def _stars_in_order(fitted: Fitted, user_id: int, profile: Mapping[int, float]) -> FloatArray | None:
    """[≤ 10] predicted stars of the user's list, best film first."""
    if isinstance(fitted, FittedRecommender):
        return np.array([one.stars for one in fitted.model.recommend(profile, LIST_LENGTH)])
    movie_ids = fitted.lists([user_id], [profile], LIST_LENGTH)[0]
    listed = pd.DataFrame({"user_id": user_id, "movie_id": movie_ids[movie_ids >= 0]})
    return fitted.stars(listed, {user_id: profile})
