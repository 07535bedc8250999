"""The rating head: how many stars. Linear in the user's ratings, with its posterior variance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from recommender.tensors import NUMBER, Tensors, checked, named
from recommender.vocabulary import FloatArray, IndexArray, Profile

PARAMETERS = ("offset", "features", "covariance", "prior_mean", "prior_precision", "noise")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Predicted `stars` and their standard `deviation` [m], and what they are made of.

    `base` [m] + `contributions` [m, k] summed over the profile are the stars before they are clipped.
    """

    stars: FloatArray
    deviation: FloatArray
    base: FloatArray
    contributions: FloatArray


class FoldedIn(Protocol):
    """What a rating head has learned of one user, from their profile."""

    def stars(self, movie_idx: IndexArray) -> FloatArray:
        """[m] stars within the data's range."""

    def predict(self, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        """[m] the same, and [m] standard deviations of the ratings to come."""

    def attribute(self, movie_idx: IndexArray) -> Attribution:
        """The same prediction, and what each rated film adds to it."""


class RatingHead(Protocol):
    """What the recommender needs of a predictor of stars."""

    def fold_in(self, profile: Profile) -> FoldedIn:
        """The user of a profile; what is asked of them afterwards solves nothing for stars alone."""

    def tastes(self, profiles: Sequence[Profile]) -> FloatArray:
        """[n, s] all that the stars of many users depend on; of this head only."""

    def stars_of(self, tastes: FloatArray, movie_idx: IndexArray) -> FloatArray:
        """[n, m] the stars `predict` gives, of many users' `tastes` [n, s] at once."""

    def film_variance(self, movie_idx: IndexArray) -> FloatArray:
        """[m] the part of a prediction's variance that a film's level has, which is the same for everybody."""

    def tensors(self) -> dict[str, FloatArray]:
        """What has to be kept of this head."""


@dataclass(frozen=True, slots=True)
class LinearRating:
    """stars = offset + features · weights of the user + noise.

    An item has the features (1, factors): the constant carries the user's bias, as `offset` carries the
    item's. `covariance` is that of the item's (offset, factors). The user's weights have a Gaussian prior and
    are solved as a deviation from its mean, so a cold user gets the base. Mean field of Lim & Teh (2007),
    "Variational Bayesian approach to movie rating prediction".
    """

    offset: FloatArray  # [movies]
    features: FloatArray  # [movies, d]
    covariance: FloatArray  # [movies, d, d]
    prior_mean: FloatArray  # [d]
    prior_precision: FloatArray  # [d, d]
    noise: float  # variance of one rating around its mean
    limits: tuple[float, float]  # ends of the data's own range

    def fold_in(self, profile: Profile) -> "LinearUser":
        idx = profile.movie_idx
        features = self.features[idx].astype(np.float64)  # [k, d]
        item_covariance = self.covariance[idx].astype(np.float64)  # [k, d, d]
        with_offset = item_covariance[:, 0, :].copy()
        with_offset[:, 0] = 0.0
        item_covariance[:, 0, :] = 0.0
        item_covariance[:, :, 0] = 0.0  # the constant has no variance
        residual = profile.rating - self.offset[idx] - features @ self.prior_mean  # [k]
        moments = features * residual[:, None] - with_offset - item_covariance @ self.prior_mean  # [k, d]
        precision = self.prior_precision + (features.T @ features + item_covariance.sum(axis=0)) / self.noise
        covariance = np.linalg.inv(precision)
        return LinearUser(self, covariance @ moments.T / self.noise, covariance)

    def tastes(self, profiles: Sequence[Profile]) -> FloatArray:
        """[n, d] the users' weights."""
        return np.array([self.fold_in(one).weights for one in profiles])

    def stars_of(self, tastes: FloatArray, movie_idx: IndexArray) -> FloatArray:
        return np.clip(tastes @ self.features[movie_idx].T + self.offset[movie_idx], *self.limits)

    def film_variance(self, movie_idx: IndexArray) -> FloatArray:
        return np.asarray(self.covariance[movie_idx, 0, 0])

    def tensors(self) -> dict[str, FloatArray]:
        return named(self, PARAMETERS)

    @classmethod
    def of(cls, tensors: Tensors, limits: tuple[float, float]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, d = tensors["features"].shape
        values = checked(
            tensors,
            offset=(movies,),
            features=(movies, d),
            covariance=(movies, d, d),
            prior_mean=(d,),
            prior_precision=(d, d),
            noise=NUMBER,
        )
        return cls(**values, limits=limits)


@dataclass(frozen=True, slots=True)
class LinearUser:
    """Somebody folded into a LinearRating."""

    head: LinearRating
    gains: FloatArray  # [d, k] what each rating adds to the prior mean
    covariance: FloatArray  # [d, d] of the weights, posterior

    @property
    def weights(self) -> FloatArray:
        return np.asarray(self.head.prior_mean + self.gains.sum(axis=1))

    def stars(self, movie_idx: IndexArray) -> FloatArray:
        stars = self.head.offset[movie_idx] + (self.head.features[movie_idx] * self.weights).sum(axis=1)
        return np.asarray(np.clip(stars, *self.head.limits))

    def predict(self, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        head, weights = self.head, self.weights
        features = head.features[movie_idx].astype(np.float64)  # [m, d]
        of_user = ((features @ self.covariance) * features).sum(axis=1)
        with_offset = np.concatenate([[1.0], weights[1:]])
        of_item = (head.covariance[movie_idx] @ with_offset) @ with_offset
        return self.stars(movie_idx), np.sqrt(of_user + of_item + head.noise)

    def attribute(self, movie_idx: IndexArray) -> Attribution:
        features = self.head.features[movie_idx].astype(np.float64)
        base = self.head.offset[movie_idx] + features @ self.head.prior_mean
        return Attribution(*self.predict(movie_idx), base, features @ self.gains)
