"""Sequential outputs of an autoencoder: what is rated after a profile, not with it.

An autoencoder learns from pairs of ratings of one user, whichever came first. A member's list is about what comes
next, so here each rating is a target of the earlier ones alone:

    sequential_i = Σ_u v_u · x_ui · Σ_{j rated by u in an earlier part of their history} x_uj · inputs_j

(dislikes, where the autoencoder has them, are summed with their own weights and inputs).
With all j instead of the earlier ones this is the autoencoder's own `outputs`.
"""

from collections.abc import Iterator

import numpy as np
import torch

from recommender.autoencoder import user_weights
from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.ranking import AutoencoderRanking
from recommender.sparse import COLUMNS, SparseRows, Tick
from recommender.vocabulary import FloatArray, IndexArray

PARTS = 16
"""Every history is cut into so many parts of equal length; what is rated within one counts as rated at once."""

TOGETHER = 1 << 21
"""Ratings whose users' parts are in memory together, about."""


def history_positions(data: Interactions, order: IndexArray) -> FloatArray:
    """[ratings] where each stands in its user's history: 0 the first, just below 1 the last.

    `order` is `data.chronological()`.
    """
    position: FloatArray = np.empty(len(order), dtype=np.float32)
    position[order] = _positions(data.activity)
    return position


def sequential_outputs(
    data: Interactions,
    order: IndexArray,
    head: AutoencoderRanking,
    config: RankingConfig,
    dimensions: int,
    tick: Tick,
) -> FloatArray:
    """[movies, d] for a head's first `dimensions`; `order` is `data.chronological()`."""
    d = min(dimensions, len(head.spectrum))
    _, user_weight = user_weights(data, config)
    every, movies = data.activity, len(data.movies)
    meanings = [(head.weighting, data.tensor(head.inputs))]
    if head.dislikes is not None:
        meanings.append((head.dislikes.weighting, data.tensor(head.dislikes.inputs)))
    outputs = user_weight.new_zeros(movies, d)
    for users, rows in _some_users(every, order):
        tick()
        activity, rating, movie_idx = every[users], data.rating[rows], data.movie_idx[rows]
        user_idx = np.repeat(np.arange(len(activity)), activity)
        part = user_idx * PARTS + (_positions(activity) * PARTS).astype(np.int64)
        weights = [data.tensor(weighting(rating).astype(np.float32)) for weighting, _ in meanings]
        told = [SparseRows.of(part, movie_idx, len(activity) * PARTS, weight) for weight in weights]
        targets = SparseRows.of(movie_idx, part, movies, user_weight[users][user_idx] * weights[0])
        for begin in range(0, d, COLUMNS):
            block = slice(begin, min(begin + COLUMNS, d))
            of_part, *others = (some @ inputs[:, block] for some, (_, inputs) in zip(told, meanings, strict=True))
            for of_others in others:
                of_part += of_others
            outputs[:, block] += targets @ _sums_before(of_part)
    data.reduce(outputs)
    return outputs.cpu().numpy()


def _positions(activity: IndexArray) -> FloatArray:
    """[ratings] from 0 to just below 1 within each of some histories, one after the other."""
    starts = np.cumsum(activity) - activity
    place = np.arange(activity.sum()) - np.repeat(starts, activity)
    return np.asarray((place / np.repeat(activity, activity)).astype(np.float32))


def _some_users(activity: IndexArray, order: IndexArray) -> Iterator[tuple[slice, IndexArray]]:
    """Users in turn, as many as have about TOGETHER ratings, and these in order."""
    ends = np.cumsum(activity)
    first = done = 0
    while first < len(activity):
        last = max(int(np.searchsorted(ends, done + TOGETHER, side="right")), first + 1)
        yield slice(first, last), order[done : ends[last - 1]]
        first, done = last, int(ends[last - 1])


def _sums_before(of_part: torch.Tensor) -> torch.Tensor:
    """[users · PARTS, d] sums over the user's earlier parts."""
    of_part = of_part.view(-1, PARTS, of_part.shape[1])
    before = torch.zeros_like(of_part)
    for part in range(1, PARTS):
        torch.add(before[:, part - 1], of_part[:, part - 1], out=before[:, part])
    return before.view(-1, of_part.shape[2])
