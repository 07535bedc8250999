import math

import numpy as np
import pytest

from recommender.evaluation.metrics import (
    auc,
    average_precision,
    hit_matrix,
    mae,
    ndcg,
    ranking_metrics,
    recall,
    rmse,
)

LISTS = np.array([[1, 2, 3, 4], [5, 6, -1, -1]])
POSITIVES = [frozenset({2, 4, 99}), frozenset({5})]
HITS = [[0, 1, 0, 1], [1, 0, 0, 0]]


def test_hits() -> None:
    assert hit_matrix(LISTS, POSITIVES).tolist() == HITS


def test_ndcg_by_hand() -> None:
    first = (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3) + 1 / math.log2(4))
    assert ndcg(np.array(HITS, dtype=float), POSITIVES) == pytest.approx([first, 1.0])


def test_the_ideal_is_no_longer_than_the_list() -> None:
    assert ndcg(np.array([[1.0, 1.0]]), [frozenset(range(50))]) == pytest.approx([1.0])


def test_recall_and_precision_by_hand() -> None:
    hits = np.array(HITS, dtype=float)
    assert recall(hits, POSITIVES) == pytest.approx([2 / 3, 1.0])
    assert average_precision(hits, POSITIVES) == pytest.approx([(1 / 2 + 2 / 4) / 3, 1.0])


def test_means_over_the_users() -> None:
    figures = ranking_metrics(LISTS, POSITIVES)
    assert figures["recall@10"] == pytest.approx((2 / 3 + 1) / 2)
    assert figures["hit@10"] == 1.0


def test_errors_by_hand() -> None:
    assert rmse(np.array([1.0, 2.0]), np.array([1.0, 4.0])) == pytest.approx(2**0.5)
    assert mae(np.array([1.0, 2.0]), np.array([1.0, 4.0])) == 1.0


def test_auc_counts_ties_half() -> None:
    is_positive = np.array([True, False, False, True])
    assert auc(np.array([3.0, 1.0, 3.0, 2.0]), is_positive) == (1 + 0.5 + 1 + 0) / 4
