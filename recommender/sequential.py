"""Sequential outputs of an autoencoder: what is rated after a profile, not with it.

An autoencoder learns from pairs of ratings of one user, whichever came first. A member's list is about what comes
next, so here each rating is a target of the earlier ones alone:

    sequential_i = Σ_u v_u · x_ui · Σ_{j rated by u in an earlier part of their history} x_uj · inputs_j

(dislikes, where the autoencoder has them, are summed with their own weights and inputs).
With all j instead of the earlier ones this is the autoencoder's own `outputs`.
"""

import numpy as np
import torch

from recommender.autoencoder import user_weights
from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.ranking import AutoencoderRanking
from recommender.sparse import COLUMNS, SparseRows, Tick
from recommender.vocabulary import FloatArray

PARTS = 16
"""Every history is cut into so many parts of equal length; what is rated within one counts as rated at once."""


def history_positions(data: Interactions) -> FloatArray:
    """[ratings] where each stands in its user's history: 0 the first, just below 1 the last."""
    order = data.chronological()
    activity = data.activity
    starts = np.cumsum(activity) - activity
    user_idx = data.user_idx[order]
    position: FloatArray = np.empty(len(order), dtype=np.float32)
    position[order] = (np.arange(len(order)) - starts[user_idx]) / activity[user_idx]
    return position


def sequential_outputs(
    data: Interactions,
    position: FloatArray,
    head: AutoencoderRanking,
    config: RankingConfig,
    dimensions: int,
    tick: Tick,
) -> FloatArray:
    """[movies, d] for a head's first `dimensions`; `position` is `history_positions`."""
    d = min(dimensions, len(head.spectrum))
    weight = data.tensor(head.weighting(data.rating).astype(np.float32))
    _, user_weight = user_weights(data, config)
    users, movies = len(data.users), len(data.movies)
    part = data.user_idx * PARTS + np.minimum((position * PARTS).astype(np.int64), PARTS - 1)
    meanings = [(SparseRows.of(part, data.movie_idx, users * PARTS, weight), data.tensor(head.inputs))]
    if head.dislikes is not None:
        disliked = head.dislikes.weighting(data.rating).astype(np.float32)
        rows = np.flatnonzero(disliked)
        own = SparseRows.of(part[rows], data.movie_idx[rows], users * PARTS, data.tensor(disliked[rows]))
        meanings.append((own, data.tensor(head.dislikes.inputs)))
    targets = SparseRows.of(data.movie_idx, part, movies, user_weight[data.user_idx] * weight)
    outputs = weight.new_empty(movies, d)
    for begin in range(0, d, COLUMNS):
        tick()
        block = slice(begin, min(begin + COLUMNS, d))
        of_part, *of_others = (profiles @ inputs[:, block] for profiles, inputs in meanings)
        for one in of_others:
            of_part += one
        outputs[:, block] = targets @ _sums_before(of_part)
    data.reduce(outputs)
    return outputs.cpu().numpy()


def _sums_before(of_part: torch.Tensor) -> torch.Tensor:
    """[users · PARTS, d] sums over the user's earlier parts."""
    of_part = of_part.view(-1, PARTS, of_part.shape[1])
    before = torch.zeros_like(of_part)
    for part in range(1, PARTS):
        torch.add(before[:, part - 1], of_part[:, part - 1], out=before[:, part])
    return before.view(-1, of_part.shape[2])
