"""Lists beyond accuracy: coverage, popularity, diversity, rarity and calibration."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from recommender.vocabulary import FloatArray, IndexArray, Vocabulary

RARE_SUPPORT = 5
"""A film with fewer training ratings is rare."""

CALIBRATION_SMOOTHING = 0.01
"""Weight of the profile's own genres in the list's, so that the divergence is finite (Steck 2018)."""


def beyond_accuracy_metrics(
    lists: IndexArray,
    profiles: Sequence[Mapping[int, float]],
    training: pd.DataFrame,
    catalogue: pd.DataFrame,
) -> dict[str, float | None]:
    """Coverage, popularity, diversity, rarity and genre calibration of lists [users, n] over the catalogue."""
    movies = Vocabulary.of(catalogue["movie_id"].to_numpy(np.int64))
    support = np.bincount(movies.known(training["movie_id"].to_numpy(np.int64)), minlength=len(movies))
    rank = np.empty(len(movies))
    rank[np.lexsort((movies.ids, -support))] = np.arange(1, len(movies) + 1)
    shown = movies.known(lists.ravel())
    genres = genre_shares(catalogue, movies)
    return {
        "coverage@10": len(np.unique(shown)) / len(movies),
        "mean_popularity_rank": float(rank[shown].mean()) if len(shown) else None,
        "rare_share": float((support[shown] < RARE_SUPPORT).mean()) if len(shown) else None,
        "intra_list_diversity": _diversity(lists, movies, genres),
        "genre_calibration": _calibration(lists, profiles, movies, genres),
    }


def genre_shares(catalogue: pd.DataFrame, movies: Vocabulary) -> FloatArray:
    """[movies, genres] each film's genres in equal shares; zeros for a film without any."""
    flags = catalogue.set_index("movie_id")["genres"].fillna("").str.get_dummies("|")
    flags = flags.drop(columns=["(no genres listed)", ""], errors="ignore").groupby(level=0).max()
    values = flags.reindex(movies.ids, fill_value=0).to_numpy(np.float64)
    return np.asarray(values / np.maximum(values.sum(axis=1, keepdims=True), 1))


def _diversity(lists: IndexArray, movies: Vocabulary, genres: FloatArray) -> float | None:
    """Mean over the lists of 1 − the mean cosine of the genres of two of their films."""
    if not genres.any():
        return None
    length = np.linalg.norm(genres, axis=1, keepdims=True)
    unit = genres / np.where(length > 0, length, 1)
    values = []
    for row in lists:
        vectors = unit[movies.known(row)]
        pairs = len(vectors) * (len(vectors) - 1)
        if pairs:
            alike = np.square(vectors.sum(axis=0)).sum() - np.square(vectors).sum()
            values.append(1 - alike / pairs)
    return float(np.mean(values)) if values else None


def _calibration(
    lists: IndexArray, profiles: Sequence[Mapping[int, float]], movies: Vocabulary, genres: FloatArray
) -> float | None:
    """Mean Kullback-Leibler divergence of the lists' genres from the profiles'; 0 is calibrated."""
    values = []
    for row, profile in zip(lists, profiles, strict=True):
        wanted = genres[movies.known(profile)].sum(axis=0)
        listed = genres[movies.known(row)].sum(axis=0)
        if wanted.sum() and listed.sum():
            p, q = wanted / wanted.sum(), listed / listed.sum()
            q = (1 - CALIBRATION_SMOOTHING) * q + CALIBRATION_SMOOTHING * p
            present = p > 0
            values.append(float((p[present] * np.log(p[present] / q[present])).sum()))
    return float(np.mean(values)) if values else None
