"""Figures of merit for lists and stars. Lists are [users, n] film ids, -1 where the catalogue ran out."""

from collections.abc import Sequence

import numpy as np

from recommender.vocabulary import BoolArray, FloatArray, IndexArray

LIST_LENGTH = 10

Positives = Sequence[frozenset[int]]
"""For each user the films that should have been listed; never empty."""


def hit_matrix(lists: IndexArray, positives: Positives) -> FloatArray:
    """[users, n] 1 where the listed film is a positive."""
    rows = [[movie_id in wanted for movie_id in row] for row, wanted in zip(lists.tolist(), positives, strict=True)]
    return np.array(rows, dtype=np.float64).reshape(lists.shape)


def ndcg(hits: FloatArray, positives: Positives) -> FloatArray:
    """[users] binary gains, the ideal over min(n, positives) (Järvelin & Kekäläinen 2002)."""
    discounts = 1 / np.log2(np.arange(2, hits.shape[1] + 2))
    ideal = np.cumsum(discounts)[_reachable(hits, positives) - 1]
    return np.asarray(hits @ discounts / ideal)


def recall(hits: FloatArray, positives: Positives) -> FloatArray:
    """[users] share of the positives that was listed."""
    return np.asarray(hits.sum(axis=1) / _counts(positives))


def average_precision(hits: FloatArray, positives: Positives) -> FloatArray:
    """[users] mean precision at the hits, over min(n, positives)."""
    precision = np.cumsum(hits, axis=1) / np.arange(1, hits.shape[1] + 1)
    return np.asarray((precision * hits).sum(axis=1) / _reachable(hits, positives))


def auc(scores: FloatArray, is_positive: BoolArray) -> float:
    """Share of the pairs of a positive and another in which the positive scores higher; ties count half."""
    positive, other = scores[is_positive][:, None], scores[~is_positive]
    return float(((positive > other) + 0.5 * (positive == other)).mean())


def ranking_metrics(lists: IndexArray, positives: Positives) -> dict[str, float]:
    """Means over the users."""
    hits = hit_matrix(lists, positives)
    return {
        "ndcg@10": float(ndcg(hits, positives).mean()),
        "recall@10": float(recall(hits, positives).mean()),
        "hit@10": float(hits.any(axis=1).mean()),
        "map@10": float(average_precision(hits, positives).mean()),
    }


def rmse(stars: FloatArray, rating: FloatArray) -> float:
    return float(np.sqrt(np.square(stars - rating).mean()))


def mae(stars: FloatArray, rating: FloatArray) -> float:
    return float(np.abs(stars - rating).mean())


def _counts(positives: Positives) -> IndexArray:
    return np.array([len(wanted) for wanted in positives], dtype=np.int64)


def _reachable(hits: FloatArray, positives: Positives) -> IndexArray:
    return np.minimum(_counts(positives), hits.shape[1])
