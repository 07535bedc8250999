"""The protocols on the real ratings: on ml-latest-small checked against what libraries gave there."""

from dataclasses import dataclass, replace

import pandas as pd
import pytest

from data import Dataset
from recommender import TrainingConfig
from recommender.config import RankingConfig, RatingConfig
from recommender.evaluation.baselines import Bias
from recommender.evaluation.contenders import Configured
from recommender.evaluation.ease import Ease
from recommender.evaluation.evaluate import rated_catalogue
from recommender.evaluation.protocols import PROFILE_SIZES, profiles_of, protocol_k, protocol_n, protocol_r
from recommender.evaluation.splits import new_user_folds
from recommender.vocabulary import RatingHistory

Table = pd.DataFrame
TOLERANCE = 0.0006
SIZES = ("1", "3", "5", "10", "20")


@dataclass(frozen=True, slots=True)
class Figures:
    """What the protocols give on one edition: users, NDCG and recall of known users, NDCG of new ones by size."""

    users: tuple[int, int]
    ease: tuple[float, float]
    ease_new: list[float]
    ease_folds: int
    """Of the six, those that EASE's figures of new users were measured on."""
    popularity: tuple[float, float]
    popularity_new: list[float]
    bias: float
    bias_stars: tuple[float, float]
    stars_below: float
    lists_above: float
    default_above: float
    """Of the default's NDCG of known users, on `fewer`: above the first stage's and above EASE's."""


FIGURES = {
    "ml-latest-small": Figures(
        (591, 500),
        (0.1190, 0.0966),
        [0.369, 0.430, 0.466, 0.486, 0.476],
        6,
        (0.0740, 0.0502),
        [0.400, 0.395, 0.392, 0.377, 0.353],
        0.0289,
        (0.865, 0.664),
        0.80,
        0.47,
        0.125,
    ),
    "sample": Figures(
        (656, 551),
        (0.1189, 0.0996),
        [0.3736, 0.4197, 0.4381, 0.4660, 0.4528],
        2,
        (0.0614, 0.0497),
        [0.371, 0.366, 0.362, 0.352, 0.328],
        0.0320,
        (0.8855, 0.683),
        0.83,
        0.46,
        0.132,
    ),
}


@pytest.fixture(scope="module")
def known(real_dataset: Dataset) -> Figures:
    if real_dataset.name not in FIGURES:
        pytest.skip(f"no figures are known of {real_dataset.name}")
    return FIGURES[real_dataset.name]


@pytest.fixture(scope="module")
def tables(movielens: tuple[Table, Table]) -> tuple[Table, Table]:
    ratings, movies = movielens
    return ratings, rated_catalogue(ratings, movies)


def test_ease_of_known_users(tables: tuple[Table, Table], known: Figures) -> None:
    figures = protocol_k(Ease(100.0), *tables)
    assert figures["users"] == known.users[0]
    assert (figures["ndcg@10"], figures["recall@10"]) == pytest.approx(known.ease, abs=TOLERANCE)
    assert figures["temporal_rmse"] is None


def test_ease_of_new_users(tables: tuple[Table, Table], known: Figures) -> None:
    folds = list(new_user_folds(tables[0]))
    figures = protocol_n(Ease(6400.0), *tables, folds=folds[: known.ease_folds])
    assert figures["users"] == sum(len(fold.users) for fold in folds[: known.ease_folds])
    assert [figures["ndcg@10"][k] for k in SIZES] == pytest.approx(known.ease_new, abs=TOLERANCE)


def test_popularity(tables: tuple[Table, Table], known: Figures) -> None:
    popularity = Configured(TrainingConfig.popularity())
    everybody = protocol_n(popularity, *tables)
    assert everybody["users"] == known.users[1]
    new = everybody["ndcg@10"]
    assert [new[k] for k in SIZES] == pytest.approx(known.popularity_new, abs=TOLERANCE)
    assert new["mean"] == pytest.approx(sum(new[k] for k in SIZES) / 5)
    figures = protocol_k(popularity, *tables)
    assert (figures["ndcg@10"], figures["recall@10"]) == pytest.approx(known.popularity, abs=TOLERANCE)


def test_bias(tables: tuple[Table, Table], known: Figures) -> None:
    figures = protocol_r(Bias(), *tables, seeds=(42, 43, 44, 45, 46))
    assert figures is not None
    assert (figures["rmse"], figures["mae"]) == pytest.approx(known.bias_stars, abs=TOLERANCE)
    assert set(figures["rmse_by_seed"]) == {"42", "43", "44", "45", "46"}
    assert protocol_k(Bias(), *tables)["ndcg@10"] == pytest.approx(known.bias, abs=TOLERANCE)


def test_the_default_predicts_stars(tables: tuple[Table, Table], known: Figures) -> None:
    crude_lists = TrainingConfig(ranking=RankingConfig(rerank=False, dimensions=1))  # whose stars are the default's
    figures = protocol_r(Configured(crude_lists), *tables, seeds=(42,))
    assert figures is not None
    assert figures["rmse"] < known.stars_below


def test_the_default_serves_known_users(fewer: tuple[Table, Table], known: Figures) -> None:
    ratings, movies = fewer
    figures = protocol_k(Configured(with_crude_stars(TrainingConfig())), ratings, rated_catalogue(ratings, movies))
    assert figures["ndcg@10"] > known.default_above
    assert figures["rare_share"] < 0.01


PART_ORDER_COST = 0.002
"""What the order of parts may cost somebody unknown: the most rated part of a series is often not the first."""


def test_the_fast_one_serves_new_users_never_worse_than_popularity(tables: tuple[Table, Table], known: Figures) -> None:
    ours = protocol_n(Configured(with_crude_stars(TrainingConfig.fast())), *tables)["ndcg@10"]
    popular = protocol_n(Configured(TrainingConfig.popularity()), *tables)["ndcg@10"]
    assert ours["mean"] > known.lists_above
    for k in PROFILE_SIZES:
        assert ours[str(k)] >= popular[str(k)] - (0.0 if k else PART_ORDER_COST)


def with_crude_stars(config: TrainingConfig) -> TrainingConfig:
    """Lists in whose order stars speak that cost next to no time; they are served with better ones."""
    return replace(config, validation_share=0.0, rating=RatingConfig(dimensions=1, sweeps=1))


def test_a_profile_is_in_the_order_of_time_where_the_table_has_times() -> None:
    rows = [(2, 30, 4.0, 7), (1, 10, 5.0, 9), (1, 30, 3.0, 5), (1, 20, 1.0, 5)]
    table = pd.DataFrame(rows, columns=["user_id", "movie_id", "rating", "timestamp"])
    timed, untimed = profiles_of(table), profiles_of(table.drop(columns="timestamp"))
    assert [[*profile.items()] for profile in timed.values()] == [[(30, 4.0)], [(30, 3.0), (20, 1.0), (10, 5.0)]]
    assert timed == untimed
    assert isinstance(timed[1], RatingHistory)
    assert not isinstance(untimed[1], RatingHistory)
