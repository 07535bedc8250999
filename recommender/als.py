"""Alternating least squares in batches: many small ridge regressions of unequal length, solved together."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from recommender.vocabulary import IndexArray

MAX_CELLS = 1 << 22
"""Most numbers a batch may gather (padded entries × dimensions); it bounds the memory of a sweep."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of similar length, padded to the longest: what each row saw, and where in the entries."""

    row_idx: Tensor  # [rows]
    other_idx: Tensor  # [rows, length], 0 where padded
    entry_idx: Tensor  # [rows, length], 0 where padded
    mask: Tensor  # [rows, length] float, 0 where padded


def length_buckets(row_idx: IndexArray, other_idx: IndexArray, dimensions: int) -> list[Batch]:
    """Group the entries (row, other) by row, similar lengths together; rows without entries are left out."""
    order = np.argsort(row_idx, kind="stable")
    rows, starts, lengths = np.unique(row_idx[order], return_index=True, return_counts=True)
    by_length = np.argsort(lengths, kind="stable")
    batches: list[Batch] = []
    begin = 0
    while begin < len(by_length):
        shortest = int(lengths[by_length[begin]])
        # Rows at most a quarter longer than the shortest share a batch, so little of it is padding.
        end = int(np.searchsorted(lengths[by_length], max(shortest * 5 // 4, shortest + 1), side="right"))
        longest = int(lengths[by_length[end - 1]])
        end = min(end, begin + max(1, MAX_CELLS // (longest * dimensions + dimensions * dimensions)))
        chosen = by_length[begin:end]
        length = int(lengths[chosen[-1]])
        place = starts[chosen, None] + np.arange(length)
        mask = np.arange(length) < lengths[chosen, None]
        entry = np.where(mask, order[np.where(mask, place, 0)], 0)
        batches.append(
            Batch(
                row_idx=torch.from_numpy(rows[chosen]),
                other_idx=torch.from_numpy(np.where(mask, other_idx[entry], 0)),
                entry_idx=torch.from_numpy(entry),
                mask=torch.from_numpy(mask.astype(np.float32)),
            )
        )
        begin = end
    return batches


def solve(system: Tensor, right: Tensor) -> tuple[Tensor, Tensor]:
    """Solutions [rows, d] of positive definite systems [rows, d, d], and the lower Cholesky factors.

    A system that is not positive definite leaves NaN behind, which the check of the loss reports.
    """
    factor, failed = torch.linalg.cholesky_ex(system)
    solution = torch.cholesky_solve(right[..., None], factor)[..., 0]
    solution[failed != 0] = torch.nan
    factor[failed != 0] = torch.nan
    return solution, factor
