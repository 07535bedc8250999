"""User neighbours: what those like whose likes are most like the profile's."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recommender.evaluation.implicit_feedback import FittedScorer, ImplicitFeedback
from recommender.vocabulary import FloatArray, IndexArray


@dataclass(frozen=True, slots=True)
class UserKnn:
    """score = Σ over the nearest users of cosine · their likes; `shrinkage` is added to the cosine's denominator."""

    neighbours: int = 100
    shrinkage: float = 10.0

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        liked = ImplicitFeedback.of(ratings, catalogue)
        likes = liked.dense().astype(np.float32)  # [users, movies]
        likers = np.ascontiguousarray(likes.T)
        length = np.sqrt(likes.sum(axis=1))

        def scores(user_id: int, liked_idx: IndexArray) -> FloatArray:
            shared = likers[liked_idx].sum(axis=0)
            cosine = shared / (length * np.sqrt(len(liked_idx)) + self.shrinkage)
            # A user of the training is not their own neighbour: that would only repeat the profile.
            user_idx = liked.users.indices([user_id])
            cosine[user_idx[user_idx >= 0]] = 0
            nearest = np.argsort(-cosine, kind="stable")[: self.neighbours]
            return np.asarray(cosine[nearest] @ likes[nearest])

        return FittedScorer(liked.movies, liked.popularity, scores)
