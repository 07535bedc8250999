from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from data import Dataset
from recommender import TrainingConfig
from recommender.evaluation.baselines import Bias
from recommender.evaluation.cold_item_protocol import protocol_c
from recommender.evaluation.contenders import Configured, Profiles
from recommender.evaluation.ease import Ease
from recommender.evaluation.evaluate import rated_catalogue
from recommender.evaluation.splits import cold_items
from recommender.vocabulary import FloatArray, IndexArray
from tests.recommender.worlds import frame, random_ratings

MOVIES = range(100, 120)
GENRES = pd.DataFrame(
    {"movie_id": MOVIES, "title": "x", "year": 2000, "genres": ["Good" if one % 2 else "Bad" for one in MOVIES]}
)


@dataclass(frozen=True, slots=True)
class Odd:
    """Odd films get 5 stars and stand before the even ones, which get 1."""

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> "Odd":
        return self

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        films = [*MOVIES[1::2], *MOVIES[::2]]
        return np.array([films[:n] for _ in user_ids])

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> FloatArray:
        return np.where(test["movie_id"] % 2 == 1, 5.0, 1.0)


def world() -> pd.DataFrame:
    """Thirty people have seen all films; the odd ones are worth 5 stars, the even ones 1."""
    return frame((user, movie_id, 5.0 if movie_id % 2 else 1.0, 0) for user in range(30) for movie_id in MOVIES)


def test_the_split() -> None:
    ratings = random_ratings(1, users=40, movies=80, ratings=1600)
    split = cold_items(ratings)
    counts = ratings["movie_id"].value_counts()
    enough = sorted(counts.index[counts >= 20])
    expected = np.random.default_rng(11).choice(enough, round(len(enough) / 10), replace=False)
    assert split.movie_ids.tolist() == sorted(expected.tolist())
    hidden = ratings["movie_id"].isin(split.movie_ids)
    assert split.training.tolist() == np.flatnonzero(~hidden).tolist()
    for movie_id, rows in zip(split.movie_ids, split.rows, strict=True):
        assert sorted(rows.tolist()) == np.flatnonzero(ratings["movie_id"] == movie_id).tolist()


def test_errors_by_hand() -> None:
    ratings = world()
    assert cold_items(ratings).movie_ids.tolist() == [102, 119]  # one of each kind
    figures = protocol_c(Odd(), ratings, rated_catalogue(ratings, GENRES))
    assert (figures["films"], figures["ratings"], figures["users"]) == (2, 60, 30)
    assert figures["rmse"] == {"0": 0}
    # The mean is 3, and people like all the same, so nobody has an offset from it; genres say it all.
    assert figures["mean_offset"] == dict.fromkeys(("0", "1", "3", "5"), 2.0)
    assert figures["genres_offset"] == dict.fromkeys(("0", "1", "3", "5"), 0.0)
    # After k ratings 5 parts in 5 + k of the error are left.
    expected = {"0": 2.0, "1": 10 / 6, "3": 10 / 8, "5": 1.0}
    assert figures["given_offset"] == {given: pytest.approx(error) for given, error in expected.items()}
    assert figures["auc"] == {"list": 1, "stars": 1, "votes": 0.5}


def test_who_ranks_alone_and_who_has_stars() -> None:
    ratings = random_ratings(1, users=40, movies=80, ratings=1600)
    catalogue = rated_catalogue(ratings, None)
    ranks = protocol_c(Ease(10.0), ratings, catalogue)
    assert ranks["rmse"] == {"0": None}
    assert ranks["auc"]["stars"] is None
    assert 0 < ranks["auc"]["list"] < 1
    popular = protocol_c(Configured(TrainingConfig.popularity()), ratings, catalogue)
    assert popular["auc"]["list"] == popular["auc"]["stars"] == 0.5  # no film is known, and ties count half
    assert popular["genres_offset"] == popular["mean_offset"]  # where there are no genres


def test_without_films_that_many_have_rated() -> None:
    ratings = random_ratings(2, users=5, movies=20, ratings=60)
    assert protocol_c(Odd(), ratings, rated_catalogue(ratings, None)) == {"films": 0}


def test_means_of_real_ratings(real_dataset: Dataset) -> None:
    if real_dataset.name != "ml-latest-small":
        pytest.skip(f"no figures are known of {real_dataset.name}")
    ratings = real_dataset.load_ratings()
    figures = protocol_c(Bias(), ratings, rated_catalogue(ratings, real_dataset.movies))
    assert (figures["films"], figures["ratings"], figures["users"]) == (130, 6571, 540)
    assert figures["mean_offset"]["0"] == pytest.approx(0.907, abs=6e-4)
    assert figures["genres_offset"]["0"] == pytest.approx(0.894, abs=6e-4)
    assert figures["auc"]["votes"] == pytest.approx(0.744, abs=6e-4)
