"""The bias baseline: damped means of users and films, also as a (bad) order of films."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from recommender.evaluation.contenders import Profiles, lists_from, stars_from
from recommender.interactions import Interactions
from recommender.popularity import damped_bias
from recommender.rating import LinearRating
from recommender.vocabulary import FloatArray, IndexArray, Profile, Vocabulary


@dataclass(frozen=True, slots=True)
class FittedBias:
    movies: Vocabulary
    head: LinearRating

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        # A user's bias moves all films alike, so the order is that of the films' own.
        return lists_from(lambda *_: self.head.offset.copy(), self.movies, user_ids, profiles, n)

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray:
        def predict(user_id: int, movie_ids: IndexArray) -> FloatArray:
            profile = Profile.of(profiles.get(user_id, {}), self.movies)
            return self.head.fold_in(profile).stars(self.movies.indices(movie_ids))

        return stars_from(predict, test)


@dataclass(frozen=True, slots=True)
class Bias:
    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedBias:
        data = Interactions.from_frame(ratings, catalogue)
        return FittedBias(data.movies, damped_bias(data))
