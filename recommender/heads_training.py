"""The trainings that compute with torch: both heads and the re-ranker, or the notebook's network."""

import pandas as pd

from recommender.autoencoder import train_autoencoder
from recommender.bilinear_rating import BilinearRating
from recommender.bilinear_training import train_bilinear
from recommender.cold_films import with_cold_films
from recommender.config import TrainingConfig
from recommender.heads import Heads, Trained
from recommender.interactions import Interactions
from recommender.item_features import item_features
from recommender.item_statistics import ItemMetadata
from recommender.metadata import Metadata
from recommender.network import RankingByRating
from recommender.network_training import train_network
from recommender.popularity import damped_bias
from recommender.progress import Epoch, OnProgress, Reporter
from recommender.ranking import AutoencoderRanking, weightings_of
from recommender.rating import RatingHead
from recommender.reranker import Reranker
from recommender.reranker_training import refitted, train_reranker


def train_ranking(
    data: Interactions,
    movies: pd.DataFrame | None,
    config: TrainingConfig,
    on_progress: OnProgress | None = None,
    measured: Reranker | None = None,
) -> tuple[AutoencoderRanking, Reranker | None]:
    """The ranking head, and the re-ranker where the configuration and the data allow one, or as it was measured."""
    if config.ranking.rerank:
        metadata = ItemMetadata.of(movies, data.movies)
        if measured is not None:
            reranker: Reranker | None = refitted(measured, data, metadata, config, on_progress)
        else:
            reranker = train_reranker(data, metadata, config, on_progress)
        if reranker is not None:
            return reranker.features.explicit, reranker
    reporter = Reporter("ranking", 1, on_progress)
    weightings = weightings_of(config, data.rating_range)
    ranking = train_autoencoder(data, config.ranking, config.seed, reporter.tick, weightings)
    reporter.done()
    return ranking, None


def train_rating(
    data: Interactions, movies: pd.DataFrame | None, config: TrainingConfig, on_progress: OnProgress | None = None
) -> tuple[BilinearRating, list[Epoch]]:
    """The rating head, and the epochs of its validated training."""
    features = item_features(movies, data.movies)
    share = config.validation_share
    return train_bilinear(data, features, config.rating, config.seed, share, on_progress)


def train_heads(
    data: Interactions,
    movies: pd.DataFrame | None,
    config: TrainingConfig,
    on_progress: OnProgress | None,
    measured: Reranker | None = None,
) -> Trained:
    """Those of the configuration's kind, with the epochs of their training."""
    if config.kind == "notebook":
        share = config.validation_share
        network, users, history = train_network(data, config.network, config.seed, share, on_progress)
        return Heads(RankingByRating(network), network), history, users
    rating: RatingHead
    if config.implicit:  # everything is rated alike, which takes no training
        rating, history = damped_bias(data), []
    else:
        rating, history = train_rating(data, movies, config, on_progress)
    ranking, reranker = train_ranking(data, movies, config, on_progress, measured)
    heads = Heads(ranking, rating, reranker, Metadata.of(movies, data.movies))
    return with_cold_films(heads, data, movies), history, None
