"""Alternating least squares in batches: many small ridge regressions of unequal length, solved together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from recommender.processes import CPU
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
    lengths: Tensor  # [rows] float, entries; of all processes


def length_buckets(
    row_idx: IndexArray,
    other_idx: IndexArray,
    others: int,
    dimensions: int,
    everybodys: IndexArray | None = None,
    device: torch.device | str = CPU,
) -> list[Batch]:
    """Group the entries (row, other) by row, similar lengths together; rows without entries are left out.

    `everybodys` [rows] are the lengths where the entries of a row are spread over several processes: all of these
    then get batches of the same rows.
    """
    order = grouping(row_idx)
    counts = np.bincount(row_idx, minlength=0 if everybodys is None else len(everybodys))
    whole = counts if everybodys is None else everybodys
    ends = np.cumsum(counts)
    rows = np.flatnonzero(whole)
    rows = rows[np.argsort(whole[rows], kind="stable")]
    batches = []
    for begin, end in _ranges(whole[rows], dimensions):
        chosen = rows[begin:end]
        lengths = counts[chosen, None]
        place = np.arange(max(lengths.max(), 1))
        inside = place < lengths
        entry = np.full(inside.shape, len(order), dtype=np.int32)
        entry[inside] = order[(ends[chosen, None] - lengths + place)[inside]]
        other = np.full(inside.shape, others, dtype=np.int32)
        other[inside] = other_idx[entry[inside]]
        batches.append(
            Batch(
                row_idx=torch.from_numpy(chosen).to(device),
                other_idx=torch.from_numpy(other).to(device),
                entry_idx=torch.from_numpy(entry).to(device),
                lengths=torch.from_numpy(whole[chosen].astype(np.float32)).to(device),
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
