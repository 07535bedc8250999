"""The ranking head: scores of all films from a profile alone, and the best of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, Self

import numpy as np

from recommender.config import RankingConfig, TrainingConfig
from recommender.tensors import Tensors, checked, named
from recommender.vocabulary import FloatArray, IndexArray, Profile

EXCLUDED = -np.inf
"""The score of a film that may not be listed."""

TINY = 1e-12
"""A deviation below it is one of equals."""

CANDIDATES, LEADING = 500, 32
"""Only so many films, the best by that many of the leading dimensions, are scored in all dimensions."""

SPECTRUM_POWER = 0.75
"""The power of the spectrum that a film's outputs are divided by where films are compared."""

PARAMETERS = ("offset", "inputs", "outputs", "spectrum")
DISLIKE_INPUTS = "dislike_inputs"

LEAST_DISLIKE = 0.1
"""A rating that says less of a dislike says nothing of it."""


class RankingHead(Protocol):
    """What the recommender needs of a scorer."""

    def scores(self, profile: Profile) -> FloatArray | None:
        """[movies] the higher, the better; None for a cold user, whom popularity serves."""

    def contributions(self, profile: Profile, movie_idx: IndexArray) -> FloatArray:
        """[m, k] how much each rated film adds to each of these films' scores."""

    def aversion(self, profile: Profile) -> float:
        """By how much a profile's dislikes outweigh twice its likes, from 0 to nearly 1 where it holds nothing else."""

    def embeddings(self) -> FloatArray:
        """[movies, d] unit vectors; their cosines are similarity. d may be 0."""

    def tensors(self) -> dict[str, FloatArray]:
        """What has to be kept of this head."""


Weighting = Callable[[FloatArray], FloatArray]
"""From ratings to their confidence weights in a profile."""


@dataclass(frozen=True, slots=True)
class PreferenceWeighting:
    """Explicit feedback as preference: sigmoid(slope · (rating scaled to [0, 1] − liked_at))."""

    liked_at: float
    slope: float
    limits: tuple[float, float]

    @classmethod
    def of(cls, config: RankingConfig, limits: tuple[float, float]) -> Self:
        return cls(config.liked_at, config.liked_slope, limits)

    def __call__(self, rating: FloatArray) -> FloatArray:
        return sigmoid(self.slope * (scaled(rating, self.limits) - self.liked_at))


@dataclass(frozen=True, slots=True)
class DislikeWeighting:
    """Explicit feedback as dislike: sigmoid(slope · (disliked_at − rating scaled to [0, 1])), nothing where small."""

    disliked_at: float
    slope: float
    limits: tuple[float, float]

    @classmethod
    def of(cls, config: RankingConfig, limits: tuple[float, float]) -> Self:
        return cls(config.disliked_at, config.liked_slope, limits)

    def __call__(self, rating: FloatArray) -> FloatArray:
        weight = sigmoid(self.slope * (self.disliked_at - scaled(rating, self.limits)))
        return np.asarray(np.where(weight < LEAST_DISLIKE, 0.0, weight))


def implicit_weighting(rating: FloatArray) -> FloatArray:
    """Implicit feedback: every rating has the weight 1, whatever its stars."""
    return np.ones_like(rating)


def weightings_of(config: TrainingConfig, limits: tuple[float, float]) -> tuple[Weighting, ...]:
    """What a rating in a range says as a like and, of explicit feedback, what it says as a dislike."""
    if config.implicit:
        return (implicit_weighting,)
    return PreferenceWeighting.of(config.ranking, limits), DislikeWeighting.of(config.ranking, limits)


@dataclass(frozen=True, slots=True)
class Dislikes:
    """What a rating says as a dislike: inputs of their own, so that it need not be the opposite of a like."""

    inputs: FloatArray  # [movies, d]
    weighting: Weighting


