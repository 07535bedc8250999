"""The model without a training: the most rated films, and damped means as stars."""

import numpy as np

from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.processes import ALONE, Processes
from recommender.ranking import AutoencoderRanking, Liking
from recommender.rating import LinearStars
from recommender.vocabulary import FloatArray, IndexArray

DAMPING = 5.0
"""Ratings of the mean that every film and every user is given beside their own (as LensKit's Bias does)."""

BIAS_SWEEPS = 10
"""Films and users take turns; after ten the biases have settled."""


def popularity_scores(support: IndexArray) -> FloatArray:
    """[movies] logarithm of the number of ratings: the order of popularity, on the scale of scores."""
    return np.log1p(support).astype(np.float32)


def popularity_ranking(data: Interactions, config: RankingConfig) -> AutoencoderRanking:
    """A ranking head without directions: no profile says anything to it."""
    nothing = np.zeros((len(data.movies), 0), dtype=np.float32)
    return AutoencoderRanking(
        offset=popularity_scores(data.support),
        inputs=nothing,
        outputs=nothing,
        spectrum=np.zeros(0, dtype=np.float32),
        weighting=Liking.of(config, data.rating_range),
    )


def damped_bias(data: Interactions) -> LinearStars:
    """stars = mean + film's bias + user's bias, both damped; the user's is the fold-in's one weight."""
    rating = data.rating.astype(np.float64)
    total, ratings = data.processes.totals(rating.sum(), len(data))
    mean = total / ratings
    user_bias: FloatArray = np.zeros(len(data.users))
    for _ in range(BIAS_SWEEPS):
        of_movies = rating - mean - user_bias[data.user_idx]
        movie_bias = damped_mean(of_movies, data.movie_idx, len(data.movies), data.processes)
        residual = rating - mean - movie_bias[data.movie_idx]
        user_bias = damped_mean(residual, data.user_idx, len(data.users))
    (squares,) = data.processes.totals(np.square(residual - user_bias[data.user_idx]).sum())
    noise = squares / ratings or 1.0
    return LinearStars(
        offset=(mean + movie_bias).astype(np.float32),
        features=np.ones((len(data.movies), 1), dtype=np.float32),
        covariance=(noise / (data.support + DAMPING)).astype(np.float32)[:, None, None],
        prior_mean=np.zeros(1),
        prior_precision=np.array([[DAMPING / noise]]),
        noise=noise,
        limits=data.rating_range,
    )


def damped_mean(values: FloatArray, group: IndexArray, groups: int, processes: Processes = ALONE) -> FloatArray:
    """[groups] sum of the group's values over its size plus DAMPING; a group may be spread over processes."""
    sums = np.stack([np.bincount(group, values, groups), np.bincount(group, minlength=groups)]).astype(np.float64)
    processes.sum(sums)
    return np.asarray(sums[0] / (sums[1] + DAMPING))
