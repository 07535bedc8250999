"""The protocol D: what lists make of the films that somebody disliked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

import numpy as np
import pandas as pd

from recommender.evaluation.contenders import Contender, Fitted
from recommender.evaluation.metrics import LIST_LENGTH, hit_matrix, ndcg
from recommender.evaluation.protocols import Columns, fit
from recommender.evaluation.splits import (
    DISLIKED_STARS,
    POSITIVE_STARS,
    USED_FOLDS,
    NewUser,
    dislike_folds,
)
from recommender.vocabulary import IndexArray

DISLIKES, LIKES = 6, 3
"""How many of each a user tells: the first in the user's order."""

NONE, DISLIKES_ALONE, LIKES_ALONE, BOTH = "none", "6 dislikes", "3 likes", "3 likes + 6 dislikes"
CASES = (NONE, DISLIKES_ALONE, LIKES_ALONE, BOTH)
FLIPPED = "6 dislikes, flipped"
"""The same six films rated at the top of the scale."""


def protocol_d(
    contender: Contender, ratings: pd.DataFrame, catalogue: pd.DataFrame, folds: int = USED_FOLDS
) -> dict[str, Any]:
    """Lists of ten after six dislikes, three likes, both or none, for people who are absent from the training.

    None of the nine films is listed in any case, so that cases differ in what was told alone. By case: "ndcg@10" on
    the other likes, and "disliked_share", films rated ≤ 2 among the listed ones that the person did rate. "gain" is
    the NDCG of both over that of likes alone, "flipped_overlap" how many of the ten after six dislikes also stand
    among the ten where the same six are rated at the top of the scale.
    """
    table = Columns.of(ratings)
    opinions: list[_Opinions] = []
    parts, costs = [], []
    for fold in islice(dislike_folds(ratings), folds):
        fitted, cost = fit(contender, ratings.iloc[fold.training], catalogue)
        costs.append(cost)
        own = [_Opinions.of(user, table) for user in fold.users]
        parts.append(_lists(fitted, own, float(table.rating.max())))
        opinions += own
    if not costs:
        return {"ndcg@10": {}, "users": 0, "folds": 0}
    lists = {case: np.concatenate([part[case] for part in parts]) for case in parts[0]}
    positives = [one.positives for one in opinions]
    quality = {case: float(ndcg(hit_matrix(lists[case], positives), positives).mean()) for case in CASES}
    both = zip(lists[DISLIKES_ALONE].tolist(), lists[FLIPPED].tolist(), strict=True)
    return {
        "ndcg@10": quality,
        "gain": quality[BOTH] / quality[LIKES_ALONE] if quality[LIKES_ALONE] else None,
        "disliked_share": {case: _disliked_share(lists[case], opinions) for case in CASES},
        "flipped_overlap": float(np.mean([len(set(one) & set(other) - {-1}) for one, other in both])),
        "users": len(opinions),
        "folds": len(costs),
        **{name: float(np.mean([cost[name] for cost in costs])) for name in costs[0]},
    }


@dataclass(frozen=True, slots=True)
class _Opinions:
    """What a user tells, and what the lists are held against."""

    user_id: int
    dislikes: dict[int, float]
    likes: dict[int, float]
    positives: frozenset[int]
    disliked: frozenset[int]
    rated: frozenset[int]

    @classmethod
    def of(cls, user: NewUser, table: Columns) -> Self:
        rating = table.rating[user.rows]
        disliked, liked = user.rows[rating <= DISLIKED_STARS], user.rows[rating >= POSITIVE_STARS]
        return cls(
            user.user_id,
            table.profile(disliked[:DISLIKES]),
            table.profile(liked[:LIKES]),
            frozenset(table.movie_id[liked[LIKES:]].tolist()),
            frozenset(table.movie_id[disliked].tolist()),
            frozenset(table.movie_id[user.rows].tolist()),
        )

    def told(self, top: float) -> dict[str, dict[int, float]]:
        """By case the profile."""
        return {
            NONE: {},
            DISLIKES_ALONE: self.dislikes,
            LIKES_ALONE: self.likes,
            BOTH: {**self.likes, **self.dislikes},
            FLIPPED: dict.fromkeys(self.dislikes, top),
        }


def _lists(fitted: Fitted, opinions: Sequence[_Opinions], top: float) -> dict[str, IndexArray]:
    """By case [users, 10] film ids, none of them among the nine that any case tells."""
    told = [one.told(top) for one in opinions]
    user_ids = [one.user_id for one in opinions]
    found = {}
    for case in (*CASES, FLIPPED):
        lists = fitted.lists(user_ids, [profiles[case] for profiles in told], LIST_LENGTH + LIKES + DISLIKES)
        rows = zip(lists.tolist(), told, strict=True)
        found[case] = np.array([_without(row, profiles[BOTH]) for row, profiles in rows], dtype=np.int64)
    return found


def _without(movie_ids: Sequence[int], told: Mapping[int, float]) -> list[int]:
    return [movie_id for movie_id in movie_ids if movie_id not in told][:LIST_LENGTH]


def _disliked_share(lists: IndexArray, opinions: Sequence[_Opinions]) -> float | None:
    rated = hit_matrix(lists, [one.rated for one in opinions]).sum()
    return float(hit_matrix(lists, [one.disliked for one in opinions]).sum() / rated) if rated else None
