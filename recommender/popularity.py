"""The model without a training: the most rated films, and damped means as stars."""

import numpy as np

from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.ranking import AutoencoderRanking, PreferenceWeighting
from recommender.rating import LinearRating
from recommender.vocabulary import FloatArray, IndexArray

DAMPING = 5.0
"""Ratings of the mean that every film and every user is given beside their own (as LensKit's Bias does)."""

BIAS_SWEEPS = 10
"""Films and users take turns; after ten the biases have settled."""


def popularity_scores(support: IndexArray | FloatArray) -> FloatArray:
    """[movies] logarithm of the number of ratings: the order of popularity, on the scale of scores."""
    return np.log1p(support).astype(np.float32)


def popularity_ranking(data: Interactions, config: RankingConfig) -> AutoencoderRanking:
    """A ranking head without dimensions: no profile changes its scores."""
    nothing = np.zeros((len(data.movies), 0), dtype=np.float32)
    return AutoencoderRanking(
        offset=popularity_scores(data.support),
        inputs=nothing,
        outputs=nothing,
        spectrum=np.zeros(0, dtype=np.float32),
        weighting=PreferenceWeighting.of(config, data.rating_range),
    )


def damped_bias(data: Interactions) -> LinearRating:
    """stars = mean + item bias + user bias, both damped; the user's is the fold-in's one weight."""
    rating = data.rating.astype(np.float64)
    support, activity = data.support, data.activity
    mean = data.per_rating(rating.sum())
    user_bias: FloatArray = np.zeros(len(data.users))
    for _ in range(BIAS_SWEEPS):
        item_bias = damped_movie_means(data, rating - mean - user_bias[data.user_idx])
        residual = rating - mean - item_bias[data.movie_idx]
        user_bias = np.bincount(data.user_idx, residual, len(data.users)) / (activity + DAMPING)
    noise = data.per_rating(np.square(residual - user_bias[data.user_idx]).sum()) or 1.0
    return LinearRating(
        offset=(mean + item_bias).astype(np.float32),
        features=np.ones((len(data.movies), 1), dtype=np.float32),
        covariance=(noise / (support + DAMPING)).astype(np.float32)[:, None, None],
        prior_mean=np.zeros(1),
        prior_precision=np.array([[DAMPING / noise]]),
        noise=noise,
        limits=data.rating_range,
    )


def damped_movie_means(data: Interactions, values: FloatArray) -> FloatArray:
    """[movies] sum of the film's `values` [ratings] over its number of ratings plus DAMPING."""
    return np.asarray(data.movie_sums(data.movie_idx, values) / (data.support + DAMPING))
