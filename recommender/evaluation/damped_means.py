"""The simplest stars that protocols S and C set a model beside: films' damped means and a user's damped offset."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from recommender.popularity import DAMPING
from recommender.vocabulary import UNKNOWN, BoolArray, FloatArray, IndexArray, Vocabulary


@dataclass(frozen=True, slots=True)
class DampedMeans:
    """(sum of the film's ratings + 5 μ) / (their number + 5), μ being the mean of all ratings; μ for other films."""

    movies: Vocabulary
    means: FloatArray  # [movies] stars
    overall: float

    @classmethod
    def of(cls, ratings: pd.DataFrame) -> Self:
        movies = Vocabulary.of(ratings["movie_id"].to_numpy(np.int64))
        movie_idx = movies.indices(ratings["movie_id"].to_numpy(np.int64))
        rating = ratings["rating"].to_numpy(np.float64)
        overall = float(rating.mean())
        sums = np.bincount(movie_idx, rating, len(movies))
        return cls(movies, (sums + DAMPING * overall) / (np.bincount(movie_idx) + DAMPING), overall)

    def knows(self, movie_ids: IndexArray) -> BoolArray:
        """[n] whether the film has a rating."""
        return np.asarray(self.movies.indices(movie_ids) != UNKNOWN)

    def of_movies(self, movie_ids: IndexArray) -> FloatArray:
        """[n] stars."""
        movie_idx = self.movies.indices(movie_ids)
        return np.where(movie_idx == UNKNOWN, self.overall, self.means[movie_idx])

    def offset(self, profile: Mapping[int, float]) -> float:
        """How far a user's ratings stand above the means: Σ (rating − the film's mean) / (their number + 5)."""
        rating = np.fromiter(profile.values(), np.float64, len(profile))
        above = rating - self.of_movies(np.fromiter(profile, np.int64, len(profile)))
        return float(above.sum() / (len(profile) + DAMPING))
