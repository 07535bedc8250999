"""The served rating head: item parameters of the bilinear model. A user's weights are folded in from their ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

    def predict(self, profile: Profile, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        z, features = self._user_features(profile), self.item_features[movie_idx].astype(np.float64)
        return self._posterior(movie_idx, features, z, self._base(z, movie_idx), *self._fold_in(profile, z))

    def attribute(self, profile: Profile, movie_idx: IndexArray) -> Attribution:
        z, features = self._user_features(profile), self.item_features[movie_idx].astype(np.float64)
        base, folded_in = self._base(z, movie_idx), self._fold_in(profile, z)
        stars, deviation = self._posterior(movie_idx, features, z, base, *folded_in)
        return Attribution(stars, deviation, base, features @ folded_in[0])

    def tastes(self, profiles: Sequence[Profile]) -> FloatArray:
        """[n, z + d] the users' features, and their weights with the prior's mean.

        The weights are those of `_fold_in`, without their covariance, which is most of its work.
        """
        observed = self.prior_regression.shape[1]
        prior_precision = np.linalg.inv(self.user_prior)
        found = np.empty((len(profiles), len(self.prior_regression) + len(self.user_prior)))
        for row, profile in zip(found, profiles, strict=True):
            z, idx = self._user_features(profile), profile.movie_idx
            features = self.item_features[idx].astype(np.float64)  # [k, d]
            precision = prior_precision + features.T @ features / self.noise
            factors = np.arange(observed, len(precision))
            precision[factors, factors] += self.item_variance[idx, len(z) :].sum(axis=0, dtype=np.float64) / self.noise
            above_base = profile.rating - self._base(z, idx)
            weights = np.linalg.solve(precision, features.T @ above_base / self.noise)
            weights[:observed] += z @ self.prior_regression
            row[:] = np.concatenate([z, weights])
        return found

    def stars_of(self, tastes: FloatArray, movie_idx: IndexArray) -> FloatArray:
        item = np.concatenate([self.item_weights[movie_idx], self.item_features[movie_idx]], axis=1)  # [m, z + d]
        return np.asarray(np.clip(tastes @ item.T + self.centre, *self.limits))

    def film_variance(self, movie_idx: IndexArray) -> FloatArray:
        return np.asarray(self.calibration**2 * self.item_variance[movie_idx, 0])

    def _posterior(
        self,
        movie_idx: IndexArray,
        features: FloatArray,
        z: FloatArray,
        base: FloatArray,
        gains: FloatArray,
        covariance: FloatArray,
        residual: FloatArray,
    ) -> tuple[FloatArray, FloatArray]:
        """[m] stars and standard deviations of films with `features` [m, d] from `base` [m], by what `_fold_in` found.

        Somebody whose ratings stray further from what is expected than the training's is less predictable too.
        """
        weights = gains.sum(axis=1)
        observed = self.prior_regression.shape[1]
        of_user = ((features @ covariance) * features).sum(axis=1)
        second_moment = np.square(weights[observed:]) + covariance.diagonal()[observed:]
        of_item = self.item_variance[movie_idx] @ np.concatenate([np.square(z), second_moment])
        squares = np.square(residual).sum()
        error = (squares + PRIOR_RATINGS * self.training_error) / (len(residual) + PRIOR_RATINGS)
        variance = (of_user + of_item + self.noise) * (float(error) / self.training_error)
        stars = base + features @ weights
        return np.clip(stars, *self.limits), self.calibration * np.sqrt(variance)

    def _user_features(self, profile: Profile) -> FloatArray:
        """[z] a constant, then the implicit factors of the rated films."""
        total = self.implicit_factors[profile.movie_idx].sum(axis=0, dtype=np.float64)
        return np.concatenate([[1.0], total / max(len(profile.movie_idx), 1) ** 0.5])

    def _base(self, z: FloatArray, movie_idx: IndexArray) -> FloatArray:
        """[m] stars of somebody who has rated these films, before any star is known."""
        observed = self.item_features[movie_idx, : self.prior_regression.shape[1]]
        return np.asarray(self.centre + self.item_weights[movie_idx] @ z + observed @ (z @ self.prior_regression))

    def _fold_in(self, profile: Profile, z: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """What each rating adds to the user's weights [d, k], their posterior covariance [d, d], and residuals [k].

        Bayesian linear regression (Rasmussen & Williams 2006, section 2.1). The variance of the rated films' factors,
        summed, is added to the prior's precision: the mean field of Lim & Teh (2007), by the matrix inversion lemma.
        """
        idx = profile.movie_idx
        features = self.item_features[idx].astype(np.float64)  # [k, d]
        observed = self.prior_regression.shape[1]
        factor_variance = self.item_variance[idx, len(z) :].sum(axis=0, dtype=np.float64)
        precision = factor_variance[:, None] / self.noise  # [factors, 1]
        shared = self.user_prior[:, observed:]  # [d, factors]
        system = np.eye(len(precision)) + precision * shared[observed:]
        prior = self.user_prior - shared @ np.linalg.inv(system) @ (precision * shared.T)
        k, d = features.shape
        if k < d:  # the smaller system: ratings by ratings
            covered = prior @ features.T  # [d, k]
            gain = covered @ np.linalg.inv(features @ covered + self.noise * np.eye(k))
            covariance: FloatArray = prior - gain @ covered.T
        else:
            covariance = np.linalg.inv(np.linalg.inv(prior) + features.T @ features / self.noise)
            gain = covariance @ features.T / self.noise
        above_base = profile.rating - self._base(z, idx)
        gains = gain * above_base
        return gains, covariance, above_base - self.item_features[idx] @ gains.sum(axis=1)

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
