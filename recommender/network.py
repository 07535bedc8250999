"""The notebook's model: embeddings of users and films, dot product plus biases, sigmoid, cross-entropy, Adam.

It is the Keras example "Collaborative filtering for movie recommendations" and its JavaScript port, without
their faults: users and films are their indices, the product is taken sample by sample, a tenth (not nine
tenths) is held out, and a film few have rated does not top a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.profile import Profile
from recommender.ranking import sigmoid, unit_rows
from recommender.rating import Attribution, check_shapes
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary

LOGIT_MARGIN = 0.05
"""The ends of the scale have no finite logit: a fold-in keeps scaled ratings this far inside it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Between stars and [0, 1], by the data's own range."""

    low: float
    high: float

    @property
    def span(self) -> float:
        return (self.high - self.low) or 1.0

    def scaled(self, stars: FloatArray) -> FloatArray:
        return np.asarray((stars - self.low) / self.span)

    def stars(self, logits: FloatArray) -> FloatArray:
        return np.asarray(self.low + self.span * sigmoid(logits))


@dataclass(frozen=True, slots=True)
class NetworkStars:
    """The trained films. A member is folded in by ridge regression of the logits of their ratings.

    logit(scaled stars) = offset + features · weights of the user + noise, features (1, embedding); the
    weights' prior is the mean and covariance of the training users'.
    """

    offset: FloatArray  # [movies] biases
    features: FloatArray  # [movies, 1 + d]
    prior_mean: FloatArray  # [1 + d]
    prior_precision: FloatArray  # [1 + d, 1 + d]
    noise: float  # variance of a logit around its mean
    scale: Scale

    def predict(self, profile: Profile, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        return self._expected(movie_idx, *self._fold_in(profile))

    def _expected(
        self, movie_idx: IndexArray, parts: FloatArray, uncertainty: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """[m] stars and standard deviations by what `_fold_in` found."""
        features = self.features[movie_idx].astype(np.float64)
        logits = self.offset[movie_idx] + features @ (self.prior_mean + parts.sum(axis=1))
        spread = ((features @ uncertainty) * features).sum(axis=1)
        slope = sigmoid(logits) * (1 - sigmoid(logits))  # delta method
        stars = np.clip(self.scale.stars(logits), self.scale.low, self.scale.high)
        return stars, self.scale.span * slope * np.sqrt(spread + self.noise)

    def attribute(self, profile: Profile, movie_idx: IndexArray) -> Attribution:
        """Exact in logits; in stars each part is its share of the whole way from the base."""
        features = self.features[movie_idx].astype(np.float64)
        base = self.offset[movie_idx] + features @ self.prior_mean
        of_weights, uncertainty = self._fold_in(profile)
        stars, deviation = self._expected(movie_idx, of_weights, uncertainty)
        parts = features @ of_weights  # [m, k] logits
        way = parts.sum(axis=1)
        in_stars = self.scale.stars(base + way) - self.scale.stars(base)
        chord = np.divide(in_stars, way, out=np.zeros_like(way), where=way != 0)
        return Attribution(stars, deviation, self.scale.stars(base), parts * chord[:, None])

    def logits(self, profile: Profile) -> FloatArray:
        """[movies] the order of the stars, without their ends."""
        weights = self.prior_mean + self._fold_in(profile)[0].sum(axis=1)
        return np.asarray(self.offset + self.features @ weights.astype(np.float32))

    def _fold_in(self, profile: Profile) -> tuple[FloatArray, FloatArray]:
        """What each rating adds to the prior mean [1 + d, k], and the posterior covariance."""
        idx = profile.movie_idx
        features = self.features[idx].astype(np.float64)
        surprise = logit(self.scale.scaled(profile.rating)) - self.offset[idx] - features @ self.prior_mean
        uncertainty = np.linalg.inv(self.prior_precision + features.T @ features / self.noise)
        return uncertainty @ (features.T * surprise) / self.noise, uncertainty

    @property
    def movies(self) -> int:
        return len(self.features)

    def tensors(self) -> dict[str, FloatArray]:
        return {
            "offset": self.offset,
            "features": self.features,
            "prior_mean": self.prior_mean,
            "prior_precision": self.prior_precision,
            "noise": np.array([self.noise]),
        }

    @classmethod
    def of(cls, tensors: Mapping[str, FloatArray], limits: tuple[float, float]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, d = tensors["features"].shape
        check_shapes(tensors, offset=(movies,), prior_mean=(d,), prior_precision=(d, d), noise=(1,))
        arrays = {name: value for name, value in tensors.items() if name != "noise"}
        return cls(**arrays, noise=float(tensors["noise"][0]), scale=Scale(*limits))


@dataclass(frozen=True, slots=True)
class StarOrder:
    """Ranking by predicted stars, as the notebook does it."""

    network: NetworkStars

    def scores(self, profile: Profile) -> FloatArray | None:
        return self.network.logits(profile) if len(profile) else None

    def pulls(self, profile: Profile, movie_idx: IndexArray) -> FloatArray:
        return self.network.attribute(profile, movie_idx).contributions

    def directions(self) -> FloatArray:
        return unit_rows(self.network.features[:, 1:])

    @property
    def movies(self) -> int:
        return self.network.movies

    def tensors(self) -> dict[str, FloatArray]:
        return {}  # all of it is the rating head's


@dataclass(frozen=True, slots=True)
class TrainedUsers:
    """The training users' own weights. They stay in memory: no model file holds a row of a user."""

    users: Vocabulary
    weights: FloatArray  # [users, 1 + d]
    network: NetworkStars

    def knows(self, user_id: int) -> bool:
        return user_id in self.users

    def scores(self, user_id: int) -> FloatArray:
        """[movies] logits of a training user."""
        weights = self.weights[self.users.indices((user_id,))[0]]
        return np.asarray(self.network.offset + self.network.features @ weights)

    def stars(self, user_id: int, movie_idx: IndexArray) -> FloatArray:
        return self.network.scale.stars(self.scores(user_id)[movie_idx])


def logit(scaled: FloatArray) -> FloatArray:
    """Inverse sigmoid of ratings scaled to [0, 1]."""
    inside = np.clip(scaled, LOGIT_MARGIN, 1 - LOGIT_MARGIN)
    return np.asarray(np.log(inside / (1 - inside)))
