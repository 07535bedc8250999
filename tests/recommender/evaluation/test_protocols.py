"""The protocols on the real ratings, checked against what libraries gave there."""

from dataclasses import replace

import pandas as pd
import pytest

from recommender import TrainingConfig
from recommender.config import RatingConfig
from recommender.evaluation.baselines import Bias
from recommender.evaluation.contenders import Configured
from recommender.evaluation.ease import Ease
from recommender.evaluation.evaluate import rated_catalogue
from recommender.evaluation.protocols import PROFILE_SIZES, protocol_k, protocol_n, protocol_r

Table = pd.DataFrame
TOLERANCE = 0.0006
SIZES = ("1", "3", "5", "10", "20")


@pytest.fixture(scope="module")
def tables(movielens: tuple[Table, Table]) -> tuple[Table, Table]:
    ratings, movies = movielens
    return ratings, rated_catalogue(ratings, movies)


def test_ease_of_known_users(tables: tuple[Table, Table]) -> None:
    figures = protocol_k(Ease(100.0), *tables)
    assert figures["users"] == 591
    assert figures["ndcg@10"] == pytest.approx(0.1190, abs=TOLERANCE)
    assert figures["recall@10"] == pytest.approx(0.0966, abs=TOLERANCE)
    assert figures["temporal_rmse"] is None


def test_ease_of_new_users(tables: tuple[Table, Table]) -> None:
    figures = protocol_n(Ease(6400.0), *tables)
    assert figures["users"] == 500
    assert [figures["ndcg@10"][k] for k in SIZES] == pytest.approx([0.369, 0.430, 0.466, 0.486, 0.476], abs=TOLERANCE)


def test_popularity(tables: tuple[Table, Table]) -> None:
    popularity = Configured(TrainingConfig.popularity())
    new = protocol_n(popularity, *tables)["ndcg@10"]
    assert [new[k] for k in SIZES] == pytest.approx([0.400, 0.395, 0.392, 0.377, 0.353], abs=TOLERANCE)
    assert new["mean"] == pytest.approx(sum(new[k] for k in SIZES) / 5)
    known = protocol_k(popularity, *tables)
    assert known["ndcg@10"] == pytest.approx(0.0740, abs=TOLERANCE)
    assert known["recall@10"] == pytest.approx(0.0502, abs=TOLERANCE)


def test_bias(tables: tuple[Table, Table]) -> None:
    figures = protocol_r(Bias(), *tables, seeds=(42, 43, 44, 45, 46))
    assert figures is not None
    assert figures["rmse"] == pytest.approx(0.865, abs=TOLERANCE)
    assert figures["mae"] == pytest.approx(0.664, abs=TOLERANCE)
    assert set(figures["rmse_by_seed"]) == {"42", "43", "44", "45", "46"}
    assert protocol_k(Bias(), *tables)["ndcg@10"] == pytest.approx(0.0289, abs=TOLERANCE)


def test_the_default_predicts_stars(tables: tuple[Table, Table]) -> None:
    figures = protocol_r(Configured(TrainingConfig.fast()), *tables, seeds=(42,))  # the same stars
    assert figures is not None
    assert figures["rmse"] < 0.8


def test_the_default_serves_known_users(tables: tuple[Table, Table]) -> None:
    figures = protocol_k(Configured(without_stars(TrainingConfig())), *tables)
    assert figures["ndcg@10"] > 0.125
    assert figures["rare_share"] < 0.01


def test_the_fast_one_serves_new_users_never_worse_than_popularity(tables: tuple[Table, Table]) -> None:
    ours = protocol_n(Configured(without_stars(TrainingConfig.fast())), *tables)["ndcg@10"]
    popular = protocol_n(Configured(TrainingConfig.popularity()), *tables)["ndcg@10"]
    assert ours["mean"] > 0.47
    for k in PROFILE_SIZES:
        assert ours[str(k)] >= popular[str(k)]


def without_stars(config: TrainingConfig) -> TrainingConfig:
    """The lists without the time the stars take."""
    return replace(config, validation_share=0.0, rating=RatingConfig(dimensions=1, sweeps=1))
