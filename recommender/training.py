"""`train`: from two frames to a recommender."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recommender.config import TrainingConfig
from recommender.errors import NonFiniteLossError, NotSharedError
from recommender.heads import Heads, Trained
from recommender.interactions import Interactions
from recommender.model import Recommender
from recommender.network import TrainedUsers
from recommender.popularity import damped_bias, popularity_ranking
from recommender.processes import ALONE, Processes
from recommender.progress import Epoch, OnProgress, Reporter

DEFAULT_CONFIG = TrainingConfig()


def train(
    ratings: pd.DataFrame,
    movies: pd.DataFrame | None = None,
    *,
    config: TrainingConfig = DEFAULT_CONFIG,
    on_progress: OnProgress | None = None,
    processes: Processes = ALONE,
) -> Recommender:
    """Train on DataFrame[user_id, movie_id, rating, timestamp]; `movies` may name films nobody has rated yet.

    Of several processes each gives the ratings of its own users, all the same `movies`, and gets the same model.
    Raises NotEnoughDataError, NonFiniteLossError, and TrainingCancelled when `on_progress` returns False.
    """
    if processes.size > 1 and config.kind == "notebook":
        raise NotSharedError(config.kind)
    data = Interactions.from_frame(ratings, movies, processes)
    no_numbers = data.gather(data.rating[~np.isfinite(data.rating)])
    if len(no_numbers):
        raise NonFiniteLossError("reading", 0, float(no_numbers[0]))
    return assembled(data, config, *_heads(data, movies, config, on_progress))


def assembled(
    data: Interactions,
    config: TrainingConfig,
    heads: Heads,
    history: Sequence[Epoch] = (),
    trained_users: TrainedUsers | None = None,
) -> Recommender:
    """A recommender of heads that were trained on these ratings."""
    return Recommender(
        config=config,
        movies=data.movies,
        support=data.support,
        heads=heads,
        rating_range=data.rating_range,
        counts={"users": data.users_count, "movies": len(data.movies), "ratings": data.ratings_count},
        history=tuple(history),
        trained_users=trained_users,
    )


def _heads(
    data: Interactions, movies: pd.DataFrame | None, config: TrainingConfig, on_progress: OnProgress | None
) -> Trained:
    if config.kind != "popularity":
        from recommender.heads_training import train_heads  # with torch, which whoever only serves does not load

        return train_heads(data, movies, config, on_progress)
    reporter = Reporter("popularity", 1, on_progress)
    rating = damped_bias(data)
    reporter.epoch(rating.noise)
    return Heads(popularity_ranking(data, config.ranking), rating), reporter.history, None
