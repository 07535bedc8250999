"""Choosing a list from scores: the best n, in one order for equal scores, and two documented re-rankings."""

import numpy as np
import numpy.typing as npt

from recommender.vocabulary import FloatArray, IndexArray

EXCLUDED = -np.inf
"""The score of a film that may not be listed."""

POOL = 100
"""Deep cuts and diverse lists are chosen among this many best films (ten times the list, if that is more)."""

SMALL_COMMUNITY = 50
"""Users per rating of support a film needs while they are few: three ratings are many among sixty people."""

DEPTH_WEIGHT = 2.0
"""Standard deviations of log-popularity that a depth of 1 gives up for one of the score."""


def best(scores: FloatArray, n: int) -> IndexArray:
    """The indices of the n highest scores, best first, ties by ascending index; excluded films never."""
    n = min(n, len(scores))
    if n <= 0:
        return np.empty(0, dtype=np.int64)
    threshold = np.partition(scores, len(scores) - n)[len(scores) - n]
    candidates = np.flatnonzero(scores >= threshold)  # more than n where the last places are tied
    order = candidates[np.argsort(-scores[candidates], kind="stable")][:n]
    return np.asarray(order[scores[order] != EXCLUDED])


def rare(support: IndexArray, users: int, least: int) -> npt.NDArray[np.bool_]:
    """[movies] which have fewer than `least` ratings; among few users, fewer than one in SMALL_COMMUNITY of them."""
    return np.asarray(support < min(least, users // SMALL_COMMUNITY))


def deeper(scores: FloatArray, popularity: FloatArray, depth: float) -> FloatArray:
    """[pool] z(score) − depth · DEPTH_WEIGHT · z(popularity), both standardised within the pool."""
    return standardised(scores) - depth * DEPTH_WEIGHT * standardised(popularity)


def standardised(values: FloatArray) -> FloatArray:
    """Each column with mean 0 and standard deviation 1, or 0 everywhere."""
    deviation = values.std(axis=0)
    return np.asarray((values - values.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0))


def diverse(scores: FloatArray, directions: FloatArray, n: int, diversity: float) -> IndexArray:
    """Maximal marginal relevance (Carbonell & Goldstein 1998): places in a pool, in the order of the list.

    scores [pool] are scaled to [0, 1]; each place goes to the film with the highest
    (1 − diversity) · score − diversity · (greatest cosine to a film that is already listed).
    """
    span = scores.max() - scores.min()
    relevance = (scores - scores.min()) / (span if span > 0 else 1.0)
    nearest = np.zeros(len(scores))
    chosen: list[int] = []
    for _ in range(min(n, len(scores))):
        value = (1 - diversity) * relevance - diversity * nearest
        value[chosen] = EXCLUDED
        chosen.append(int(value.argmax()))
        np.maximum(nearest, directions @ directions[chosen[-1]], out=nearest)
    return np.array(chosen, dtype=np.int64)
