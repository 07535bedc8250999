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
import numpy.typing as npt
import torch

from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.popularity import popularity_ranking
from recommender.ranking import AutoencoderRanking, Dislikes, Weighting
from recommender.sparse import Tick, UserItemMatrix, truncated_svd


def train_autoencoder(
    data: Interactions,
    config: RankingConfig,
    seed: int,
    tick: Tick,
    weightings: Sequence[Weighting],
    dimensions: int | None = None,
    near: AutoencoderRanking | None = None,
) -> AutoencoderRanking:
    """Of the ratings weighted as likes by the first of `weightings`, and as dislikes by the second if there is one.

    Sooner from one that is `near`: of the same weightings and nearly the same ratings. Popularity where no rating has a
    weight.
    """
    movies = len(data.movies)
    entries = _Entries.of(data, weightings, config.least_weight)
    if not data.count(int((entries.column_idx < movies).sum())):
        return popularity_ranking(data, config)
    activity, user_weight = user_weights(data, config)
    weighed = user_weight[entries.user_idx] * entries.weight
    popularity = entries.column_sums(data, weighed)
    length = (entries.column_sums(data, weighed * entries.weight) + config.damping).sqrt()
    scaled = (user_weight / activity).sqrt()[entries.user_idx] * entries.weight / length[entries.column_idx]
    matrix = UserItemMatrix.of(data, entries.user_idx, entries.column_idx, entries.columns, scaled)
    del entries, weighed, scaled  # of many ratings they are as large as the matrix
    most = config.most_dimensions(movies)
    d = min(dimensions or most, most)
    users, values = truncated_svd(matrix, d, seed, tick, _singular_vectors(near, length, d))
    (total,) = data.totals(float((user_weight * activity).sum()))
    # A target is a weight by √(user weight · activity): the entry itself by activity and its column's length.
    targets = length[:, None] * matrix.transposed(activity[:, None] * users)
    inputs = matrix.transposed(users) / (values * length[:, None])
    likes, dislikes = slice(0, movies), slice(movies, None)
    outputs, offset = targets[likes] * values, popularity[likes]
    if len(weightings) > 1:
        outputs -= config.dislike_target * targets[dislikes] * values
        offset -= config.dislike_target * popularity[dislikes]
    return AutoencoderRanking(
        offset=(config.popularity * offset / total).cpu().numpy(),
        inputs=inputs[likes].cpu().numpy(),
        outputs=outputs.cpu().numpy(),
        spectrum=values.square().cpu().numpy(),
        weighting=weightings[0],
        dislikes=Dislikes(inputs[dislikes].cpu().numpy(), weightings[1]) if len(weightings) > 1 else None,
    )


def _singular_vectors(near: AutoencoderRanking | None, length: torch.Tensor, dimensions: int) -> torch.Tensor | None:
    """[columns, at most `dimensions`] those that its inputs were made of; None of one that knows other columns."""
    if near is None:
        return None
    inputs = near.inputs if near.dislikes is None else np.concatenate([near.inputs, near.dislikes.inputs])
    if len(inputs) != len(length):
        return None
    return torch.from_numpy(inputs[:, :dimensions]).to(length.device) * length[:, None]


@dataclass(frozen=True, slots=True)
class _Entries:
    """The ratings that have a weight, in a column for each film and meaning."""

    user_idx: npt.NDArray[np.int32]  # [entries]
    column_idx: npt.NDArray[np.int32]  # [entries] a film as a like, or behind all films as a dislike
    weight: torch.Tensor  # [entries]
    columns: int

    @classmethod
    def of(cls, data: Interactions, weightings: Sequence[Weighting], least_weight: float) -> Self:
        parts = []
        for place, weighting in enumerate(weightings):
            weights = weighting(data.rating).astype(np.float32, copy=False)
            rows = np.flatnonzero(weights >= least_weight)
            user_idx, movie_idx = (some[rows].astype(np.int32) for some in (data.user_idx, data.movie_idx))
            parts.append((user_idx, movie_idx + np.int32(place * len(data.movies)), weights[rows]))
        user_idx, column_idx, weight = map(np.concatenate, zip(*parts, strict=True))
        return cls(user_idx, column_idx, data.tensor(weight), len(data.movies) * len(weightings))

    def column_sums(self, data: Interactions, values: torch.Tensor) -> torch.Tensor:
        """[columns] of values [entries], over the whole table."""
        sums = np.bincount(self.column_idx, weights=values.cpu().numpy(), minlength=self.columns)
        data.reduce(sums)
        return data.tensor(sums.astype(np.float32))


def user_weights(data: Interactions, config: RankingConfig) -> tuple[torch.Tensor, torch.Tensor]:
    """[users] ratings n of each, and the weight of one of them: n^(activity − 1), 1 on average."""
    activity = np.maximum(data.activity, 1).astype(np.float64)
    weight = activity ** (config.activity - 1)
    ratings, total = data.totals(activity.sum(), (weight * activity).sum())
    weight *= ratings / total
    return data.tensor(activity.astype(np.float32)), data.tensor(weight.astype(np.float32))
