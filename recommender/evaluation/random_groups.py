"""Random groups of people, and what each of them keeps back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from recommender.evaluation.protocols import Columns
from recommender.evaluation.splits import DISLIKED_STARS, POSITIVE_STARS
from recommender.vocabulary import IndexArray

LEAST_RATINGS = 50
"""Who has so many ratings may be a member."""

SMALLEST, LARGEST = 2, 6


@dataclass(frozen=True, slots=True)
class GroupSplit:
    """A random half of the ratings of everybody who may be a member is held out; all other rows are trained on."""

    training: IndexArray  # rows, ascending
    user_ids: IndexArray  # who may be a member, ascending
    held_out: list[IndexArray]  # [users] rows
    kept: list[IndexArray]  # [users] rows that are profile and training

    @classmethod
    def of(cls, ratings: pd.DataFrame, seed: int) -> Self:
        """For each user by ascending id a permutation of their rows, of which the first half is held out."""
        ids, inverse, counts = np.unique(ratings["user_id"].to_numpy(), return_inverse=True, return_counts=True)
        by_user = np.split(np.argsort(inverse, kind="stable"), np.cumsum(counts)[:-1])
        eligible = np.flatnonzero(counts >= LEAST_RATINGS)
        generator = np.random.default_rng(seed)
        orders = [generator.permutation(by_user[one]) for one in eligible]
        held_out = [order[: len(order) // 2] for order in orders]
        kept = [order[len(order) // 2 :] for order in orders]
        is_training = np.ones(len(ratings), dtype=bool)
        for rows in held_out:
            is_training[rows] = False
        return cls(np.flatnonzero(is_training), ids[eligible], held_out, kept)


@dataclass(frozen=True, slots=True)
class Group:
    """Members' profiles, and what each holds back of the films that may be listed: those in nobody's profile."""

    profiles: Sequence[dict[int, float]]
    likes: Sequence[frozenset[int]]
    dislikes: Sequence[frozenset[int]]
    held_out: Sequence[frozenset[int]]


def random_groups(ratings: pd.DataFrame, split: GroupSplit, groups: int, seed: int) -> list[Group]:
    """So many groups of two to six, drawn with a new generator: a size, then members without repetition.

    Groups of which no member has a like among the films that may be listed are left out.
    """
    if len(split.user_ids) < SMALLEST:
        return []
    table = Columns.of(ratings)
    generator = np.random.default_rng(seed)
    largest = min(LARGEST, len(split.user_ids))
    drawn = [
        generator.choice(len(split.user_ids), generator.integers(SMALLEST, largest + 1), replace=False)
        for _ in range(groups)
    ]
    some = [_group(table, split, members) for members in drawn]
    return [group for group in some if any(group.likes)]


def _group(table: Columns, split: GroupSplit, members: IndexArray) -> Group:
    profiles = [table.profile(split.kept[member]) for member in members]
    rated = {movie_id for profile in profiles for movie_id in profile}
    held_out = [
        {movie_id: stars for movie_id, stars in table.profile(split.held_out[member]).items() if movie_id not in rated}
        for member in members
    ]
    return Group(
        profiles,
        [frozenset(movie_id for movie_id, stars in one.items() if stars >= POSITIVE_STARS) for one in held_out],
        [frozenset(movie_id for movie_id, stars in one.items() if stars <= DISLIKED_STARS) for one in held_out],
        [frozenset(one) for one in held_out],
    )
