"""Surprise (NicolasHug/Surprise): factors by stochastic gradient descent, and item neighbours with a baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from recommender.evaluation.contenders import Profiles, lists_from
from recommender.evaluation.peers.libraries import library
from recommender.vocabulary import UNKNOWN, FloatArray, IndexArray, Profile, Vocabulary

SEED = 42
READER_LINE = ["user_id", "movie_id", "rating"]


@dataclass(frozen=True, slots=True)
class FittedSurprise:
    """Asked with its own `predict`: a user or film it has not seen gets what is left of the formula without them."""

    movies: Vocabulary
    model: Any

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        def scores(user_id: int, profile: Mapping[int, float]) -> FloatArray:
            return np.array([self.model.predict(user_id, movie_id).est for movie_id in self.movies.ids.tolist()])

        return lists_from(scores, self.movies, user_ids, profiles, n)

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray:
        pairs = zip(test["user_id"].tolist(), test["movie_id"].tolist(), strict=True)
        return np.array([self.model.predict(user_id, movie_id).est for user_id, movie_id in pairs])


@dataclass(frozen=True, slots=True)
class FittedSvd:
    """Stars with its own `predict`; lists by stars from its vectors, those of new users by ridge from their ratings."""

    stars_of: FittedSurprise
    user_vectors: Mapping[int, FloatArray]  # [1 + d] bias and factors
    item_bias: FloatArray  # [movies] the mean of all ratings included
    item_vectors: FloatArray  # [movies, 1 + d] a one and factors
    penalty: float

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        return lists_from(self._scores, self.stars_of.movies, user_ids, profiles, n)

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray:
        return self.stars_of.stars(test, profiles)

    def _scores(self, user_id: int, profile: Mapping[int, float]) -> FloatArray:
        vector = self.user_vectors.get(user_id)
        if vector is None:
            vector = self._folded_in(Profile.of(profile, self.stars_of.movies))
        # Within the range, as `predict` gives them: a film beyond the best rating is no better than it.
        low, high = self.stars_of.model.trainset.rating_scale
        return np.asarray(np.clip(self.item_bias + self.item_vectors @ vector, low, high))

    def _folded_in(self, profile: Profile) -> FloatArray:
        """Where the gradients of the training would come to rest; its penalty counts once a rating."""
        rows = self.item_vectors[profile.movie_idx]
        ridge = self.penalty * max(len(profile), 1) * np.eye(rows.shape[1])
        return np.linalg.solve(rows.T @ rows + ridge, rows.T @ (profile.rating - self.item_bias[profile.movie_idx]))


@dataclass(frozen=True, slots=True)
class SurpriseSvd:
    """`SVD`: biases and factors."""

    factors: int = 100
    epochs: int = 150
    learning_rate: float = 0.005
    regularization: float = 0.1

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedSvd:
        model = library("surprise").SVD(
            n_factors=self.factors,
            n_epochs=self.epochs,
            lr_all=self.learning_rate,
            reg_all=self.regularization,
            random_state=SEED,
        )
        fitted = _fitted(model, ratings, catalogue)
        known = model.trainset
        movie_ids = np.array([known.to_raw_iid(inner) for inner in range(known.n_items)], dtype=np.int64)
        movie_idx = fitted.movies.indices(movie_ids)
        rated = movie_idx != UNKNOWN
        bias = np.full(len(fitted.movies), known.global_mean)
        bias[movie_idx[rated]] += model.bi[rated]
        vectors = np.zeros((len(fitted.movies), 1 + self.factors))
        vectors[:, 0] = 1
        vectors[movie_idx[rated], 1:] = model.qi[rated]
        users = np.column_stack([model.bu, model.pu])
        of_users = {int(known.to_raw_uid(inner)): users[inner] for inner in range(known.n_users)}
        return FittedSvd(fitted, of_users, bias, vectors, self.regularization)


@dataclass(frozen=True, slots=True)
class SurpriseItemKnn:
    """`KNNBaseline` between films, similarity by `pearson_baseline`, around biases damped as ours are."""

    neighbours: int = 60
    shrinkage: int = 200
    damping: float = 5.0
    sweeps: int = 20

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedSurprise:
        similarity = {"name": "pearson_baseline", "user_based": False, "shrinkage": self.shrinkage}
        baseline = {"method": "als", "n_epochs": self.sweeps, "reg_u": self.damping, "reg_i": self.damping}
        model = library("surprise").KNNBaseline(
            k=self.neighbours, sim_options=similarity, bsl_options=baseline, verbose=False
        )
        return _fitted(model, ratings, catalogue)


def _fitted(model: Any, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedSurprise:
    surprise = library("surprise")
    reader = surprise.Reader(rating_scale=(ratings["rating"].min(), ratings["rating"].max()))
    model.fit(surprise.Dataset.load_from_df(ratings[READER_LINE], reader).build_full_trainset())
    return FittedSurprise(Vocabulary.of(catalogue["movie_id"].to_numpy(np.int64)), model)
