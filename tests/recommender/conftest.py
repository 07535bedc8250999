"""The real ratings, and small worlds whose answers are known."""

import numpy as np
import pandas as pd
import pytest

from data import Dataset
from recommender import Recommender, TrainingConfig, train
from tests.recommender.worlds import checkerboard


@pytest.fixture(scope="session")
def movielens(real_dataset: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ratings and movies, in the contract's columns."""
    return real_dataset.load_ratings(), real_dataset.movies


@pytest.fixture(scope="session")
def fewer(movielens: tuple[pd.DataFrame, pd.DataFrame], real_dataset: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of the sample what every other user has rated, for the longest trainings; of a named archive everything."""
    ratings, movies = movielens
    if real_dataset.name == "sample":
        ratings = ratings[ratings["user_id"].isin(np.unique(ratings["user_id"])[::2])]
    return ratings, movies


@pytest.fixture(scope="session")
def board() -> Recommender:
    """The default model of the checkerboard."""
    return train(checkerboard())


@pytest.fixture(scope="session", params=["factors", "notebook", "popularity"])
def any_model(request: pytest.FixtureRequest) -> Recommender:
    """The checkerboard under every kind of configuration."""
    return train(checkerboard(), config=TrainingConfig(kind=request.param))
