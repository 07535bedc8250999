"""Training the ranking head: a denoising linear autoencoder, in the singular vectors of the weighted ratings.

Which item-item weights B make x B, for a profile x of k of somebody's ratings, nearest to all they like? With k/n of a
user's n ratings kept at random (dropout, marginalised; Steck 2020, "Autoencoders that don't overfit towards the
identity", sections 2 and 3) the answer is a ridge regression whose ridge is the films' own weight over k. In the
singular vectors of the matrix, scaled by that ridge, it is diagonal for every k at once: one decomposition serves
profiles of all sizes.
"""

import numpy as np
import torch

from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.popularity import popularity_ranking
from recommender.ranking import AutoencoderRanking, PreferenceWeighting, Weighting
from recommender.sparse import SparseRows, Tick, UserItemMatrix, truncated_svd


def train_autoencoder(
    data: Interactions,
    config: RankingConfig,
    seed: int,
    tick: Tick,
    weighting: Weighting | None = None,
    dimensions: int | None = None,
) -> AutoencoderRanking:
    """Of the ratings weighted by preference, if by nothing else; where no rating has a weight, popularity."""
    weighting = weighting or PreferenceWeighting.of(config, data.rating_range)
    weights = weighting(data.rating)
    rows = np.flatnonzero(weights >= config.least_weight)
    if not data.count(len(rows)):
        return popularity_ranking(data, config)
    user_idx, movie_idx = data.user_idx[rows], data.movie_idx[rows]
    weight = data.tensor(weights[rows].astype(np.float32))  # [entries]
    activity, user_weight = user_weights(data, config)

    def movie_sums(values: torch.Tensor) -> torch.Tensor:
        return data.tensor(data.movie_sums(movie_idx, values.cpu().numpy()).astype(np.float32))

    ridge = movie_sums(user_weight[user_idx] * weight.square()) + config.damping
    entry = (user_weight / activity).sqrt()[user_idx] * weight / ridge.sqrt()[movie_idx]
    matrix = UserItemMatrix.of(data, user_idx, movie_idx, entry)
    most = config.most_dimensions(len(data.movies))
    users, values = truncated_svd(matrix, min(dimensions or most, most), seed, tick)
    target = (user_weight * activity).sqrt()[user_idx] * weight
    outputs = SparseRows.of(movie_idx, user_idx, len(data.movies), target) @ users
    popularity = movie_sums(user_weight[user_idx] * weight)
    (total,) = data.totals(float((user_weight * activity).sum()))
    inputs = matrix.transposed(users)
    data.reduce(outputs)
    return AutoencoderRanking(
        offset=(config.popularity * popularity / total).cpu().numpy(),
        inputs=(inputs / (values * ridge.sqrt()[:, None])).cpu().numpy(),
        outputs=(outputs * values).cpu().numpy(),
        spectrum=values.square().cpu().numpy(),
        weighting=weighting,
    )


def user_weights(data: Interactions, config: RankingConfig) -> tuple[torch.Tensor, torch.Tensor]:
    """[users] ratings n of each, and the weight of one of them: n^(activity − 1), 1 on average."""
    activity = np.maximum(data.activity, 1).astype(np.float64)
    weight = activity ** (config.activity - 1)
    ratings, total = data.totals(activity.sum(), (weight * activity).sum())
    weight *= ratings / total
    return data.tensor(activity.astype(np.float32)), data.tensor(weight.astype(np.float32))
