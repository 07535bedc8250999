"""What can be evaluated: our configurations, and anything else that makes lists or predicts stars."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from recommender.config import TrainingConfig
from recommender.film_stars import FilmStars
from recommender.model import Recommender
from recommender.network import TrainedUsers
from recommender.ranking import EXCLUDED, top_n
from recommender.training import train
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary

Profiles = Sequence[Mapping[int, float]]


class Fitted(Protocol):
    """A trained contender."""

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        """[users, n] film ids that are not in the profiles, best first, -1 where the catalogue ran out."""

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray | None:
        """[rows] predicted stars of the rows (user_id, movie_id); None from one that only ranks."""


class Contender(Protocol):
    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> Fitted:
        """Train on the ratings; every list is made from the catalogue."""


@dataclass(frozen=True, slots=True)
class ByProtocol:
    """Another contender for each protocol: what serves known users best does not serve new ones best.

    A protocol that is left out is not run.
    """

    contenders: Mapping[str, Contender]


def lists_from(
    scores: Callable[[int, Mapping[int, float]], FloatArray],
    movies: Vocabulary,
    user_ids: Sequence[int],
    profiles: Profiles,
    n: int,
) -> IndexArray:
    """[users, n] the best unrated films by a scorer of (user id, profile) that gives a fresh [movies] array."""
    lists = np.full((len(profiles), n), -1, dtype=np.int64)
    for row, user_id, profile in zip(lists, user_ids, profiles, strict=True):
        own = scores(user_id, profile)
        own[movies.known(profile)] = EXCLUDED
        chosen = top_n(own, n)
        row[: len(chosen)] = movies.ids[chosen]
    return lists


def stars_from(predict: Callable[[int, IndexArray], FloatArray], test: pd.DataFrame) -> FloatArray:
    """[rows] stars of a test table, asked for user by user: (user id, film ids) to stars."""
    user_id, movie_id = test["user_id"].to_numpy(np.int64), test["movie_id"].to_numpy(np.int64)
    users, inverse, counts = np.unique(user_id, return_inverse=True, return_counts=True)
    by_user = np.split(np.argsort(inverse, kind="stable"), np.cumsum(counts)[:-1])
    stars = np.empty(len(test))
    for one, rows in zip(users.tolist(), by_user, strict=True):
        stars[rows] = predict(one, movie_id[rows])
    return stars


@dataclass(frozen=True, slots=True)
class FittedRecommender:
    """One of our models, asked the way the bot asks it: everybody is folded in."""

    model: Recommender

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        return self.model.recommend_batch(profiles, n)

    def stars(
        self,
        test: pd.DataFrame,
        profiles: Mapping[int, Mapping[int, float]],
        film_stars: FilmStars | None = None,
    ) -> FloatArray | None:
        """As any other's; `film_stars` are what others gave films after the training."""
        if self.model.config.implicit:
            return None

        def predict(user_id: int, movie_ids: IndexArray) -> FloatArray:
            return self.model.predict(profiles.get(user_id, {}), movie_ids, film_stars=film_stars)

        return stars_from(predict, test)

    def deviations(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray:
        """[rows] standard deviations of these stars."""

        def predict(user_id: int, movie_ids: IndexArray) -> FloatArray:
            return self.model.predict(profiles.get(user_id, {}), movie_ids, return_std=True)[1]

        return stars_from(predict, test)


@dataclass(frozen=True, slots=True)
class FittedNetwork:
    """The notebook's model, which knows its training users by their own vectors; new ones are folded in."""

    model: Recommender
    trained: TrainedUsers

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        if all(self.trained.knows(user_id) for user_id in user_ids):
            movies = Vocabulary(self.model.movie_ids)
            return lists_from(lambda user_id, _: self.trained.scores(user_id), movies, user_ids, profiles, n)
        return self.model.recommend_batch(profiles, n)

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray:
        movies = Vocabulary(self.model.movie_ids)

        def predict(user_id: int, movie_ids: IndexArray) -> FloatArray:
            if self.trained.knows(user_id):
                return self.trained.stars(user_id, movies.indices(movie_ids))
            return self.model.predict(profiles.get(user_id, {}), movie_ids)

        return stars_from(predict, test)


@dataclass(frozen=True, slots=True)
class Configured:
    """A configuration as a contender."""

    config: TrainingConfig

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> Fitted:
        return fitted_recommender(train(ratings, catalogue, config=self.config))


def fitted_recommender(model: Recommender) -> Fitted:
    """A trained model, asked as its kind is."""
    if model.trained_users is not None:
        return FittedNetwork(model, model.trained_users)
    return FittedRecommender(model)
