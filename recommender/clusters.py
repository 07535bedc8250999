"""Taste clusters: well-known films clustered by who likes them, for a cold user to point at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.ranking import EXCLUDED, top_n, unit_rows
from recommender.vocabulary import BoolArray, FloatArray, Id, IndexArray

MOST_MOVIES = 300
"""Only so many films, the most rated, are clustered: those that most people can place."""

FEWEST = 8
"""A cluster of fewer films is a leftover, not a taste, and goes to its neighbours."""

SEED, STARTS, ROUNDS, CANDIDATES = 4, 40, 100, 4
"""The best of so many starts, each with so many rounds at most, is taken; a centre is one of so many drawn."""

ROUNDING = 1e-6
"""Squared distances below this are none."""

NEAR_DUPLICATE = 0.7
"""Films of this cosine are two parts of one story: one of them says what the other would."""


@dataclass(frozen=True, slots=True)
class TasteCluster:
    """Films that the same people like, the most rated first; `faces` are the first that are not much alike."""

    movie_ids: tuple[Id, ...]
    faces: tuple[Id, ...]


def clusters(embeddings: FloatArray, support: IndexArray, k: int) -> list[IndexArray]:
    """At most k clusters of the most rated films, the largest audience first, each by falling support.

    `embeddings` [movies, d] are unit vectors or zeros; films without an embedding are left out.
    """
    known = top_n(np.where(embeddings.any(axis=1), support.astype(np.float64), EXCLUDED), MOST_MOVIES)
    known = known[support[known] > 0]
    k = min(k, len(known) // FEWEST)
    if k < 2:
        return []
    label = _spherical_k_means(embeddings[known], k)
    groups = [known[label == one] for one in np.unique(label)]
    return sorted(groups, key=lambda group: -int(support[group].sum()))


def faces(embeddings: FloatArray, movie_idx: IndexArray, n: int) -> list[int]:
    """The first n of `movie_idx` that are no near-duplicates of one another."""
    chosen: list[int] = []
    for idx in movie_idx:
        if not is_near_duplicate(embeddings, np.array([idx]), chosen)[0]:
            chosen.append(int(idx))
            if len(chosen) == n:
                break
    return chosen


def is_near_duplicate(embeddings: FloatArray, movie_idx: IndexArray, of: Sequence[int] | IndexArray) -> BoolArray:
    """[films] whether a film is nearly the same as one of the others."""
    if not len(of):
        return np.zeros(len(movie_idx), dtype=bool)
    return np.asarray((embeddings[movie_idx] @ embeddings[of].T).max(axis=1) >= NEAR_DUPLICATE)


def _spherical_k_means(rows: FloatArray, k: int) -> IndexArray:
    """[rows] the label of each by spherical k-means (Dhillon & Modha 2001), the best start without a leftover."""
    generator = np.random.default_rng(SEED)
    distance = np.maximum(2.0 - 2.0 * (rows @ rows.T).astype(np.float64), 0.0)  # of unit vectors, squared
    best_of_all, its_label = -np.inf, np.zeros(len(rows), dtype=np.int64)
    for _ in range(STARTS):
        centres = _converged(rows, rows[_k_means_plus_plus(distance, k, generator)])
        cosine = rows @ centres.T
        label = cosine.argmax(axis=1)
        # One with leftovers is better than none at all only.
        quality = float(cosine.max(axis=1).mean()) - (2.0 if _smallest(label) < FEWEST else 0.0)
        if quality > best_of_all:
            best_of_all, its_label = quality, label
    while _smallest(its_label) < FEWEST:
        its_label = _without_smallest(rows, its_label)
    return its_label


def _smallest(label: IndexArray) -> int:
    return int(np.unique(label, return_counts=True)[1].min())


def _without_smallest(rows: FloatArray, label: IndexArray) -> IndexArray:
    """[rows] labels after the smallest cluster has gone to its neighbours."""
    kept, sizes = np.unique(label, return_counts=True)
    centres = np.stack([rows[label == one].mean(axis=0) for one in np.delete(kept, sizes.argmin())])
    return np.asarray((rows @ unit_rows(centres).T).argmax(axis=1))


def _k_means_plus_plus(distance: FloatArray, k: int, generator: np.random.Generator) -> list[int]:
    """The rows of the first centres, by greedy k-means++ (Arthur & Vassilvitskii 2007).

    Candidates are drawn by their squared `distance` [rows, rows] to the nearest centre so far; the one that
    helps most is taken. Fewer than k where all rows are as far as nothing.
    """
    chosen = [int(generator.integers(len(distance)))]
    nearest = distance[chosen[0]]
    while len(chosen) < k and (total := nearest.sum()) > ROUNDING * len(nearest):
        drawn = generator.choice(len(nearest), CANDIDATES, p=nearest / total)
        left = np.minimum(nearest, distance[drawn])  # [candidates, rows]
        helpful = int(left.sum(axis=1).argmin())
        chosen.append(int(drawn[helpful]))
        nearest = left[helpful]
    return chosen


def _converged(rows: FloatArray, centres: FloatArray) -> FloatArray:
    """[k, d] each centre moved to the mean direction of the rows nearest to it until none changes sides."""
    label = np.full(len(rows), -1)
    for _ in range(ROUNDS):
        before, label = label, (rows @ centres.T).argmax(axis=1)
        if (label == before).all():
            break
        belongs = label == np.arange(len(centres))[:, None]  # [k, rows]
        moved = unit_rows(belongs.astype(rows.dtype) @ rows)
        centres = np.where(moved.any(axis=1, keepdims=True), moved, centres)
    return centres
