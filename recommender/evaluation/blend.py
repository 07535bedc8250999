"""Several scorers together: the weighted sum of their standardised scores, with popularity as a prior."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from recommender.evaluation.implicit_feedback import FittedScorer
from recommender.ranking import standardised
from recommender.vocabulary import FloatArray, IndexArray


class ScoringContender(Protocol):
    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        """One whose scores can be added to others'."""


@dataclass(frozen=True, slots=True)
class Blend:
    parts: Sequence[tuple[float, ScoringContender]]
    popularity: float = 0.0

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        fitted = [(weight, part.fit(ratings, catalogue)) for weight, part in self.parts]
        movies, popularity = fitted[0][1].movies, fitted[0][1].popularity
        prior = self.popularity * standardised(popularity)

        def scores(user_id: int, liked_idx: IndexArray) -> FloatArray:
            total = prior.copy()
            for weight, part in fitted:
                total = total + weight * standardised(part.scorer(user_id, liked_idx))
            return total

        return FittedScorer(movies, popularity, scores)
