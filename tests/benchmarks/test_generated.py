"""The generated data is what its description says, and what the readers accept."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.generated import generated, write_csv
from benchmarks.titles import GENRES
from data import load_dataset
from recommender import TrainingConfig, train

USERS, MOVIES, RATINGS = 300, 600, 12000


@pytest.fixture(scope="module")
def world() -> tuple[pd.DataFrame, pd.DataFrame]:
    return generated(USERS, MOVIES, RATINGS, seed=1)


def test_it_has_as_many_rows_as_asked(world: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    ratings, movies = world
    assert len(ratings) == RATINGS
    assert len(movies) == MOVIES
    assert ratings["user_id"].nunique() == USERS
    assert not ratings.duplicated(["user_id", "movie_id"]).any()
    assert set(ratings["movie_id"]) <= set(movies["movie_id"])
    assert set(np.unique(2 * ratings["rating"])) <= set(range(1, 11))
    assert set("|".join(movies["genres"]).split("|")) <= {*GENRES, "(no genres listed)"}


def test_a_seed_makes_the_same_data_again(world: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    again = generated(USERS, MOVIES, RATINGS, seed=1)
    pd.testing.assert_frame_equal(again[0], world[0])
    pd.testing.assert_frame_equal(again[1], world[1])
    assert not generated(USERS, MOVIES, RATINGS, seed=2)[0].equals(world[0])


def test_popularity_and_activity_are_uneven(world: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    ratings, _ = world
    support = np.sort(ratings["movie_id"].value_counts().to_numpy())[::-1]
    assert support[: MOVIES // 10].sum() > 2 * support[-MOVIES // 2 :].sum()
    activity = ratings["user_id"].value_counts()
    assert activity.min() >= 20
    assert activity.max() <= MOVIES // 3
    assert activity.mean() > 1.1 * activity.median()


def test_there_is_something_to_learn(world: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """Held-out stars are predicted clearly better than by their mean."""
    ratings, movies = world
    history = train(ratings, movies, config=TrainingConfig.fast()).history
    losses = [epoch.val_loss for epoch in history if epoch.val_loss is not None]
    assert min(losses) < 0.85 * ratings["rating"].var()


def test_too_many_ratings_are_refused() -> None:
    with pytest.raises(ValueError, match="10 users"):
        generated(10, 9, 31)


def test_the_csv_layout_is_read_back(world: tuple[pd.DataFrame, pd.DataFrame], tmp_path: Path) -> None:
    ratings, movies = world
    folder = write_csv(tmp_path / "made", ratings, movies)
    loaded = load_dataset(str(folder), tmp_path / "cache")
    assert loaded.id_space == "movielens"
    assert loaded.movies["year"].tolist() == movies["year"].tolist()
    pd.testing.assert_frame_equal(loaded.load_ratings(), ratings, check_dtype=False)
