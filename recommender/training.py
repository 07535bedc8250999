"""`train`: from two frames to a recommender."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from recommender.config import TrainingConfig
from recommender.errors import NonFiniteLossError, NoStarsError, NotSharedError
from recommender.heads import Heads, Trained
from recommender.interactions import Interactions
from recommender.model import Recommender
from recommender.network import TrainedUsers
from recommender.popularity import damped_bias, popularity_ranking
from recommender.processes import ALONE, Processes
from recommender.progress import Epoch, OnProgress, Reporter
from recommender.ratings_table import CONTRACT, Columns, Tables, read_tables
from recommender.vocabulary import Vocabulary

DEFAULT_CONFIG = TrainingConfig()


def train(
    ratings: pd.DataFrame,
    movies: pd.DataFrame | None = None,
    *,
    config: TrainingConfig = DEFAULT_CONFIG,
    columns: Columns = CONTRACT,
    on_progress: OnProgress | None = None,
    processes: Processes = ALONE,
    measured: Recommender | None = None,
) -> Recommender:
    """Train on DataFrame[user_id, movie_id, rating, timestamp]; `movies` may name films nobody has rated yet.

    Ids may be of any hashable type, and `columns` says what the columns are called. Without stars to learn from, that
    is no `rating` or one value of it, the model is one of implicit feedback (see `TrainingConfig.implicit`).

    Of several processes each gives the ratings of its own users, all the same `movies`, and gets the same model; they
    take the contract's columns and whole numbers as ids.

    What a model `measured` on a part of these ratings, of the same configuration, has learned of how to re-rank is
    taken over from it: it would hardly differ, and it is what was measured.
    Raises InvalidDataError, NotEnoughDataError, NonFiniteLossError, and TrainingCancelled when `on_progress` returns
    False.
    """
    if processes.size > 1 and config.kind == "notebook":
        raise NotSharedError(config.kind)
    # What only one of several processes finds wrong would leave the others waiting for it.
    tables = read_tables(ratings, movies, columns) if processes.size == 1 else Tables(ratings, movies)
    data = _interactions(tables, config.seed, processes)
    movies, users, items, has_stars = tables.movies, tables.users, tables.items, tables.has_stars
    del tables  # of many ratings, a gigabyte that nothing reads any more
    low, high = data.rating_range
    if config.implicit or not has_stars or (low == high and config.kind == "factors"):
        config = config.as_implicit()
        data = replace(data, rating=np.ones_like(data.rating))
    return assembled(data, config, *_heads(data, movies, config, on_progress, measured), users, items)


def _interactions(tables: Tables, seed: int, processes: Processes) -> Interactions:
    data = Interactions.from_frame(tables.ratings, tables.movies, processes)
    no_numbers = data.gather(data.rating[~np.isfinite(data.rating)])
    if len(no_numbers):
        raise NonFiniteLossError("reading", 0, float(no_numbers[0]))
    if not tables.has_times:  # a table by id would teach that people go through films by id
        data = replace(data, timestamp=np.random.default_rng(seed).permutation(len(data)))
    return data


def assembled(
    data: Interactions,
    config: TrainingConfig,
    heads: Heads,
    history: Sequence[Epoch] = (),
    trained_users: TrainedUsers | None = None,
    users: Vocabulary | None = None,
    items: Vocabulary | None = None,
) -> Recommender:
    """A recommender of heads that were trained on these ratings; `users` and `items` where ids are no numbers."""
    if trained_users is not None and users is not None:
        trained_users = replace(trained_users, users=users)
    return Recommender(
        config=config,
        movies=data.movies if items is None else items,
        support=data.support,
        heads=heads,
        rating_range=data.rating_range,
        counts={"users": data.users_count, "movies": len(data.movies), "ratings": data.ratings_count},
        history=tuple(history),
        trained_users=trained_users,
    )


def _heads(
    data: Interactions,
    movies: pd.DataFrame | None,
    config: TrainingConfig,
    on_progress: OnProgress | None,
    measured: Recommender | None,
) -> Trained:
    if config.implicit and config.kind == "notebook":
        raise NoStarsError
    if config.kind != "popularity":
        from recommender.heads_training import train_heads  # with torch, which whoever only serves does not load

        return train_heads(data, movies, config, on_progress, measured.reranker if measured else None)
    reporter = Reporter("popularity", 1, on_progress)
    rating = damped_bias(data)
    reporter.epoch(rating.noise)
    return Heads(popularity_ranking(data, config.ranking), rating), reporter.history, None
