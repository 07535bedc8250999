"""The ranking head: which films. Embeddings trained for ranking, scored from a profile alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from recommender.config import RankingConfig
from recommender.profile import Profile
from recommender.rating import check_shapes
from recommender.vocabulary import FloatArray, IndexArray


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
class AutoencoderRanking:
    """score = offset + outputs · vector of the user, which is folded in from what their profile likes.

    vector = (Σ liked weight · inputs of the film) / (spectrum + 1/k) for a profile of k ratings: a small profile is
    read in the broad directions only, a large one in all (see `recommender.autoencoder`). Without dimensions it is
    popularity.
    """

    offset: FloatArray  # [movies] what most people like; it decides while a profile says little
    inputs: FloatArray  # [movies, d]
    outputs: FloatArray  # [movies, d]
    spectrum: FloatArray  # [d] squared singular values, falling
    liking: Liking

    def scores(self, profile: Profile) -> FloatArray | None:
        if not len(self.spectrum) or not len(profile):
            return None
        vector = self._parts(profile).sum(axis=1)
        return np.asarray(self.offset + self.outputs @ vector)

    def pulls(self, profile: Profile, movie_idx: IndexArray) -> FloatArray:
        return np.asarray(self.outputs[movie_idx] @ self._parts(profile))

    def _parts(self, profile: Profile) -> FloatArray:
        """[d, k] what each rating adds to the user's vector."""
        weight = self.liking(profile.rating).astype(self.inputs.dtype)
        told = self.inputs[profile.movie_idx] * weight[:, None]  # [k, d]
        return np.asarray(told.T / (self.spectrum + np.float32(1 / max(len(profile), 1)))[:, None])

    def directions(self) -> FloatArray:
        return unit_rows(self.outputs)

    @property
    def movies(self) -> int:
        return len(self.outputs)

    def tensors(self) -> dict[str, FloatArray]:
        return {
            "offset": self.offset,
            "inputs": self.inputs,
            "outputs": self.outputs,
            "spectrum": self.spectrum,
        }

    @classmethod
    def of(cls, tensors: Mapping[str, FloatArray], liking: Liking) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, d = tensors["outputs"].shape
        check_shapes(tensors, offset=(movies,), inputs=(movies, d), spectrum=(d,))
        return cls(**tensors, liking=liking)


def sigmoid(value: FloatArray) -> FloatArray:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * value)))  # tanh cannot overflow


def unit_rows(rows: FloatArray) -> FloatArray:
    """Each row divided by its length; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: FloatArray = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return unit
