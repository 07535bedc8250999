"""Who has rated what, whatever the stars: what a film's raters, and a member's films, have in common.

The truncated singular value decomposition of the matrix "has rated", each entry divided by the roots of the
user's and of the film's number of ratings (`recommender.sparse`).
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from recommender.interactions import Interactions
from recommender.sparse import SparseRows, Tick, largest_directions

FILM_DAMPING = 20.0
"""Ratings a film is given beside its own when it is scaled, so that rare films do not make directions of their own."""

FILM_SHRINKAGE = 8.0
"""Ratings at which half of a film's direction is believed."""

SMALLEST_LENGTH = 1e-12
"""What a vector of zeros is divided by."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Directions of the films, and what a user's pattern is made of."""

    vectors: Tensor  # [movies, d] right singular vectors
    of_films: Tensor  # [movies, d] the same, of length below 1, shorter for films with few ratings
    of_raters: Tensor  # [movies, d] a user's pattern is the sum over the k films they have rated, by √k


def rated_patterns(data: Interactions, dimensions: int, seed: int, tick: Tick) -> Patterns:
    """Patterns of the films; those nobody has rated have none (zeros)."""
    matrix = _Matrix.of(data)
    vectors, _ = largest_directions(matrix.of_films, matrix.of_users, dimensions, seed, tick)
    return matrix.patterns(vectors)


def refreshed_patterns(data: Interactions, vectors: Tensor) -> Patterns:
    """From the vectors of nearly the same ratings, by one step of the iteration: same order, same signs."""
    matrix = _Matrix.of(data)
    vectors = matrix.of_films @ (matrix.of_users @ vectors)
    return matrix.patterns(vectors / vectors.norm(dim=0).clamp(min=SMALLEST_LENGTH))


@dataclass(frozen=True, slots=True)
class _Matrix:
    """The scaled matrix "has rated", by users and by films."""

    of_users: SparseRows
    of_films: SparseRows
    support: Tensor  # [movies] ratings
    scale: Tensor  # [movies]

    @classmethod
    def of(cls, data: Interactions) -> "_Matrix":
        support = torch.from_numpy(data.support).float()
        activity = torch.from_numpy(np.bincount(data.user_idx, minlength=len(data.users))).float()
        scale = (support + FILM_DAMPING).rsqrt()
        weight = activity.clamp(min=1).rsqrt()[data.user_idx] * scale[data.movie_idx]
        by_user = SparseRows.of(data.user_idx, data.movie_idx, len(data.users), weight)
        return cls(by_user, SparseRows.of(data.movie_idx, data.user_idx, len(data.movies), weight), support, scale)

    def patterns(self, vectors: Tensor) -> Patterns:
        length = vectors.norm(dim=1, keepdim=True).clamp(min=SMALLEST_LENGTH)
        believed = (self.support / (self.support + FILM_SHRINKAGE))[:, None]
        return Patterns(vectors, vectors / length * believed, vectors * self.scale[:, None])
