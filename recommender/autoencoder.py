"""Training the ranking head: a denoising linear autoencoder in the directions that users and films share.

Which weights B make x B, for a profile x of k ratings somebody happened to tell, nearest to all they like? With
k/n of a user's n ratings kept at random (dropout, marginalised; Steck 2020, "Autoencoders that don't overfit towards
the identity", sections 2 and 3) the answer is a ridge regression whose ridge is the films' own weight over k. In the
singular directions of the matrix, scaled by that ridge, it is diagonal for every k at once: one decomposition serves
profiles of all sizes.
"""

import numpy as np
import torch

from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.popularity import popularity_ranking
from recommender.ranking import AutoencoderRanking, Liking, Weighting
from recommender.sparse import SparseRows, Tick, largest_directions
from recommender.vocabulary import IndexArray


def train_autoencoder(
    data: Interactions,
    config: RankingConfig,
    seed: int,
    tick: Tick,
    weighting: Weighting | None = None,
    dimensions: int | None = None,
) -> AutoencoderRanking:
    """Decompose the ratings, weighted by liking unless told otherwise; if none counts, what remains is popularity."""
    weighting = weighting or Liking.of(config, data.rating_range)
    counts = weighting(data.rating)
    rows = np.flatnonzero(counts >= config.least_weight)
    processes = data.processes
    if not processes.count(len(rows)):
        return popularity_ranking(data, config)
    user_idx, movie_idx = data.user_idx[rows], data.movie_idx[rows]
    weight = processes.tensor(counts[rows].astype(np.float32))  # [entries]
    activity, of_rating = user_weights(data, config)
    ridge = _of_films(data, movie_idx, of_rating[user_idx] * weight.square()) + config.damping
    entry = (of_rating / activity).sqrt()[user_idx] * weight / ridge.sqrt()[movie_idx]
    by_user = SparseRows.of(user_idx, movie_idx, len(data.users), entry)
    by_movie = SparseRows.of(movie_idx, user_idx, len(data.movies), entry)
    most = config.directions(len(data.movies))
    users, values = largest_directions(by_user, by_movie, min(dimensions or most, most), seed, tick, processes)
    targets = SparseRows.of(movie_idx, user_idx, len(data.movies), (of_rating * activity).sqrt()[user_idx] * weight)
    told = _of_films(data, movie_idx, of_rating[user_idx] * weight)
    (everything,) = processes.totals(float((of_rating * activity).sum()))
    inputs, outputs = by_movie @ users, targets @ users
    processes.sum(inputs)
    processes.sum(outputs)
    return AutoencoderRanking(
        offset=(config.popularity * told / everything).cpu().numpy(),
        inputs=(inputs / (values * ridge.sqrt()[:, None])).cpu().numpy(),
        outputs=(outputs * values).cpu().numpy(),
        spectrum=values.square().cpu().numpy(),
        weighting=weighting,
    )


def user_weights(data: Interactions, config: RankingConfig) -> tuple[torch.Tensor, torch.Tensor]:
    """[users] ratings n of each, and what one of them weighs: n^(activity − 1), 1 on average."""
    activity = np.maximum(data.activity, 1).astype(np.float64)
    weight = activity ** (config.activity - 1)
    ratings, weights = data.processes.totals(activity.sum(), (weight * activity).sum())
    weight *= ratings / weights
    return data.processes.tensor(activity.astype(np.float32)), data.processes.tensor(weight.astype(np.float32))


def _of_films(data: Interactions, movie_idx: IndexArray, values: torch.Tensor) -> torch.Tensor:
    """[movies] sums of `values` [entries] over everybody's."""
    sums = np.bincount(movie_idx, weights=values.cpu().numpy(), minlength=len(data.movies))
    data.processes.sum(sums)
    return data.processes.tensor(sums.astype(np.float32))
