"""`train`: from two frames to a recommender."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from recommender.autoencoder import train_autoencoder
from recommender.config import TrainingConfig
from recommender.crossed_rating import train_crossed_rating
from recommender.crossed_stars import CrossedStars
from recommender.errors import NonFiniteLossError, NotSharedError
from recommender.film_facts import Described
from recommender.film_features import film_features
from recommender.heads import Heads
from recommender.interactions import Interactions
from recommender.model import Recommender
from recommender.network import StarOrder, TrainedUsers
from recommender.network_training import train_network
from recommender.popularity import damped_bias, popularity_ranking
from recommender.processes import ALONE, Processes
from recommender.progress import Epoch, OnProgress, Reporter
from recommender.ranking import AutoencoderRanking
from recommender.reranker import Reranker
from recommender.reranker_training import train_reranker

DEFAULT_CONFIG = TrainingConfig()

Trained = tuple[Heads, list[Epoch], TrainedUsers | None]


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
    no_numbers = processes.joined(data.rating[~np.isfinite(data.rating)])
    if len(no_numbers):
        raise NonFiniteLossError("reading", 0, float(no_numbers[0]))
    return assembled(data, config, *_TRAINERS[config.kind](data, movies, config, on_progress))


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


def train_lists(
    data: Interactions, movies: pd.DataFrame | None, config: TrainingConfig, on_progress: OnProgress | None = None
) -> tuple[AutoencoderRanking, Reranker | None]:
    """The ranking head, and the re-ranker where the configuration and the data allow one."""
    reporter = Reporter("ranking", 1, on_progress)
    ranking = train_autoencoder(data, config.ranking, config.seed, reporter.tick)
    reporter.done()
    if not config.ranking.rerank or not len(ranking.spectrum):
        return ranking, None
    facts = Described.of(movies, data.movies)
    reranker = train_reranker(data, facts, ranking, config.ranking, config.min_support, config.seed, on_progress)
    return ranking, reranker


def train_stars(
    data: Interactions, movies: pd.DataFrame | None, config: TrainingConfig, on_progress: OnProgress | None = None
) -> tuple[CrossedStars, list[Epoch]]:
    """The rating head, and the epochs of its validated training."""
    described = film_features(movies, data.movies)
    share = config.validation_share
    return train_crossed_rating(data, described, config.rating, config.seed, share, on_progress)


def _train_factors(
    data: Interactions, movies: pd.DataFrame | None, config: TrainingConfig, on_progress: OnProgress | None
) -> Trained:
    stars, history = train_stars(data, movies, config, on_progress)
    ranking, reranker = train_lists(data, movies, config, on_progress)
    return Heads(ranking, stars, reranker), history, None


def _train_popularity(
    data: Interactions, movies: pd.DataFrame | None, config: TrainingConfig, on_progress: OnProgress | None
) -> Trained:
    reporter = Reporter("popularity", 1, on_progress)
    stars = damped_bias(data)
    reporter.epoch(stars.noise)
    return Heads(popularity_ranking(data, config.ranking), stars), reporter.history, None


def _train_notebook(
    data: Interactions, movies: pd.DataFrame | None, config: TrainingConfig, on_progress: OnProgress | None
) -> Trained:
    share = config.validation_share
    stars, users, history = train_network(data, config.network, config.seed, share, on_progress)
    return Heads(StarOrder(stars), stars), history, users


_Trainer = Callable[[Interactions, pd.DataFrame | None, TrainingConfig, OnProgress | None], Trained]

_TRAINERS: dict[str, _Trainer] = {
    "factors": _train_factors,
    "notebook": _train_notebook,
    "popularity": _train_popularity,
}
