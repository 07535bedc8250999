"""The trainings that compute with torch: both heads and the re-ranker, or the notebook's network."""

from collections.abc import Callable

import pandas as pd

from recommender.autoencoder import train_autoencoder
from recommender.config import TrainingConfig
from recommender.crossed_rating import train_crossed_rating
from recommender.crossed_stars import CrossedStars
from recommender.film_facts import Described
from recommender.film_features import film_features
from recommender.heads import Heads, Trained
from recommender.interactions import Interactions
from recommender.network import StarOrder
from recommender.network_training import train_network
from recommender.progress import Epoch, OnProgress, Reporter
from recommender.ranking import AutoencoderRanking
from recommender.reranker import Reranker
from recommender.reranker_training import train_reranker


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


def _train_notebook(
    data: Interactions, movies: pd.DataFrame | None, config: TrainingConfig, on_progress: OnProgress | None
) -> Trained:
    share = config.validation_share
    stars, users, history = train_network(data, config.network, config.seed, share, on_progress)
    return Heads(StarOrder(stars), stars), history, users


_Trainer = Callable[[Interactions, pd.DataFrame | None, TrainingConfig, OnProgress | None], Trained]

TRAINERS: dict[str, _Trainer] = {"factors": _train_factors, "notebook": _train_notebook}
"""By the kind of model."""
