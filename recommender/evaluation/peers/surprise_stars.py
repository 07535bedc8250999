"""Surprise (NicolasHug/Surprise): factors by stochastic gradient descent, and item neighbours with a baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from recommender.evaluation.contenders import Profiles, lists_from
from recommender.evaluation.peers.libraries import library
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary

SEED = 42
READER_LINE = ["user_id", "movie_id", "rating"]


@dataclass(frozen=True, slots=True)
class FittedSurprise:
    """Asked with its own `predict`: a user or film it has not seen gets what is left of the formula without them."""

    movies: Vocabulary
    model: Any

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        """By predicted stars, for users of the training."""

        def scores(user_id: int, profile: Mapping[int, float]) -> FloatArray:
            return self._stars(user_id, self.movies.ids)

        return lists_from(scores, self.movies, user_ids, profiles, n)

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray:
        pairs = zip(test["user_id"].tolist(), test["movie_id"].tolist(), strict=True)
        return np.array([self.model.predict(user_id, movie_id).est for user_id, movie_id in pairs])

    def _stars(self, user_id: int, movie_ids: IndexArray) -> FloatArray:
        return np.array([self.model.predict(user_id, movie_id).est for movie_id in movie_ids.tolist()])


@dataclass(frozen=True, slots=True)
class SurpriseSvd:
    """`SVD`: biases and factors."""

    factors: int = 100
    epochs: int = 150
    learning_rate: float = 0.005
    regularization: float = 0.1

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedSurprise:
        model = library("surprise").SVD(
            n_factors=self.factors,
            n_epochs=self.epochs,
            lr_all=self.learning_rate,
            reg_all=self.regularization,
            random_state=SEED,
        )
        return _fitted(model, ratings, catalogue)


@dataclass(frozen=True, slots=True)
class SurpriseItemKnn:
    """`KNNBaseline` between films, likeness by `pearson_baseline`, around biases damped as ours are."""

    neighbours: int = 60
    shrinkage: int = 200
    damping: float = 5.0
    sweeps: int = 20

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedSurprise:
        likeness = {"name": "pearson_baseline", "user_based": False, "shrinkage": self.shrinkage}
        baseline = {"method": "als", "n_epochs": self.sweeps, "reg_u": self.damping, "reg_i": self.damping}
        model = library("surprise").KNNBaseline(
            k=self.neighbours, sim_options=likeness, bsl_options=baseline, verbose=False
        )
        return _fitted(model, ratings, catalogue)


def _fitted(model: Any, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedSurprise:
    surprise = library("surprise")
    reader = surprise.Reader(rating_scale=(ratings["rating"].min(), ratings["rating"].max()))
    model.fit(surprise.Dataset.load_from_df(ratings[READER_LINE], reader).build_full_trainset())
    return FittedSurprise(Vocabulary.of(catalogue["movie_id"].to_numpy(np.int64)), model)
