"""Somebody's ratings, as the heads see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.vocabulary import UNKNOWN, FloatArray, IndexArray, Vocabulary


@dataclass(frozen=True, slots=True)
class Profile:
    """Ratings of known films, by ascending index, so that the order they were given in changes nothing."""

    movie_idx: IndexArray  # [k]
    rating: FloatArray  # [k] stars

    @classmethod
    def of(cls, ratings: Mapping[int, float], movies: Vocabulary) -> Self:
        """Films outside the vocabulary are ignored. Raises ValueError for a rating that is not a number."""
        rating = np.fromiter(ratings.values(), dtype=np.float64, count=len(ratings))
        if not np.isfinite(rating).all():
            raise ValueError("a rating is not a finite number")
        idx = movies.indices(np.fromiter(ratings, dtype=np.int64, count=len(ratings)))
        known = np.flatnonzero(idx != UNKNOWN)
        order = known[np.argsort(idx[known])]
        return cls(idx[order], rating[order])

    def __len__(self) -> int:
        return len(self.movie_idx)
