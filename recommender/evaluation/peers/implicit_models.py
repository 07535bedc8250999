"""implicit (benfred/implicit): alternating least squares, BM25 item-item neighbours, and BPR."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from recommender.evaluation.implicit_feedback import FittedScorer, ImplicitFeedback
from recommender.evaluation.peers.libraries import library, likes_as_csr, quiet, row_as_csr, threads
from recommender.vocabulary import UNKNOWN, FloatArray, IndexArray

SEED = 42


@dataclass(frozen=True, slots=True)
class ImplicitAls:
    """`AlternatingLeastSquares`; everybody is folded in by its own `recalculate_user`."""

    factors: int = 64
    regularization: float = 15.0
    alpha: float = 2.0
    iterations: int = 15

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        als = library("implicit.cpu.als")
        liked = ImplicitFeedback.of(ratings, catalogue)
        with quiet():
            model = als.AlternatingLeastSquares(
                factors=self.factors,
                regularization=self.regularization,
                alpha=self.alpha,
                iterations=self.iterations,
                num_threads=threads(),
                random_state=SEED,
            )
            model.fit(likes_as_csr(liked), show_progress=False)

        def scores(user_id: int, liked_idx: IndexArray) -> FloatArray:
            vector = model.recalculate_user(0, row_as_csr(liked_idx, len(liked.movies)))
            return np.asarray(model.item_factors @ np.ravel(vector))

        return FittedScorer(liked.movies, liked.popularity, scores)


@dataclass(frozen=True, slots=True)
class ImplicitBm25:
    """`BM25Recommender`: the sum over the liked films of their similarity to each film."""

    neighbours: int = 500
    k1: float = 1.2
    b: float = 0.06

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        nearest = library("implicit.nearest_neighbours")
        liked = ImplicitFeedback.of(ratings, catalogue)
        model = nearest.BM25Recommender(K=self.neighbours, K1=self.k1, B=self.b, num_threads=threads())
        with quiet():
            model.fit(likes_as_csr(liked), show_progress=False)
        similarity = model.similarity.tocsr()

        def scores(user_id: int, liked_idx: IndexArray) -> FloatArray:
            return np.asarray(similarity[liked_idx].sum(axis=0), dtype=np.float64).ravel()

        return FittedScorer(liked.movies, liked.popularity, scores)


@dataclass(frozen=True, slots=True)
class ImplicitBpr:
    """`BayesianPersonalizedRanking`. It has no fold-in, so it serves the users it was trained with only."""

    factors: int = 32
    learning_rate: float = 0.01
    regularization: float = 0.02
    iterations: int = 60

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        bpr = library("implicit.cpu.bpr")
        liked = ImplicitFeedback.of(ratings, catalogue)
        model: Any = bpr.BayesianPersonalizedRanking(
            factors=self.factors,
            learning_rate=self.learning_rate,
            regularization=self.regularization,
            iterations=self.iterations,
            num_threads=1,  # with more its result changes from run to run
            random_state=SEED,
        )
        with quiet():
            model.fit(likes_as_csr(liked), show_progress=False)
        has_likes = set(liked.user_idx.tolist())

        def scores(user_id: int, liked_idx: IndexArray) -> FloatArray:
            user_idx = int(liked.users.indices([user_id])[0])
            if user_idx == UNKNOWN or user_idx not in has_likes:
                return np.zeros(len(liked.movies))
            return np.asarray(model.item_factors @ model.user_factors[user_idx])

        return FittedScorer(liked.movies, liked.popularity, scores)
