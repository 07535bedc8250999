"""Factors of the implicit feedback: who has rated what, whatever the stars.

The truncated singular value decomposition of the matrix "has rated", each entry divided by the roots of the
user's and of the film's number of ratings.
"""

from dataclasses import dataclass

from torch import Tensor

from recommender.interactions import Interactions
from recommender.sparse import Tick, UserItemMatrix, truncated_svd

ITEM_DAMPING = 20.0
"""Ratings a film is given beside its own when it is scaled, so that rare films do not make factors of their own."""

ITEM_SHRINKAGE = 8.0
"""Ratings at which half of a film's embedding is believed."""

SMALLEST_LENGTH = 1e-12
"""What a vector of zeros is divided by."""


@dataclass(frozen=True, slots=True)
class ImplicitFactors:
    """Features of items, and what the features of users are sums of (as in SVD++, Koren 2008)."""

    vectors: Tensor  # [movies, d] right singular vectors
    embeddings: Tensor  # [movies, d] the same, of length below 1, shorter for films with few ratings
    loadings: Tensor  # [movies, d] a user's features are the sum over the k films they have rated, by √k

    @classmethod
    def of(cls, data: Interactions, dimensions: int, seed: int, tick: Tick) -> "ImplicitFactors":
        """Films nobody has rated have none (zeros)."""
        matrix, support, scale = _has_rated(data)
        users, values = truncated_svd(matrix, dimensions, seed, tick)
        return cls._of(matrix.transposed(users) / values, support, scale)

    def refreshed(self, data: Interactions) -> "ImplicitFactors":
        """Those of nearly the same ratings, by one step of power iteration: same order, same signs."""
        matrix, support, scale = _has_rated(data)
        vectors = matrix.transposed(matrix @ self.vectors)
        return self._of(vectors / vectors.norm(dim=0).clamp(min=SMALLEST_LENGTH), support, scale)

    @classmethod
    def _of(cls, vectors: Tensor, support: Tensor, scale: Tensor) -> "ImplicitFactors":
        length = vectors.norm(dim=1, keepdim=True).clamp(min=SMALLEST_LENGTH)
        shrinkage = (support / (support + ITEM_SHRINKAGE))[:, None]
        return cls(vectors, vectors / length * shrinkage, vectors * scale[:, None])


def _has_rated(data: Interactions) -> tuple[UserItemMatrix, Tensor, Tensor]:
    """The scaled matrix, and of each film [movies] its ratings and its scale."""
    support = data.tensor(data.support).float()
    activity = data.tensor(data.activity).float()
    scale = (support + ITEM_DAMPING).rsqrt()
    weight = activity.clamp(min=1).rsqrt()[data.user_idx] * scale[data.movie_idx]
    return UserItemMatrix.of(data, data.user_idx, data.movie_idx, len(data.movies), weight), support, scale
