"""The ranking head: which films. Embeddings trained for ranking, scored from a profile alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from recommender.config import RankingConfig
from recommender.profile import Profile
from recommender.rating import check_shapes
from recommender.vocabulary import FloatArray, IndexArray

AS_LIKELY_AS_NOT = 0.5
"""A profile whose best rating counts less than this says what somebody dislikes, not what they like."""


class RankingHead(Protocol):
    """What the recommender needs of a scorer."""

    def scores(self, profile: Profile) -> FloatArray | None:
        """[movies] the higher, the better; None where the profile says nothing and popularity decides."""

    def pulls(self, profile: Profile, movie_idx: IndexArray) -> FloatArray:
        """[m, k] how much each rated film lifts each of these films' scores."""

    def directions(self) -> FloatArray:
        """[movies, d] unit vectors; their cosines are similarity. d may be 0."""

    @property
    def movies(self) -> int:
        """The number of films it has parameters for."""

    def tensors(self) -> dict[str, FloatArray]:
        """What has to be kept of this head."""


@dataclass(frozen=True, slots=True)
class Liking:
    """How much a rating counts as liking: sigmoid(slope · (rating scaled to [0, 1] − liked_at))."""

    liked_at: float
    slope: float
    limits: tuple[float, float]

    @classmethod
    def of(cls, config: RankingConfig, limits: tuple[float, float]) -> Self:
        return cls(config.liked_at, config.liked_slope, limits)

    def __call__(self, rating: FloatArray) -> FloatArray:
        low, high = self.limits
        scaled = (rating - low) / ((high - low) or 1.0)
        return sigmoid(self.slope * (scaled - self.liked_at))


@dataclass(frozen=True, slots=True)
class FactorRanking:
    """score = offset + embedding · user vector, where the vector is a fold-in of what the profile likes.

    Hu, Koren & Volinsky (2008) under an empirical prior: `precision` holds the pull of all unrated films to
    zero and that of the training users' covariance to their mean. Without dimensions it is popularity.
    """

    offset: FloatArray  # [movies]
    features: FloatArray  # [movies, d]
    precision: FloatArray  # [d, d]
    information: FloatArray  # [d]
    liking: Liking

    def scores(self, profile: Profile) -> FloatArray | None:
        weight = self.liking(profile.rating)
        if not len(self.information) or weight.max(initial=0.0) < AS_LIKELY_AS_NOT:
            return None
        covariance, says = self._fold_in(profile, weight)
        vector = covariance @ (self.information + says.sum(axis=1))
        return np.asarray(self.offset + self.features @ vector.astype(self.features.dtype))

    def pulls(self, profile: Profile, movie_idx: IndexArray) -> FloatArray:
        covariance, says = self._fold_in(profile, self.liking(profile.rating))
        return np.asarray(self.features[movie_idx] @ (covariance @ says))

    def _fold_in(self, profile: Profile, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Posterior covariance [d, d], and what each rating says, in information form [d, k]."""
        features = self.features[profile.movie_idx].astype(np.float64)
        says = features.T * weight
        return np.asarray(np.linalg.inv(self.precision + says @ features)), says

    def directions(self) -> FloatArray:
        return unit_rows(self.features)

    @property
    def movies(self) -> int:
        return len(self.features)

    def tensors(self) -> dict[str, FloatArray]:
        return {
            "offset": self.offset,
            "features": self.features,
            "precision": self.precision,
            "information": self.information,
        }

    @classmethod
    def of(cls, tensors: Mapping[str, FloatArray], liking: Liking) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, d = tensors["features"].shape
        check_shapes(tensors, offset=(movies,), precision=(d, d), information=(d,))
        return cls(**tensors, liking=liking)


def sigmoid(value: FloatArray) -> FloatArray:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * value)))  # tanh cannot overflow


def unit_rows(rows: FloatArray) -> FloatArray:
    """Each row divided by its length; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: FloatArray = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return unit
