"""irspack (tohtsky/irspack): implicit ALS with the loss and the scaled penalty of Rendle et al. 2021."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recommender.evaluation.implicit_feedback import FittedScorer, ImplicitFeedback
from recommender.evaluation.peers.libraries import library, likes_as_csr, row_as_csr, threads
from recommender.vocabulary import FloatArray, IndexArray


@dataclass(frozen=True, slots=True)
class IrspackIals:
    """`IALSRecommender`; everybody is folded in by its own `get_score_cold_user`."""

    factors: int = 128
    alpha0: float = 1.0
    reg: float = 0.003
    epochs: int = 16

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        ials = library("irspack.recommenders.ials")
        liked = ImplicitFeedback.of(ratings, catalogue)
        model = ials.IALSRecommender(
            likes_as_csr(liked),
            n_components=self.factors,
            alpha0=self.alpha0,
            reg=self.reg,
            n_threads=threads(),
        )
        model.start_learning()  # not `learn`, which draws a bar on standard output
        for _ in range(self.epochs):
            model.run_epoch()

        def scores(user_id: int, liked_idx: IndexArray) -> FloatArray:
            if not len(liked_idx):
                return np.zeros(len(liked.movies))
            return np.asarray(model.get_score_cold_user(row_as_csr(liked_idx, len(liked.movies)))[0])

        return FittedScorer(liked.movies, liked.popularity, scores)
