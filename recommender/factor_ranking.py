"""Training the ranking head: implicit ALS, then the prior of its fold-in from the training users' vectors."""

import numpy as np
import torch
from torch import Tensor

from recommender.als import Batch, length_buckets, solve
from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.popularity import popularity_ranking, popularity_scores
from recommender.progress import OnProgress, Reporter
from recommender.ranking import FactorRanking, Liking
from recommender.vocabulary import FloatArray

INITIAL_SCALE = 0.1
"""Standard deviation of a new embedding, over the square root of the dimensions."""

PER_DIMENSION = 8
"""Users, and films, that a dimension needs: eighty people have no sixty-four tastes."""

LEAST_VARIANCE = 0.01
"""Of the users' vectors in any direction, as a share of the mean: what no two users differ in may still matter."""


def train_factor_ranking(
    data: Interactions, config: RankingConfig, seed: int, on_progress: OnProgress | None
) -> FactorRanking:
    """Minimise Σ w(1 − u·v)² over ratings + unobserved · Σ (u·v)² over all pairs + ridges, in sweeps."""
    liking = Liking.of(config, data.rating_range)
    weight = liking(data.rating)
    rows = np.flatnonzero(weight >= config.least_weight)
    if not len(rows):
        return popularity_ranking(data, config)
    liked = data.subset(rows)
    weights = torch.from_numpy(weight[rows].astype(np.float32))
    d = min(config.dimensions, max(1, min(len(data.users), len(data.movies)) // PER_DIMENSION))
    by_user = length_buckets(liked.user_idx, liked.movie_idx, d)
    by_movie = length_buckets(liked.movie_idx, liked.user_idx, d)
    generator = torch.Generator().manual_seed(seed)
    movies = torch.randn(len(data.movies), d, generator=generator) * INITIAL_SCALE / d**0.5
    reporter = Reporter("ranking", config.sweeps, on_progress)
    for _ in range(config.sweeps):
        users = _half_sweep(by_user, len(data.users), movies, weights, config, reporter)
        movies = _half_sweep(by_movie, len(data.movies), users, weights, config, reporter)
        reporter.epoch(_loss(liked, users, movies, weights, config))
    precision, information = _prior(users[np.unique(liked.user_idx)].numpy(), movies.numpy(), config)
    scale = popularity_scores(data.support)
    return FactorRanking(
        offset=config.popularity * scale / scale.max(),
        features=movies.numpy(),
        precision=precision,
        information=information,
        liking=liking,
    )


def _half_sweep(
    batches: list[Batch],
    rows: int,
    fixed: Tensor,  # [others, d]
    weights: Tensor,  # [entries]
    config: RankingConfig,
    reporter: Reporter,
) -> Tensor:
    """[rows, d] new vectors of one side; a row without a liked entry is zero, the optimum of its ridge."""
    everything = config.unobserved * fixed.T @ fixed
    result = torch.zeros(rows, fixed.shape[1])
    for batch in batches:
        seen = fixed[batch.other_idx]  # [rows, length, d]
        weight = (weights[batch.entry_idx] * batch.mask)[:, None, :]  # [rows, 1, length]
        system = everything + (seen.mT * weight) @ seen
        total = config.unobserved * len(fixed) + batch.mask.sum(dim=1)
        system.diagonal(dim1=1, dim2=2).add_(config.regularization * total[:, None])
        result[batch.row_idx], _ = solve(system, (weight @ seen)[:, 0])
        reporter.tick()
    return result


def _loss(liked: Interactions, users: Tensor, movies: Tensor, weights: Tensor, config: RankingConfig) -> float:
    """The objective without its ridges, per liked rating."""
    score = (users[liked.user_idx] * movies[liked.movie_idx]).sum(dim=1)
    observed = (weights * (1 - score).square()).sum()
    everywhere = config.unobserved * ((users.T @ users) * (movies.T @ movies)).sum()
    return float((observed + everywhere) / len(liked))


def _prior(users: FloatArray, movies: FloatArray, config: RankingConfig) -> tuple[FloatArray, FloatArray]:
    """Precision and information of a fold-in: the unrated films, and the users' own mean and covariance."""
    users = users.astype(np.float64)
    movies = movies.astype(np.float64)
    mean = users.mean(axis=0)
    covariance = (users - mean).T @ (users - mean) / len(users)
    floor = LEAST_VARIANCE * np.trace(covariance) / len(mean) + 1e-9
    pull = config.prior * np.linalg.inv(covariance + floor * np.eye(len(mean)))
    return config.unobserved * movies.T @ movies + pull, pull @ mean
