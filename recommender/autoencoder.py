"""Training the ranking head: a denoising linear autoencoder, in the singular vectors of the weighted ratings.

Which item-item weights B make x B, for a profile x of k of somebody's ratings, nearest to all they like? With k/n of a
user's n ratings kept at random (dropout, marginalised; Steck 2020, "Autoencoders that don't overfit towards the
identity", sections 2 and 3) the answer is a ridge regression whose ridge is the films' own weight over k. In the
singular vectors of the matrix, scaled by that ridge, it is diagonal for every k at once: one decomposition serves
profiles of all sizes.

What a rating says as a like and what it says as a dislike are two columns of that matrix, so the data say what a
dislike means: somebody who disliked a film has watched its kind all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch

from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.popularity import popularity_ranking
from recommender.ranking import AutoencoderRanking, Dislikes, Weighting
from recommender.sparse import Tick, UserItemMatrix, truncated_svd
from recommender.vocabulary import IndexArray


def train_autoencoder(
    data: Interactions,
    config: RankingConfig,
    seed: int,
    tick: Tick,
    weightings: Sequence[Weighting],
    dimensions: int | None = None,
) -> AutoencoderRanking:
    """Of the ratings weighted as likes by the first of `weightings`, and as dislikes by the second if there is one.

    Popularity where no rating has a weight.
    """
    movies = len(data.movies)
    meanings = [_Entries.of(data, weighting, config) for weighting in weightings]
    if not data.count(len(meanings[0].user_idx)):
        return popularity_ranking(data, config)
    activity, user_weight = user_weights(data, config)

    def movie_sums(entries: _Entries, values: torch.Tensor) -> torch.Tensor:
        return data.tensor(data.movie_sums(entries.movie_idx, values.cpu().numpy()).astype(np.float32))

    ridge = [movie_sums(one, user_weight[one.user_idx] * one.weight.square()) + config.damping for one in meanings]
    scale = (user_weight / activity).sqrt()
    entries = [
        scale[one.user_idx] * one.weight / own.sqrt()[one.movie_idx] for one, own in zip(meanings, ridge, strict=True)
    ]
    matrix = UserItemMatrix.of(
        data,
        np.concatenate([one.user_idx for one in meanings]),
        np.concatenate([one.movie_idx + place * movies for place, one in enumerate(meanings)]),
        movies * len(meanings),
        torch.cat(entries),
    )
    most = config.most_dimensions(movies)
    users, values = truncated_svd(matrix, min(dimensions or most, most), seed, tick)
    (total,) = data.totals(float((user_weight * activity).sum()))
    length = torch.cat(ridge).sqrt()[:, None]
    # A target is a weight by √(user weight · activity): the entry itself by activity and its column's √ridge.
    targets = torch.split(length * matrix.transposed(activity[:, None] * users), movies)
    outputs, popularity = users.new_zeros(movies, len(values)), users.new_zeros(movies)
    for sign, one, target in zip((1.0, -config.dislike_target), meanings, targets, strict=False):
        outputs += sign * target
        popularity += sign * movie_sums(one, user_weight[one.user_idx] * one.weight)
    inputs = matrix.transposed(users) / (values * length)
    inputs_by_meaning = [part.contiguous().cpu().numpy() for part in torch.split(inputs, movies)]
    return AutoencoderRanking(
        offset=(config.popularity * popularity / total).cpu().numpy(),
        inputs=inputs_by_meaning[0],
        outputs=(outputs * values).cpu().numpy(),
        spectrum=values.square().cpu().numpy(),
        weighting=weightings[0],
        dislikes=Dislikes(inputs_by_meaning[1], weightings[1]) if len(weightings) > 1 else None,
    )


@dataclass(frozen=True, slots=True)
class _Entries:
    """The ratings that have a weight."""

    user_idx: IndexArray  # [entries]
    movie_idx: IndexArray  # [entries]
    weight: torch.Tensor  # [entries]

    @classmethod
    def of(cls, data: Interactions, weighting: Weighting, config: RankingConfig) -> Self:
        weights = weighting(data.rating)
        rows = np.flatnonzero(weights >= config.least_weight)
        return cls(data.user_idx[rows], data.movie_idx[rows], data.tensor(weights[rows].astype(np.float32)))


def user_weights(data: Interactions, config: RankingConfig) -> tuple[torch.Tensor, torch.Tensor]:
    """[users] ratings n of each, and the weight of one of them: n^(activity − 1), 1 on average."""
    activity = np.maximum(data.activity, 1).astype(np.float64)
    weight = activity ** (config.activity - 1)
    ratings, total = data.totals(activity.sum(), (weight * activity).sum())
    weight *= ratings / total
    return data.tensor(activity.astype(np.float32)), data.tensor(weight.astype(np.float32))