@dataclass(frozen=True, slots=True)
class AutoencoderRanking:
    """score = offset + outputs · embedding of the user, which is folded in from their profile.

    embedding = (Σ weight of the rating · inputs of the film) / (spectrum + 1/k) for a profile of k ratings: a small
    profile is shrunk to the leading dimensions, a large one counts in all (see `recommender.autoencoder`). A rating
    counts by its weight as a like, and where there are `dislikes` by its weight as a dislike too. Without dimensions it
    is popularity.
    """

    offset: FloatArray  # [movies] what most people like; it decides while a profile is small
    inputs: FloatArray  # [movies, d]
    outputs: FloatArray  # [movies, d]
    spectrum: FloatArray  # [d] squared singular values, falling
    weighting: Weighting
    dislikes: Dislikes | None = None
    _leading: FloatArray = field(init=False, repr=False, compare=False)  # [movies, ≤ LEADING], a copy for speed

    def __post_init__(self) -> None:
        object.__setattr__(self, "_leading", np.ascontiguousarray(self.outputs[:, :LEADING]))

    def scores(self, profile: Profile) -> FloatArray | None:
        size = len(profile.movie_idx)
        if not len(self.spectrum) or not size:
            return None
        user = self.shrunk(self.weighted_inputs(profile), size)
        scores: FloatArray = self.offset + self._leading @ user[:LEADING]
        best = np.argpartition(scores, -CANDIDATES)[-CANDIDATES:] if len(scores) > CANDIDATES else slice(None)
        scores[best] = self.offset[best] + self.outputs[best] @ user
        return scores

    def contributions(self, profile: Profile, movie_idx: IndexArray) -> FloatArray:
        outputs = self.shrunk(self.outputs[movie_idx], len(profile))
        found = outputs @ self.inputs[profile.movie_idx].T * self._weight(self.weighting, profile)
        if self.dislikes is not None:
            disliked = self._weight(self.dislikes.weighting, profile)
            found += outputs @ self.dislikes.inputs[profile.movie_idx].T * disliked
        return np.asarray(found)

    def aversion(self, profile: Profile) -> float:
        if self.dislikes is None:
            return 0.0
        excess = self.dislikes.weighting(profile.rating).sum() - 2 * self.weighting(profile.rating).sum()
        return max(float(excess), 0.0) / len(profile)

    def weighted_inputs(self, profile: Profile) -> FloatArray:
        """[d] the user's embedding before it is shrunk."""
        total = self._weight(self.weighting, profile) @ self.inputs[profile.movie_idx]
        if self.dislikes is not None:
            total += self._weight(self.dislikes.weighting, profile) @ self.dislikes.inputs[profile.movie_idx]
        return np.asarray(total)

    def _weight(self, weighting: Weighting, profile: Profile) -> FloatArray:
        return weighting(profile.rating).astype(self.inputs.dtype)

    def shrunk(self, weighted: FloatArray, size: float | FloatArray) -> FloatArray:
        """[…, d] the same with each dimension as a profile of so many ratings supports it, `size` one or […, 1]."""
        return np.asarray(weighted / (self.spectrum + np.float32(1) / np.maximum(size, 1e-3).astype(np.float32)))

    def embeddings(self) -> FloatArray:
        """The outputs with the lesser dimensions enhanced: what is special about a film, not how well known it is."""
        return unit_rows(self.outputs / self.spectrum**SPECTRUM_POWER)

    def tensors(self) -> dict[str, FloatArray]:
        dislikes = {} if self.dislikes is None else {DISLIKE_INPUTS: self.dislikes.inputs}
        return {**named(self, PARAMETERS), **dislikes}

    @classmethod
    def of(cls, tensors: Tensors, weighting: Weighting, dislike_weighting: Weighting | None = None) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, d = tensors["outputs"].shape
        shapes = {"offset": (movies,), "inputs": (movies, d), "outputs": (movies, d), "spectrum": (d,)}
        if dislike_weighting is None or DISLIKE_INPUTS not in tensors:
            return cls(**checked(tensors, **shapes), weighting=weighting)
        values = checked(tensors, **shapes, dislike_inputs=(movies, d))
        return cls(weighting=weighting, dislikes=Dislikes(values.pop(DISLIKE_INPUTS), dislike_weighting), **values)


def top_n(scores: FloatArray, n: int) -> IndexArray:
    """The indices of the n highest scores, best first, ties by ascending index; excluded films never."""
    n = min(n, len(scores))
    if n <= 0:
        return np.empty(0, dtype=np.int64)
    threshold = np.partition(scores, len(scores) - n)[len(scores) - n]
    candidates = np.flatnonzero(scores >= threshold)  # more than n where the last places are tied
    order = candidates[np.argsort(-scores[candidates], kind="stable")][:n]
    return np.asarray(order[scores[order] != EXCLUDED])


def sigmoid(value: FloatArray) -> FloatArray:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * value)))  # tanh cannot overflow


def scaled(rating: FloatArray, limits: tuple[float, float]) -> FloatArray:
    """Ratings with 0 for the lowest of the data's own range and 1 for the highest."""
    low, high = limits
    return np.asarray((rating - low) / ((high - low) or 1.0))


def standardised(values: FloatArray, axis: int = 0, least: float = TINY) -> FloatArray:
    """Mean 0 and standard deviation 1 along an axis, or 0 everywhere; less where it was below `least`."""
    centred, deviation = centred_and_deviation(values, axis)
    return np.asarray(centred / np.maximum(deviation, least))


def centred_and_deviation(values: FloatArray, axis: int) -> tuple[FloatArray, FloatArray]:
    """The distances from the mean along an axis, and their root mean square, with that axis kept."""
    number = values.shape[axis]
    centred = values - np.add.reduce(values, axis=axis, keepdims=True) / number
    return centred, np.sqrt(np.add.reduce(centred * centred, axis=axis, keepdims=True) / number)


def unit_rows(rows: FloatArray) -> FloatArray:
    """Each row divided by its length; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: FloatArray = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return unit
