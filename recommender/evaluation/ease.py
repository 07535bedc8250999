"""EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data"), to check the protocols with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recommender.evaluation.contenders import Profiles, lists_from
from recommender.popularity import popularity_scores
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary

LIKED_STARS = 3.5
"""A rating this high is a 1, any other a 0."""


@dataclass(frozen=True, slots=True)
class FittedEase:
    """Item-item weights B = I − P / diag(P), P = (XᵀX + λI)⁻¹, kept in the dual: P = (I − Xᵀ K X) / λ.

    Where films are many and users few, K = (XXᵀ + λI)⁻¹ is small, and B is never written out.
    """

    movies: Vocabulary
    popularity: FloatArray  # [movies]
    liked: FloatArray  # X [users, movies]
    smoothed: FloatArray  # K X [users, movies]
    diagonal: FloatArray  # λ · diag(P) [movies]

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        return lists_from(lambda _, profile: self.scores(profile), self.movies, user_ids, profiles, n)

    def scores(self, profile: Mapping[int, float]) -> FloatArray:
        """[movies] x B for the films outside the profile; popularity where that says nothing."""
        x = self.movies.known([movie_id for movie_id, rating in profile.items() if rating >= LIKED_STARS])
        scores = np.asarray(self.liked[:, x].sum(axis=1) @ self.smoothed / self.diagonal)
        return scores if scores.any() else self.popularity.copy()

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Ease:
    """`penalty` is λ: about 100 for known users, far more where profiles are small."""

    penalty: float

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedEase:
        movies = Vocabulary.of(catalogue["movie_id"].to_numpy(np.int64))
        users = Vocabulary.of(ratings["user_id"].to_numpy(np.int64))
        movie_idx = movies.indices(ratings["movie_id"].to_numpy(np.int64))
        liked = np.zeros((len(users), len(movies)))
        user_idx = users.indices(ratings["user_id"].to_numpy(np.int64))
        liked[user_idx, movie_idx] = ratings["rating"].to_numpy() >= LIKED_STARS
        smoothed = np.linalg.solve(liked @ liked.T + self.penalty * np.eye(len(users)), liked)
        return FittedEase(
            movies=movies,
            popularity=popularity_scores(np.bincount(movie_idx, minlength=len(movies))),
            liked=liked,
            smoothed=smoothed,
            diagonal=1 - (liked * smoothed).sum(axis=0),
        )
