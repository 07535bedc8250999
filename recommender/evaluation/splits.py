"""Which ratings are trained on and which are tested: the protocols R, K and N as row numbers of one table."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recommender.vocabulary import IndexArray

POSITIVE_STARS = 4.0
"""A held-out rating this high makes a film one that should have been listed."""

PROFILE_SIZES = (0, 1, 3, 5, 10, 20)
"""k of protocol N; the mean is over those above 0."""

FOLDS = 6
SPLIT_SEED = 42


@dataclass(frozen=True, slots=True)
class Split:
    """Rows to train on and rows to test, ascending."""

    training: IndexArray
    test: IndexArray


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user who is absent from the training, and all their rows in the order in which they rate."""

    user_id: int
    rows: IndexArray


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows to train on, and the users who come new."""

    training: IndexArray
    users: list[NewUser]


def random_split(ratings: int, seed: int) -> Split:
    """R: a tenth of all ratings at random."""
    order = np.random.default_rng(seed).permutation(ratings)
    test = round(ratings / 10)
    return Split(np.sort(order[test:]), np.sort(order[:test]))


def last_split(ratings: pd.DataFrame, share: float, least: int) -> Split:
    """K and the gate: the last `share` (at least one) of the ratings of each user who has `least` or more.

    Last by timestamp, then by place in the table.
    """
    user = ratings["user_id"].to_numpy()
    order = np.lexsort((np.arange(len(ratings)), ratings["timestamp"].to_numpy(), user))
    starts = np.flatnonzero(np.r_[True, np.diff(user[order]) != 0]) if len(order) else order
    counts = np.diff(np.r_[starts, len(order)])
    place = np.arange(len(order)) - np.repeat(starts, counts)  # of each rating in its user's history
    tested = np.where(counts >= least, np.maximum(np.floor(share * counts), 1), 0).astype(np.int64)
    is_test = place >= np.repeat(counts - tested, counts)
    return Split(np.sort(order[~is_test]), np.sort(order[is_test]))


def new_user_folds(ratings: pd.DataFrame, seed: int = SPLIT_SEED) -> Iterator[Fold]:
    """N: six folds of the users with ≥ 30 ratings of which ≥ 5 are positive; each rates in a random order."""
    user = ratings["user_id"].to_numpy()
    positive = ratings["rating"].to_numpy() >= POSITIVE_STARS
    ids, inverse, counts = np.unique(user, return_inverse=True, return_counts=True)
    eligible = np.flatnonzero((counts >= 30) & (np.bincount(inverse, weights=positive) >= 5))
    by_user = np.split(np.argsort(inverse, kind="stable"), np.cumsum(counts)[:-1])  # rows in table order
    generator = np.random.default_rng(seed)
    histories = [NewUser(int(ids[one]), by_user[one][generator.permutation(counts[one])]) for one in eligible]
    fold_of = np.random.default_rng(seed).permutation(len(eligible)) % FOLDS
    for fold in range(FOLDS):
        chosen = np.flatnonzero(fold_of == fold)
        if len(chosen):
            absent = np.isin(inverse, eligible[chosen])
            yield Fold(np.flatnonzero(~absent), [histories[one] for one in chosen])
