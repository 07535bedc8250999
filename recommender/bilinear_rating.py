"""The served rating head: item parameters of the bilinear model. A user's weights are folded in from their ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from recommender.rating import Attribution
from recommender.tensors import NUMBER, Tensors, checked, named
from recommender.vocabulary import FloatArray, IndexArray, Profile

TENSORS: Mapping[str, str] = {
    "features": "item_features",
    "weights": "item_weights",
    "variance": "item_variance",
    "pattern": "implicit_factors",
    "bridge": "prior_regression",
    "prior": "user_prior",
    "centre": "centre",
    "noise": "noise",
    "usual_error": "training_error",
    "calibration": "calibration",
}
"""The names that model files have for the fields."""

PRIOR_RATINGS = 20.0
"""Ratings of the training's error that everybody is given beside their own."""


@dataclass(frozen=True, slots=True)
class BilinearRating:
    """stars = centre + z · item's weights + x · (prior regression of z + user's weights) + noise.

    The user's features z (1, implicit feedback) need no rating but the fact of it; with the item's weights and the
    prior regression they make the base. The user's weights over the item's features x (observed, latent factors) are a
    deviation with a Gaussian prior around zero, solved from the ratings, so stars are linear in them: base + one
    contribution per rating, exactly, given which films are rated.
    """

    item_features: FloatArray  # [movies, x + factors] the factors are learned and have a variance, the others not
    item_weights: FloatArray  # [movies, z] over the user's features
    item_variance: FloatArray  # [movies, z + factors] of the item's weights and factors
    implicit_factors: FloatArray  # [movies, z − 1] summed over the rated films, by √k, behind a constant
    prior_regression: FloatArray  # [z, x] mean of the users' weights by their features
    user_prior: FloatArray  # [x + factors, x + factors] covariance of the users' weights
    centre: float
    noise: float  # variance of one rating around its mean, stars²
    training_error: float  # mean squared, stars²
    calibration: float  # of the standard deviation, found on held-out ratings
    limits: tuple[float, float]  # ends of the data's own range
    user_mean: FloatArray | None = None  # [x + factors] that is in the items' first weight; after a training, not saved
    _prior_precision: FloatArray = field(init=False, repr=False, compare=False)  # [x + factors, x + factors]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_prior_precision", np.linalg.inv(self.user_prior.astype(np.float64)))

    def fold_in(self, profile: Profile) -> "BilinearUser":
        """Bayesian linear regression (Rasmussen & Williams 2006, section 2.1).

        The variance of the rated films' factors, summed, is added to the prior's precision: the mean field of Lim & Teh
        (2007).
        """
        z, idx = self._user_features(profile), profile.movie_idx
        features = self.item_features[idx].astype(np.float64)
        precision = self._prior_precision + features.T @ features / self.noise
        factors = np.arange(self.observed, len(precision))
        precision[factors, factors] += self.item_variance[idx, len(z) :].sum(axis=0, dtype=np.float64) / self.noise
        above_base = profile.rating - self.base(z, idx)
        weights = np.linalg.solve(precision, features.T @ above_base / self.noise)
        return BilinearUser(self, z, features, above_base, precision, weights)

    def tastes(self, profiles: Sequence[Profile]) -> FloatArray:
        """[n, z + d] the users' features, and their weights with the prior's mean."""
        size = len(self.prior_regression) + len(self.user_prior)
        return np.array([self.fold_in(one).taste for one in profiles]).reshape(-1, size)

    def stars_of(self, tastes: FloatArray, movie_idx: IndexArray) -> FloatArray:
        return np.asarray(np.clip(tastes @ self.weighed(movie_idx).T + self.centre, *self.limits))

    def weighed(self, movie_idx: IndexArray) -> FloatArray:
        """[m, z + d] what a taste weighs of these films."""
        return np.concatenate([self.item_weights[movie_idx], self.item_features[movie_idx]], axis=1)

    def film_variance(self, movie_idx: IndexArray) -> FloatArray:
        return np.asarray(self.calibration**2 * self.item_variance[movie_idx, 0])

    def _user_features(self, profile: Profile) -> FloatArray:
        """[z] a constant, then the implicit factors of the rated films."""
        total = self.implicit_factors[profile.movie_idx].sum(axis=0, dtype=np.float64)
        return np.concatenate([[1.0], total / max(len(profile.movie_idx), 1) ** 0.5])

    @property
    def observed(self) -> int:
        """The number x of the item features that are not learned."""
        return int(self.prior_regression.shape[1])

    def base(self, z: FloatArray, movie_idx: IndexArray) -> FloatArray:
        """[m] stars of somebody who has rated these films, before any star is known."""
        observed = self.item_features[movie_idx, : self.observed]
        return np.asarray(self.centre + self.item_weights[movie_idx] @ z + observed @ (z @ self.prior_regression))

    def tensors(self) -> dict[str, FloatArray]:
        parameters = named(self, TENSORS.values())
        return {name: parameters[field] for name, field in TENSORS.items()}

    @classmethod
    def of(cls, tensors: Tensors, limits: tuple[float, float]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, d = tensors["features"].shape
        z, x = tensors["bridge"].shape
        values: dict[str, Any] = checked(
            tensors,
            features=(movies, d),
            weights=(movies, z),
            variance=(movies, z + d - x),
            pattern=(movies, z - 1),
            bridge=(z, x),
            prior=(d, d),
            centre=NUMBER,
            noise=NUMBER,
            usual_error=NUMBER,
            calibration=NUMBER,
        )
        return cls(**{TENSORS[name]: value for name, value in values.items()}, limits=limits)


@dataclass(frozen=True, slots=True)
class BilinearUser:
    """Somebody folded into a BilinearRating."""

    head: BilinearRating
    z: FloatArray  # [z] the user's features
    features: FloatArray  # [k, d] of the rated films
    above_base: FloatArray  # [k] how far the ratings are above the base
    precision: FloatArray  # [d, d] of the user's weights, posterior
    weights: FloatArray  # [d] their posterior mean

    @property
    def taste(self) -> FloatArray:
        """[z + d] the user's features, and the weights with the prior's mean."""
        weights = self.weights.copy()
        weights[: self.head.observed] += self.z @ self.head.prior_regression
        return np.concatenate([self.z, weights])

    def stars(self, movie_idx: IndexArray) -> FloatArray:
        # Film by film: a product of matrices would give a film other last digits among other films.
        stars = np.vecdot(self.head.weighed(movie_idx), self.taste) + self.head.centre
        return np.asarray(np.clip(stars, *self.head.limits))

    def predict(self, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        along, of_factors = self._along(movie_idx)
        return self.stars(movie_idx), self._deviation(movie_idx, along, of_factors)

    def attribute(self, movie_idx: IndexArray) -> Attribution:
        along, of_factors = self._along(movie_idx)
        contributions = along @ self.features.T * (self.above_base / self.head.noise)
        deviation = self._deviation(movie_idx, along, of_factors)
        return Attribution(self.stars(movie_idx), deviation, self.head.base(self.z, movie_idx), contributions)

    def _along(self, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        """[m, d] the films' features by the posterior covariance of the user's weights: how what is learned of others
        moves them; and [factors] the variances of the user's factors.
        """
        features = self.head.item_features[movie_idx]
        if len(features) > len(self.precision):  # so many solutions would take more, also of memory
            covariance = np.linalg.inv(self.precision)
            return features @ covariance, covariance.diagonal()[self.head.observed :]
        factors = np.eye(len(self.precision))[self.head.observed :]
        solved = np.linalg.solve(self.precision, np.concatenate([features, factors]).T).T
        return solved[: len(features)], solved[len(features) :, self.head.observed :].diagonal()

    def _deviation(self, movie_idx: IndexArray, along: FloatArray, of_factors: FloatArray) -> FloatArray:
        """[m] by what `_along` gives.

        Somebody whose ratings stray further from what is expected than the training's is less predictable too.
        """
        head, observed = self.head, self.head.observed
        of_user = np.vecdot(along, head.item_features[movie_idx])
        second_moment = np.square(self.weights[observed:]) + of_factors
        of_item = head.item_variance[movie_idx] @ np.concatenate([np.square(self.z), second_moment])
        squares = np.square(self.above_base - self.features @ self.weights).sum()
        error = (squares + PRIOR_RATINGS * head.training_error) / (len(self.above_base) + PRIOR_RATINGS)
        variance = (of_user + of_item + head.noise) * (float(error) / head.training_error)
        return np.asarray(head.calibration * np.sqrt(variance))
