"""Observed features of items, from the catalogue: genres, and the year of release."""

import numpy as np
import pandas as pd

from recommender.vocabulary import FloatArray, Vocabulary

MAX_GENRES = 30
"""Only the most frequent count: a hand-made catalogue may have thousands of tags for genres."""

NO_GENRES = "(no genres listed)"

YEAR_STEP = 5.0
"""Years between two centres of the kernel, and its standard deviation: films five years apart are much alike."""

OLDEST_SHARE = 0.01
"""Share of the films at each end of time that share the outermost centre."""


def item_features(movies: pd.DataFrame | None, vocabulary: Vocabulary) -> FloatArray:
    """[movies, f] float32 genres (0 or 1) and closeness to years; of what is not known, what films have on average.

    Zero columns where nothing is known of any film.
    """
    blocks = [genre_flags(movies, vocabulary), _kernel(release_years(movies, vocabulary))]
    return np.concatenate([_completed(block) for block in blocks], axis=1).astype(np.float32)


def genre_flags(movies: pd.DataFrame | None, vocabulary: Vocabulary) -> FloatArray:
    """[movies, genres] flags; NaN for a film without a genre."""
    if movies is None or "genres" not in movies:
        return np.zeros((len(vocabulary), 0))
    flags = _rows(movies, vocabulary)["genres"].fillna("").astype(str).str.get_dummies("|")
    flags = flags.drop(columns=[NO_GENRES, ""], errors="ignore")
    frequent = flags.sum().sort_values(ascending=False, kind="stable").index[:MAX_GENRES]
    values = flags[sorted(frequent)].to_numpy(np.float64, copy=True)
    values[~values.any(axis=1)] = np.nan
    return values


def idf_weighted(genres: FloatArray) -> FloatArray:
    """[movies, genres] flags, weighted by the logarithm of how few films have each (inverse document frequency)."""
    share = (genres.sum(axis=0) + 1) / (len(genres) + 1)
    return np.asarray(genres * -np.log(share), dtype=np.float32)


def release_years(movies: pd.DataFrame | None, vocabulary: Vocabulary) -> FloatArray:
    """[movies] NaN for a film without a year."""
    if movies is None or "year" not in movies:
        return np.full(len(vocabulary), np.nan)
    return pd.to_numeric(_rows(movies, vocabulary)["year"], errors="coerce").to_numpy(np.float64, copy=True)


def _rows(movies: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """One row per film of the vocabulary."""
    return movies.drop_duplicates("movie_id").set_index("movie_id").reindex(vocabulary.ids)


def _kernel(year: FloatArray) -> FloatArray:
    """[movies, centres] Gaussian kernel between the film's year and years YEAR_STEP apart; NaN without a year."""
    known = year[np.isfinite(year)]
    if not len(known):
        return np.zeros((len(year), 0))
    first, last = np.quantile(known, [OLDEST_SHARE, 1 - OLDEST_SHARE])
    centres = np.arange(first, last + YEAR_STEP, YEAR_STEP)
    distance = np.clip(year, first, last)[:, None] - centres
    return np.asarray(np.exp(-0.5 * np.square(distance / YEAR_STEP)))


def _completed(block: FloatArray) -> FloatArray:
    """NaN rows replaced by the mean of the others."""
    known = np.isfinite(block).all(axis=1)
    if block.shape[1] and known.any():
        block[~known] = block[known].mean(axis=0)
    return block
