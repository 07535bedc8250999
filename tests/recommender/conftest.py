"""The real ratings, and small worlds whose answers are known."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from recommender import Recommender, TrainingConfig, train
from tests.recommender.worlds import checkerboard


@pytest.fixture(scope="session")
def movielens(ml_latest_small: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ratings and movies of ml-latest-small, in the contract's columns."""
    with zipfile.ZipFile(ml_latest_small) as archive:
        ratings = pd.read_csv(archive.open("ml-latest-small/ratings.csv"))
        movies = pd.read_csv(archive.open("ml-latest-small/movies.csv"))
    ratings.columns = pd.Index(["user_id", "movie_id", "rating", "timestamp"])
    movies.columns = pd.Index(["movie_id", "title", "genres"])
    return ratings, movies.assign(year=movies["title"].str.extract(r"\((\d{4})\)\s*$", expand=False))


@pytest.fixture(scope="session")
def board() -> Recommender:
    """The default model of the checkerboard."""
    return train(checkerboard())


@pytest.fixture(scope="session", params=["factors", "notebook", "popularity"])
def any_model(request: pytest.FixtureRequest) -> Recommender:
    """The checkerboard under every kind of configuration."""
    return train(checkerboard(), config=TrainingConfig(kind=request.param))
