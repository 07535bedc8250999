"""The real ratings, and small worlds whose answers are known."""

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
def board() -> Recommender:
    """The default model of the checkerboard."""
    return train(checkerboard())


@pytest.fixture(scope="session", params=["factors", "notebook", "popularity"])
def any_model(request: pytest.FixtureRequest) -> Recommender:
    """The checkerboard under every kind of configuration."""
    return train(checkerboard(), config=TrainingConfig(kind=request.param))
