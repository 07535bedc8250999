"""Who has rated what, whatever the stars: what a film's raters, and a member's films, have in common.

The truncated singular value decomposition of the matrix "has rated", each entry divided by the roots of the
user's and of the film's number of ratings (`recommender.sparse`).
"""

from dataclasses import dataclass

from torch import Tensor

from recommender.interactions import Interactions
from recommender.processes import Processes
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
    users, values = largest_directions(matrix.of_users, matrix.of_films, dimensions, seed, tick, data.processes)
    return matrix.patterns(matrix.of_everybody(users) / values)


def refreshed_patterns(data: Interactions, vectors: Tensor) -> Patterns:
    """From the vectors of nearly the same ratings, by one step of the iteration: same order, same signs."""
    matrix = _Matrix.of(data)
    vectors = matrix.of_everybody(matrix.of_users @ vectors)
    return matrix.patterns(vectors / vectors.norm(dim=0).clamp(min=SMALLEST_LENGTH))


@dataclass(frozen=True, slots=True)
class _Matrix:
    """The scaled matrix "has rated", by users and by films."""

    of_users: SparseRows
    of_films: SparseRows
    support: Tensor  # [movies] ratings
    scale: Tensor  # [movies]
    processes: Processes

    @classmethod
    def of(cls, data: Interactions) -> "_Matrix":
        support = data.processes.tensor(data.support).float()
        activity = data.processes.tensor(data.activity).float()
        scale = (support + FILM_DAMPING).rsqrt()
        weight = activity.clamp(min=1).rsqrt()[data.user_idx] * scale[data.movie_idx]
        by_user = SparseRows.of(data.user_idx, data.movie_idx, len(data.users), weight)
        by_film = SparseRows.of(data.movie_idx, data.user_idx, len(data.movies), weight)
        return cls(by_user, by_film, support, scale, data.processes)

    def of_everybody(self, users: Tensor) -> Tensor:
        """[movies, d] the films' product with [own users, d], summed over all processes."""
        product = self.of_films @ users
        self.processes.sum(product)
        return product

    def patterns(self, vectors: Tensor) -> Patterns:
        length = vectors.norm(dim=1, keepdim=True).clamp(min=SMALLEST_LENGTH)
        believed = (self.support / (self.support + FILM_SHRINKAGE))[:, None]
        return Patterns(vectors, vectors / length * believed, vectors * self.scale[:, None])
