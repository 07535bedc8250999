"""Which films are like one: liked by the same people, and alike by what the catalogue says of them."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.metadata import Metadata
from recommender.vocabulary import FloatArray, IndexArray

CO_LIKING_SHARE = 0.86
"""Most that co-liking counts beside content, for a film with many ratings."""

CO_LIKING_DAMPING = 5.0
"""Ratings with which a film's co-liking counts half of that: the likers of five ratings are chance."""

SUPPORT_DAMPING = 2.0
"""Ratings with which a neighbour counts half: what few have seen helps few."""

YEARS_APART = 10.0
"""Standard deviation of the Gaussian kernel between years of release."""

YEAR_SHARE = 0.5
"""Share of likeness by genres that films lose who are of quite different years."""

LEADING_PARTS = 3
"""So many other parts of a film's series come first."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """similarity(i, j) = (w_i · cos(co-liking) + (1 − w_i) · cos(idf genres) · closeness of years) · n_j / (n_j + 2)

    with w_i = 0.86 · n_i / (n_i + 5), n the number of ratings.
    """

    metadata: Metadata
    co_liking: FloatArray  # [movies, d] vectors whose cosines say how much the same people like two films
    length: FloatArray  # [movies] of those; 1 of zeros
    support: FloatArray  # [movies] number of ratings
    expected: FloatArray  # [movies] the same, with those that a film few know would have

    @classmethod
    def of(
        cls, metadata: Metadata, co_liking: FloatArray, support: IndexArray, expected: IndexArray | FloatArray
    ) -> Self:
        length = np.linalg.norm(co_liking, axis=1)
        length[length == 0] = 1
        return cls(metadata, co_liking, length, support.astype(np.float32), np.asarray(expected, np.float32))

    def scores(self, movie_idx: int) -> FloatArray:
        """[movies] likeness to one film, in [−1, 1]; the film itself has one too. Tags are not known to the model."""
        support = self.support[movie_idx]
        weight = CO_LIKING_SHARE * support / (support + CO_LIKING_DAMPING)
        years = self.metadata.year - self.metadata.year[movie_idx]
        close = np.nan_to_num(np.exp(-0.5 * np.square(years / YEARS_APART)), nan=0.5)
        kinds = self.metadata.kinds
        content = kinds @ kinds[movie_idx] * (1 - YEAR_SHARE * (1 - close))
        cosine = self.co_liking @ (self.co_liking[movie_idx] / self.length[movie_idx]) / self.length
        blended = weight * cosine + (1 - weight) * content
        scores = blended * self.expected / (self.expected + SUPPORT_DAMPING)
        leading = self.metadata.other_parts(movie_idx)[:LEADING_PARTS]
        scores[leading] = 1 - 0.01 * np.arange(len(leading))
        return np.asarray(scores)
