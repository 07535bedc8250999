"""Which ratings are trained on and which are tested: the protocols as row numbers of one table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from recommender.vocabulary import BoolArray, IndexArray

POSITIVE_STARS = 4.0
"""A held-out rating this high makes a film one that should have been listed."""

PROFILE_SIZES = (0, 1, 3, 5, 10, 20)
"""k of protocol N; the mean is over those above 0."""

DISLIKED_STARS = 2.0
"""A rating this low says that the film should not be listed."""

FOLDS = 6
SPLIT_SEED = 42

LATER_SEED = 7
"""Of the folds of S and D."""

COLD_LEAST, COLD_SEED = 20, 11
"""C hides films with so many ratings."""

USED_FOLDS = 3
"""S and D need no more of their six."""


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


@dataclass(frozen=True, slots=True)
class ColdItems:
    """Films that are absent from the training; of each film all rows, in the order in which they become known."""

    training: IndexArray
    movie_ids: IndexArray  # [films] ascending
    rows: list[IndexArray]  # [films][ratings of the film]


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
    users = _Users.of(ratings)
    positive = users.counted(ratings["rating"].to_numpy() >= POSITIVE_STARS)
    return users.folds((users.counts >= 30) & (positive >= 5), np.arange(len(ratings)), seed)


def star_folds(ratings: pd.DataFrame) -> Iterator[Fold]:
    """S: six folds of the users with ≥ 30 ratings; what is put in a random order is their history by time."""
    users = _Users.of(ratings)
    return users.folds(users.counts >= 30, _by_time(ratings), LATER_SEED)


def dislike_folds(ratings: pd.DataFrame) -> Iterator[Fold]:
    """D: the same of the users with ≥ 8 dislikes and ≥ 10 positives."""
    users = _Users.of(ratings)
    rating = ratings["rating"].to_numpy()
    disliked, positive = users.counted(rating <= DISLIKED_STARS), users.counted(rating >= POSITIVE_STARS)
    return users.folds((disliked >= 8) & (positive >= 10), _by_time(ratings), LATER_SEED)


def cold_items(ratings: pd.DataFrame) -> ColdItems:
    """C: a tenth of the films with ≥ 20 ratings, chosen at random; the ratings of each become known in a random order.

    The order is of a new generator: for each film by ascending id a permutation of its rows.
    """
    movie = ratings["movie_id"].to_numpy(np.int64)
    ids, counts = np.unique(movie, return_counts=True)
    films = ids[counts >= COLD_LEAST]
    hidden = np.sort(np.random.default_rng(COLD_SEED).choice(films, round(len(films) / 10), replace=False))
    generator = np.random.default_rng(COLD_SEED)
    rows = [generator.permutation(np.flatnonzero(movie == movie_id)) for movie_id in hidden]
    return ColdItems(np.flatnonzero(~np.isin(movie, hidden)), hidden, rows)


@dataclass(frozen=True, slots=True)
class _Users:
    """The users of a table by ascending id."""

    ids: IndexArray  # [users]
    inverse: IndexArray  # [ratings] the place of each rating's user
    counts: IndexArray  # [users]

    @classmethod
    def of(cls, ratings: pd.DataFrame) -> Self:
        return cls(*np.unique(ratings["user_id"].to_numpy(), return_inverse=True, return_counts=True))

    def counted(self, rows: BoolArray) -> IndexArray:
        """[users] how many of their rows are among those marked [ratings]."""
        return np.bincount(self.inverse[rows], minlength=len(self.ids))

    def folds(self, is_eligible: BoolArray, order: IndexArray, seed: int) -> Iterator[Fold]:
        """Six folds of the eligible users [users]; their rows stand in this order [ratings] before they are mixed."""
        eligible = np.flatnonzero(is_eligible)
        by_user = np.split(order[np.argsort(self.inverse[order], kind="stable")], np.cumsum(self.counts)[:-1])
        generator = np.random.default_rng(seed)
        histories = [
            NewUser(int(self.ids[one]), by_user[one][generator.permutation(self.counts[one])]) for one in eligible
        ]
        fold_of = np.random.default_rng(seed).permutation(len(eligible)) % FOLDS
        for fold in range(FOLDS):
            chosen = np.flatnonzero(fold_of == fold)
            if len(chosen):
                absent = np.isin(self.inverse, eligible[chosen])
                yield Fold(np.flatnonzero(~absent), [histories[one] for one in chosen])


def _by_time(ratings: pd.DataFrame) -> IndexArray:
    """[ratings] rows by timestamp, then by place in the table."""
    return np.argsort(ratings["timestamp"].to_numpy(), kind="stable")
