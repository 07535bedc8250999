"""Ratings as implicit feedback, 0 or 1: the input of the contenders that rank from liked films alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from recommender.evaluation.contenders import Profiles, lists_from
from recommender.popularity import popularity_scores
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary

LIKED_STARS = 3.5
"""A rating this high is a 1, any other a 0."""

Scorer = Callable[[int, IndexArray], FloatArray]
"""(user id, liked films) to fresh scores [movies]; all alike where the liked films say nothing."""


@dataclass(frozen=True, slots=True)
class ImplicitFeedback:
    """The entries that are 1, and the popularity of every film (ratings of any value)."""

    users: Vocabulary
    movies: Vocabulary
    user_idx: IndexArray  # [likes]
    movie_idx: IndexArray  # [likes]
    popularity: FloatArray  # [movies]

    @classmethod
    def of(cls, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> Self:
        movies = Vocabulary.of(catalogue["movie_id"].to_numpy(np.int64))
        user_id = ratings["user_id"].to_numpy(np.int64)
        users = Vocabulary.of(user_id)
        movie_idx = movies.indices(ratings["movie_id"].to_numpy(np.int64))
        liked = ratings["rating"].to_numpy() >= LIKED_STARS
        popularity = popularity_scores(np.bincount(movie_idx, minlength=len(movies)))
        return cls(users, movies, users.indices(user_id[liked]), movie_idx[liked], popularity)

    def dense(self) -> FloatArray:
        """[users, movies] float64."""
        matrix = np.zeros((len(self.users), len(self.movies)))
        matrix[self.user_idx, self.movie_idx] = 1
        return matrix


@dataclass(frozen=True, slots=True)
class FittedScorer:
    """A scorer as a contender that makes lists; where it scores every film the same, popularity decides."""

    movies: Vocabulary
    popularity: FloatArray  # [movies]
    scorer: Scorer

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        return lists_from(self.scores, self.movies, user_ids, profiles, n)

    def scores(self, user_id: int, profile: Mapping[int, float]) -> FloatArray:
        """[movies] fresh."""
        scores = self.scorer(user_id, liked_of(profile, self.movies))
        return scores if np.ptp(scores) > 0 else self.popularity.copy()

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> None:
        return None


def liked_of(profile: Mapping[int, float], movies: Vocabulary) -> IndexArray:
    """The known films of a profile that are a 1."""
    return movies.known([movie_id for movie_id, rating in profile.items() if rating >= LIKED_STARS])
