"""The rating head: how many stars. Linear in the member's ratings, with its uncertainty."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from recommender.profile import Profile
from recommender.vocabulary import FloatArray, IndexArray


@dataclass(frozen=True, slots=True)
class Attribution:
    """Predicted `stars` and their standard `deviation` [m], and what they are made of.

    `base` [m] + `contributions` [m, k] summed over the profile are the stars before they are clipped.
    """

    stars: FloatArray
    deviation: FloatArray
    base: FloatArray
    contributions: FloatArray


class RatingHead(Protocol):
    """What the recommender needs of a predictor of stars."""

    def predict(self, profile: Profile, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        """[m] stars within the data's range, and [m] standard deviations of the ratings to come."""

    def attribute(self, profile: Profile, movie_idx: IndexArray) -> Attribution:
        """The same prediction, and what each rated film adds to it; one fold-in for both."""

    @property
    def movies(self) -> int:
        """The number of films it has parameters for."""

    def tensors(self) -> dict[str, FloatArray]:
        """What has to be kept of this head."""


@dataclass(frozen=True, slots=True)
class LinearStars:
    """stars = offset + features · weights of the user + noise.

    A film has the features (1, factors): the constant carries the user's bias, as `offset` carries the
    film's. `covariance` is that of the film's (offset, factors). The user's weights have a Gaussian prior and
    are solved as a deviation from its mean, so a member without ratings gets the base. Mean field of Lim &
    Teh (2007), "Variational Bayesian approach to movie rating prediction".
    """

    offset: FloatArray  # [movies]
    features: FloatArray  # [movies, d]
    covariance: FloatArray  # [movies, d, d]
    prior_mean: FloatArray  # [d]
    prior_precision: FloatArray  # [d, d]
    noise: float  # variance of one rating around its mean
    limits: tuple[float, float]  # ends of the data's own range

    def predict(self, profile: Profile, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        return self._expected(movie_idx, *self._fold_in(profile))

    def attribute(self, profile: Profile, movie_idx: IndexArray) -> Attribution:
        features = self.features[movie_idx].astype(np.float64)
        parts, uncertainty = self._fold_in(profile)
        stars, deviation = self._expected(movie_idx, parts, uncertainty)
        return Attribution(stars, deviation, self.offset[movie_idx] + features @ self.prior_mean, features @ parts)

    def _expected(
        self, movie_idx: IndexArray, parts: FloatArray, uncertainty: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """[m] stars and standard deviations by what `_fold_in` found."""
        features = self.features[movie_idx].astype(np.float64)  # [m, d]
        weights = self.prior_mean + parts.sum(axis=1)
        stars = self.offset[movie_idx] + features @ weights
        of_user = ((features @ uncertainty) * features).sum(axis=1)
        with_offset = np.concatenate([[1.0], weights[1:]])
        of_film = (self.covariance[movie_idx] @ with_offset) @ with_offset
        return np.clip(stars, *self.limits), np.sqrt(of_user + of_film + self.noise)

    def _fold_in(self, profile: Profile) -> tuple[FloatArray, FloatArray]:
        """What each rating adds to the prior mean [d, k], and the weights' posterior covariance [d, d]."""
        idx = profile.movie_idx
        features = self.features[idx].astype(np.float64)  # [k, d]
        doubt = self.covariance[idx].astype(np.float64)  # [k, d, d]
        with_offset = doubt[:, 0, :].copy()
        with_offset[:, 0] = 0.0
        doubt[:, 0, :] = 0.0
        doubt[:, :, 0] = 0.0  # the constant is certain
        surprise = profile.rating - self.offset[idx] - features @ self.prior_mean  # [k]
        says = features * surprise[:, None] - with_offset - doubt @ self.prior_mean  # [k, d]
        precision = self.prior_precision + (features.T @ features + doubt.sum(axis=0)) / self.noise
        uncertainty = np.linalg.inv(precision)
        return uncertainty @ says.T / self.noise, uncertainty

    @property
    def movies(self) -> int:
        return len(self.features)

    def tensors(self) -> dict[str, FloatArray]:
        return {
            "offset": self.offset,
            "features": self.features,
            "covariance": self.covariance,
            "prior_mean": self.prior_mean,
            "prior_precision": self.prior_precision,
            "noise": np.array([self.noise]),
        }

    @classmethod
    def of(cls, tensors: Mapping[str, FloatArray], limits: tuple[float, float]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, d = tensors["features"].shape
        check_shapes(
            tensors,
            offset=(movies,),
            covariance=(movies, d, d),
            prior_mean=(d,),
            prior_precision=(d, d),
            noise=(1,),
        )
        arrays = {name: value for name, value in tensors.items() if name != "noise"}
        return cls(**arrays, noise=float(tensors["noise"][0]), limits=limits)


def scaled(rating: FloatArray, limits: tuple[float, float]) -> FloatArray:
    """Ratings with 0 for the lowest of the data's own range and 1 for the highest."""
    low, high = limits
    return np.asarray((rating - low) / ((high - low) or 1.0))


def under(prefix: str, tensors: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """The tensors whose names begin so, under the rest of their names."""
    return {name.removeprefix(prefix): one for name, one in tensors.items() if name.startswith(prefix)}


def check_shapes(tensors: Mapping[str, FloatArray], **expected: tuple[int, ...]) -> None:
    """Raise ValueError (KeyError for a missing one) where a tensor has not its shape."""
    for name, shape in expected.items():
        if tensors[name].shape != shape:
            raise ValueError(f"{name} has the shape {tensors[name].shape}, not {shape}")
