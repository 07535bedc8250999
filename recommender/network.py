"""The notebook's model: embeddings of users and films, dot product plus biases, sigmoid, cross-entropy, Adam.

It is the Keras example "Collaborative filtering for movie recommendations" and its JavaScript port, without
their faults: users and films are their indices, the product is taken sample by sample, a tenth (not nine
tenths) is held out, and a film few have rated does not top a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.ranking import sigmoid, unit_rows
from recommender.rating import Attribution
from recommender.tensors import NUMBER, Tensors, checked, named
from recommender.vocabulary import FloatArray, IndexArray, Profile, Vocabulary

PARAMETERS = ("offset", "features", "prior_mean", "prior_precision", "noise")

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
class NetworkRating:
    """The trained films. A user is folded in by ridge regression of the logits of their ratings.

    logit(scaled stars) = offset + features · weights of the user + noise, features (1, embedding); the
    weights' prior is the mean and covariance of the training users'.
    """

    offset: FloatArray  # [movies] biases
    features: FloatArray  # [movies, 1 + d]
    prior_mean: FloatArray  # [1 + d]
    prior_precision: FloatArray  # [1 + d, 1 + d]
    noise: float  # variance of a logit around its mean
    scale: Scale

    def fold_in(self, profile: Profile) -> "NetworkUser":
        idx = profile.movie_idx
        features = self.features[idx].astype(np.float64)
        residual = logit(self.scale.scaled(profile.rating)) - self.offset[idx] - features @ self.prior_mean
        covariance = np.linalg.inv(self.prior_precision + features.T @ features / self.noise)
        return NetworkUser(self, covariance @ (features.T * residual) / self.noise, covariance)

    def tastes(self, profiles: Sequence[Profile]) -> FloatArray:
        """[n, 1 + d] the users' weights."""
        return np.array([self.fold_in(one).weights for one in profiles])

    def stars_of(self, tastes: FloatArray, movie_idx: IndexArray) -> FloatArray:
        logits = tastes @ self.features[movie_idx].T + self.offset[movie_idx]
        return np.clip(self.scale.stars(logits), self.scale.low, self.scale.high)

    def film_variance(self, movie_idx: IndexArray) -> FloatArray:
        """None: films are taken as they were learned."""
        return np.zeros(len(movie_idx))

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
            prior_mean=(d,),
            prior_precision=(d, d),
            noise=NUMBER,
        )
        return cls(**values, scale=Scale(*limits))


@dataclass(frozen=True, slots=True)
class NetworkUser:
    """Somebody folded into a NetworkRating."""

    head: NetworkRating
    gains: FloatArray  # [1 + d, k] what each rating adds to the prior mean
    covariance: FloatArray  # [1 + d, 1 + d] of the weights, posterior

    @property
    def weights(self) -> FloatArray:
        return np.asarray(self.head.prior_mean + self.gains.sum(axis=1))

    def logits(self) -> FloatArray:
        """[movies] the order of the stars, without their ends."""
        return np.asarray(self.head.offset + self.head.features @ self.weights.astype(np.float32))

    def stars(self, movie_idx: IndexArray) -> FloatArray:
        return np.clip(self.head.scale.stars(self._logits(movie_idx)), self.head.scale.low, self.head.scale.high)

    def predict(self, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        head = self.head
        features = head.features[movie_idx].astype(np.float64)
        variance = ((features @ self.covariance) * features).sum(axis=1)
        as_share = sigmoid(self._logits(movie_idx))
        slope = as_share * (1 - as_share)  # delta method
        return self.stars(movie_idx), head.scale.span * slope * np.sqrt(variance + head.noise)

    def _logits(self, movie_idx: IndexArray) -> FloatArray:
        return np.asarray(self.head.offset[movie_idx] + (self.head.features[movie_idx] * self.weights).sum(axis=1))

    def attribute(self, movie_idx: IndexArray) -> Attribution:
        """Exact in logits; in stars each contribution is its share of the whole difference from the base."""
        head = self.head
        features = head.features[movie_idx].astype(np.float64)
        base = head.offset[movie_idx] + features @ head.prior_mean
        contributions = features @ self.gains  # [m, k] logits
        total = contributions.sum(axis=1)
        in_stars = head.scale.stars(base + total) - head.scale.stars(base)
        slope = np.divide(in_stars, total, out=np.zeros_like(total), where=total != 0)
        return Attribution(*self.predict(movie_idx), head.scale.stars(base), contributions * slope[:, None])


@dataclass(frozen=True, slots=True)
class RankingByRating:
    """Ranking by predicted stars, as the notebook does it."""

    network: NetworkRating

    def scores(self, profile: Profile) -> FloatArray | None:
        return self.network.fold_in(profile).logits() if len(profile) else None

    def contributions(self, profile: Profile, movie_idx: IndexArray) -> FloatArray:
        return self.network.fold_in(profile).attribute(movie_idx).contributions

    def aversion(self, profile: Profile) -> float:
        """None: the order is that of the stars already."""
        return 0.0

    def embeddings(self) -> FloatArray:
        return unit_rows(self.network.features[:, 1:])

    def tensors(self) -> dict[str, FloatArray]:
        return {}  # all of it is the rating head's


@dataclass(frozen=True, slots=True)
class TrainedUsers:
    """The training users' own weights. They stay in memory: no model file holds a row of a user."""

    users: Vocabulary
    weights: FloatArray  # [users, 1 + d]
    network: NetworkRating

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
