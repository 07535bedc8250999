"""The ranking head: which films. Embeddings trained for ranking, scored from a profile alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self

import numpy as np

from recommender.config import RankingConfig
from recommender.profile import Profile
from recommender.rating import check_shapes, scaled
from recommender.vocabulary import FloatArray, IndexArray

CLOSELY, BROAD = 500, 64
"""Only so many films, the best by that many of the broadest directions, are scored in all directions."""

NARROW_ENHANCED = 0.75
"""The power of the spectrum that a film's outputs are divided by where films are compared."""


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


Weighting = Callable[[FloatArray], FloatArray]
"""From ratings to what they count in a profile."""


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
        return sigmoid(self.slope * (scaled(rating, self.limits) - self.liked_at))


def seen(rating: FloatArray) -> FloatArray:
    """Every rating counts alike: only that there is one is told."""
    return np.ones_like(rating)


@dataclass(frozen=True, slots=True)
class AutoencoderRanking:
    """score = offset + outputs · vector of the user, which is folded in from what their profile likes.

    vector = (Σ weight of the rating · inputs of the film) / (spectrum + 1/k) for a profile of k ratings: a small
    profile is read in the broad directions only, a large one in all (see `recommender.autoencoder`). Without
    dimensions it is popularity.
    """

    offset: FloatArray  # [movies] what most people like; it decides while a profile says little
    inputs: FloatArray  # [movies, d]
    outputs: FloatArray  # [movies, d]
    spectrum: FloatArray  # [d] squared singular values, falling
    weighting: Weighting
    _broad: FloatArray = field(init=False, repr=False, compare=False)  # [movies, ≤ BROAD], a copy of its own for speed

    def __post_init__(self) -> None:
        object.__setattr__(self, "_broad", np.ascontiguousarray(self.outputs[:, :BROAD]))

    def scores(self, profile: Profile) -> FloatArray | None:
        if not len(self.spectrum) or not len(profile):
            return None
        vector = self.filtered(self.told(profile), len(profile))
        scores: FloatArray = self.offset + self._broad @ vector[:BROAD]
        closely = np.argpartition(scores, -CLOSELY)[-CLOSELY:] if len(scores) > CLOSELY else np.arange(len(scores))
        scores[closely] = self.offset[closely] + self.outputs[closely] @ vector
        return scores

    def pulls(self, profile: Profile, movie_idx: IndexArray) -> FloatArray:
        weight = self.weighting(profile.rating).astype(self.inputs.dtype)
        inputs = self.inputs[profile.movie_idx] * weight[:, None]  # [k, d]
        return np.asarray(self.filtered(self.outputs[movie_idx], len(profile)) @ inputs.T)

    def told(self, profile: Profile) -> FloatArray:
        """[d] what the ratings say together, before any filter."""
        weight = self.weighting(profile.rating).astype(self.inputs.dtype)
        return np.asarray(weight @ self.inputs[profile.movie_idx])

    def filtered(self, told: FloatArray, size: float) -> FloatArray:
        """[…, d] the same with each direction believed as far as a profile of so many ratings allows."""
        return np.asarray(told / (self.spectrum + np.float32(1 / max(size, 1e-3))))

    def directions(self) -> FloatArray:
        """The outputs with the narrow directions enhanced: what is special about a film, not how well known it is."""
        return unit_rows(self.outputs / self.spectrum**NARROW_ENHANCED)

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
    def of(cls, tensors: Mapping[str, FloatArray], weighting: Weighting) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, d = tensors["outputs"].shape
        check_shapes(tensors, offset=(movies,), inputs=(movies, d), spectrum=(d,))
        return cls(**tensors, weighting=weighting)


def sigmoid(value: FloatArray) -> FloatArray:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * value)))  # tanh cannot overflow


def unit_rows(rows: FloatArray) -> FloatArray:
    """Each row divided by its length; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: FloatArray = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return unit
