"""Choosing a list from scores: the best n, in one order for equal scores, and two documented re-rankings."""

import numpy as np

from recommender.vocabulary import FloatArray, IndexArray

EXCLUDED = -np.inf
"""The score of a film that may not be listed."""

DIVERSITY_POOL = 10
"""A diverse list of n is chosen among the best DIVERSITY_POOL · n films."""


def best(scores: FloatArray, n: int) -> IndexArray:
    """The indices of the n highest scores, best first, ties by ascending index; excluded films never."""
    n = min(n, len(scores))
    if n <= 0:
        return np.empty(0, dtype=np.int64)
    threshold = np.partition(scores, len(scores) - n)[len(scores) - n]
    candidates = np.flatnonzero(scores >= threshold)  # more than n where the last places are tied
    order = candidates[np.argsort(-scores[candidates], kind="stable")][:n]
    return np.asarray(order[scores[order] != EXCLUDED])


def deeper(scores: FloatArray, popularity: FloatArray, depth: float) -> FloatArray:
    """z(score) − depth · z(popularity): away from what is popular, or towards it by a negative depth."""
    return standardised(scores) - depth * standardised(popularity)


def standardised(values: FloatArray) -> FloatArray:
    deviation = values.std()
    return np.asarray((values - values.mean()) / (deviation if deviation > 0 else 1.0))


def diverse(pool: IndexArray, scores: FloatArray, directions: FloatArray, n: int, diversity: float) -> IndexArray:
    """Maximal marginal relevance (Carbonell & Goldstein 1998) over a pool that is sorted best first.

    scores [pool] are scaled to [0, 1]; each place goes to the film with the highest
    (1 − diversity) · score − diversity · (greatest cosine to a film that is already listed).
    """
    span = scores[0] - scores[-1]
    relevance = (scores - scores[-1]) / (span if span > 0 else 1.0)
    nearest = np.zeros(len(pool))
    chosen: list[int] = []
    value = np.empty(len(pool))
    for _ in range(min(n, len(pool))):
        value[:] = (1 - diversity) * relevance - diversity * nearest
        value[chosen] = EXCLUDED
        chosen.append(int(value.argmax()))
        np.maximum(nearest, directions @ directions[chosen[-1]], out=nearest)
    return pool[chosen]
