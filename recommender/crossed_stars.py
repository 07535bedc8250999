"""The served rating head: what the films have learned; a member's own weights are solved from their ratings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from recommender.profile import Profile
from recommender.rating import Attribution, check_shapes
from recommender.vocabulary import FloatArray, IndexArray

SCALARS = ("centre", "noise", "usual_error", "calibration")

USUAL_RATINGS = 20.0
"""Ratings that stray as usual, which everybody is given beside their own."""


@dataclass(frozen=True, slots=True)
class CrossedStars:
    """stars = centre + pattern · film's weights + features · (bridge of the pattern + user's weights) + noise.

    The user's pattern (1, what they have rated, whatever the stars) needs no rating but the fact of it; with
    the film's weights and the bridge it makes the base. The user's weights over the film's features
    (description, factors) are a deviation with a Gaussian prior around zero, solved from the ratings, so stars
    are linear in them: base + one contribution per rating, exactly, given which films are rated.
    `factors` of the features are learned and uncertain, the others certain.
    """

    features: FloatArray  # [movies, x + factors]
    weights: FloatArray  # [movies, z] over the user's pattern
    variance: FloatArray  # [movies, z + factors] of the film's weights and factors
    pattern: FloatArray  # [movies, z − 1] summed over the rated films, by √k, behind a constant
    bridge: FloatArray  # [z, x] mean of the users' weights by pattern
    prior: FloatArray  # [x + factors, x + factors] covariance of the users' weights
    centre: float
    noise: float  # variance of one rating around its mean, stars²
    usual_error: float  # mean squared error of the ratings that were trained on, stars²
    calibration: float  # of the standard deviation, found on held-out ratings
    limits: tuple[float, float]  # ends of the data's own range

    def predict(self, profile: Profile, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        pattern = self._pattern(profile)
        return self._expected(profile, movie_idx, pattern, *self._fold_in(profile, pattern))

    def attribute(self, profile: Profile, movie_idx: IndexArray) -> Attribution:
        pattern = self._pattern(profile)
        parts, uncertainty = self._fold_in(profile, pattern)
        stars, deviation = self._expected(profile, movie_idx, pattern, parts, uncertainty)
        features = self.features[movie_idx].astype(np.float64)
        return Attribution(stars, deviation, self._base(pattern, movie_idx), features @ parts)

    def _expected(
        self, profile: Profile, movie_idx: IndexArray, pattern: FloatArray, parts: FloatArray, uncertainty: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """[m] stars and standard deviations by what `_fold_in` found."""
        features = self.features[movie_idx].astype(np.float64)  # [m, d]
        own = parts.sum(axis=1)
        stars = self._base(pattern, movie_idx) + features @ own
        factors = own[self.bridge.shape[1] :]
        of_user = ((features @ uncertainty) * features).sum(axis=1)
        certain = len(own) - len(factors)
        second_moment = np.square(factors) + uncertainty.diagonal()[certain:]
        of_film = self.variance[movie_idx] @ np.concatenate([np.square(pattern), second_moment])
        variance = (of_user + of_film + self.noise) * self._surprising(profile, pattern, own)
        return np.clip(stars, *self.limits), self.calibration * np.sqrt(variance)

    def _pattern(self, profile: Profile) -> FloatArray:
        """[z] the user's features: a constant, then what their films have in common."""
        total = self.pattern[profile.movie_idx].sum(axis=0, dtype=np.float64)
        return np.concatenate([[1.0], total / max(len(profile), 1) ** 0.5])

    def _base(self, pattern: FloatArray, movie_idx: IndexArray) -> FloatArray:
        """[m] stars of somebody who has rated these films, before any star is known."""
        described = self.features[movie_idx, : self.bridge.shape[1]]
        return np.asarray(self.centre + self.weights[movie_idx] @ pattern + described @ (pattern @ self.bridge))

    def _surprising(self, profile: Profile, pattern: FloatArray, own: FloatArray) -> float:
        """How much more than others' do these ratings stray from what is expected? Near 1 while they are few."""
        idx = profile.movie_idx
        left = profile.rating - self._base(pattern, idx) - self.features[idx] @ own
        error = (np.square(left).sum() + USUAL_RATINGS * self.usual_error) / (len(profile) + USUAL_RATINGS)
        return float(error) / self.usual_error

    def _fold_in(self, profile: Profile, pattern: FloatArray) -> tuple[FloatArray, FloatArray]:
        """What each rating adds to the user's weights [d, k], and their posterior covariance [d, d].

        Bayesian linear regression (Rasmussen & Williams 2006, section 2.1).
        """
        idx = profile.movie_idx
        features = self.features[idx].astype(np.float64)  # [k, d]
        prior = self._doubted(self.variance[idx, len(pattern) :].sum(axis=0, dtype=np.float64))
        k, d = features.shape
        if k < d:  # the smaller system: ratings by ratings
            covered = prior @ features.T  # [d, k]
            gain = covered @ np.linalg.inv(features @ covered + self.noise * np.eye(k))
            uncertainty: FloatArray = prior - gain @ covered.T
        else:
            uncertainty = np.linalg.inv(np.linalg.inv(prior) + features.T @ features / self.noise)
            gain = uncertainty @ features.T / self.noise
        return gain * (profile.rating - self._base(pattern, idx)), uncertainty

    def _doubted(self, doubt: FloatArray) -> FloatArray:
        """[d, d] the prior once the variance of the rated films' factors, summed, is added to its precision.

        That is the mean field of Lim & Teh (2007), here by the matrix inversion lemma.
        """
        precision = doubt[:, None] / self.noise  # [factors, 1]
        shared = self.prior[:, self.bridge.shape[1] :]  # [d, factors]
        own = shared[self.bridge.shape[1] :]
        return np.asarray(
            self.prior - shared @ np.linalg.inv(np.eye(len(own)) + precision * own) @ (precision * shared.T)
        )

    @property
    def movies(self) -> int:
        return len(self.features)

    def tensors(self) -> dict[str, FloatArray]:
        return {
            "features": self.features,
            "weights": self.weights,
            "variance": self.variance,
            "pattern": self.pattern,
            "bridge": self.bridge,
            "prior": self.prior,
            **{name: np.array([getattr(self, name)]) for name in SCALARS},
        }

    @classmethod
    def of(cls, tensors: Mapping[str, FloatArray], limits: tuple[float, float]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, d = tensors["features"].shape
        z, x = tensors["bridge"].shape
        check_shapes(
            tensors,
            weights=(movies, z),
            variance=(movies, z + d - x),
            pattern=(movies, z - 1),
            prior=(d, d),
            **dict.fromkeys(SCALARS, (1,)),
        )
        fields: dict[str, Any] = {name: float(one[0]) if name in SCALARS else one for name, one in tensors.items()}
        return cls(**fields, limits=limits)
