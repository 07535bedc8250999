"""Validation splits inside the training parts of R, K and N: what parameters may be chosen on.

No rating that a protocol tests is in its validation: neither trained on, nor in a profile, nor a target.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from recommender.evaluation.protocols import KNOWN_LEAST, KNOWN_SHARE
from recommender.evaluation.splits import Fold, NewUser, last_split, new_user_folds, random_split
from recommender.vocabulary import IndexArray

FIRST_SEED = 7
"""The training users of N's folds are split again with the seeds 7 to 12."""

RATING_SEEDS = (42, 43, 44)
SEED_WITHIN = 1000
"""The training part of R's seed s is split again with the seed 1000 + s."""

SAMPLE_SEED = 0


def known_part(ratings: pd.DataFrame, most: int) -> pd.DataFrame:
    """K's training part: everybody's ratings but the last fifth; of more than `most`, those of some users."""
    return ratings.iloc[_of_some_users(ratings, last_split(ratings, KNOWN_SHARE, KNOWN_LEAST).training, most)]


def random_parts(ratings: pd.DataFrame, most: int) -> dict[int, pd.DataFrame]:
    """By the seed to split it with, the training part of R under one of its seeds."""
    return {
        SEED_WITHIN + seed: ratings.iloc[_of_some_users(ratings, random_split(len(ratings), seed).training, most)]
        for seed in RATING_SEEDS
    }


def new_user_parts(ratings: pd.DataFrame, most: int) -> Iterator[Fold]:
    """In each of N's folds a sixth of the users who remain comes new; rows of the whole table."""
    for seed, outer in enumerate(new_user_folds(ratings), FIRST_SEED):
        rows = _of_some_users(ratings, outer.training, most)
        inner = next(new_user_folds(ratings.iloc[rows], seed), None)
        if inner is not None:
            users = [NewUser(user.user_id, rows[user.rows]) for user in inner.users]
            yield Fold(rows[inner.training], users)


def _of_some_users(ratings: pd.DataFrame, rows: IndexArray, most: int) -> IndexArray:
    """Of more than `most` rows all those of so many random users that they are about that many."""
    if len(rows) <= most:
        return rows
    users, inverse, counts = np.unique(ratings["user_id"].to_numpy()[rows], return_inverse=True, return_counts=True)
    order = np.random.default_rng(SAMPLE_SEED).permutation(len(users))
    is_chosen = np.zeros(len(users), dtype=bool)
    is_chosen[order[: np.searchsorted(np.cumsum(counts[order]), most) + 1]] = True
    return np.asarray(rows[is_chosen[inverse]])
