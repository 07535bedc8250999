"""Alternating least squares in batches: many small ridge regressions of unequal length, solved together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from recommender.vocabulary import IndexArray, grouping

MAX_CELLS = 1 << 21
"""Most numbers a batch may gather (padded entries × dimensions): 8 MB, about what a core's cache holds."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of similar length, padded to the longest: what each row saw, and where in the entries.

    Where padded, `other_idx` is the number of others and `entry_idx` the number of entries: tables that are gathered
    from have a row of zeros there.
    """

    row_idx: Tensor  # [rows]
    other_idx: Tensor  # [rows, length] int32
    entry_idx: Tensor  # [rows, length] int32
    lengths: Tensor  # [rows] float, entries


def length_buckets(row_idx: IndexArray, other_idx: IndexArray, others: int, dimensions: int) -> list[Batch]:
    """Group the entries (row, other) by row, similar lengths together; rows without entries are left out."""
    order = grouping(row_idx)
    counts = np.bincount(row_idx)
    ends = np.cumsum(counts)
    rows = np.flatnonzero(counts)
    rows = rows[np.argsort(counts[rows], kind="stable")]
    batches = []
    for begin, end in _ranges(counts[rows], dimensions):
        chosen = rows[begin:end]
        lengths = counts[chosen, None]
        place = np.arange(lengths.max())
        inside = place < lengths
        entry = order[np.where(inside, ends[chosen, None] - lengths + place, 0)]
        batches.append(
            Batch(
                row_idx=torch.from_numpy(chosen),
                other_idx=torch.from_numpy(np.where(inside, other_idx[entry], others).astype(np.int32)),
                entry_idx=torch.from_numpy(np.where(inside, entry, len(order)).astype(np.int32)),
                lengths=torch.from_numpy(lengths[:, 0].astype(np.float32)),
            )
        )
    return batches


def _ranges(lengths: IndexArray, dimensions: int) -> Iterator[tuple[int, int]]:
    """Begin and end of each batch in rows of rising length."""
    begin = 0
    while begin < len(lengths):
        shortest = int(lengths[begin])
        # Rows at most a quarter longer than the shortest share a batch, so little of it is padding.
        end = int(np.searchsorted(lengths, max(shortest * 5 // 4, shortest + 1), side="right"))
        longest = int(lengths[end - 1])
        end = min(end, begin + max(1, MAX_CELLS // (longest * dimensions + dimensions * dimensions)))
        yield begin, end
        begin = end


def solve(system: Tensor, right: Tensor) -> tuple[Tensor, Tensor]:
    """Solutions [rows, d] of positive definite systems [rows, d, d], and the lower Cholesky factors.

    A system that is not positive definite leaves NaN behind, which the check of the loss reports.
    """
    factor, failed = torch.linalg.cholesky_ex(system)
    solution = torch.cholesky_solve(right[..., None], factor)[..., 0]
    if failed.any():
        solution[failed != 0] = torch.nan
        factor[failed != 0] = torch.nan
    return solution, factor
