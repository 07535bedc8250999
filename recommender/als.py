"""Alternating least squares in batches: many small ridge regressions of unequal length, solved together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from recommender.vocabulary import IndexArray, stable_argsort

MAX_CELLS = 1 << 21
"""Most numbers a batch may gather (padded entries × dimensions): 8 MB, about what a core's cache holds."""

WHOLE_SIDE = 24
"""Systems up to this size are factorised at once."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of similar length, padded to the longest.

    Where padded, `column_idx` is the number of columns and `entry_idx` the number of entries: tables that are gathered
    from have a row of zeros there.
    """

    row_idx: Tensor  # [rows]
    column_idx: Tensor  # [rows, length] int32
    entry_idx: Tensor  # [rows, length] int32
    lengths: Tensor  # [rows] float, entries of the whole table


def length_buckets(
    row_idx: IndexArray,
    column_idx: IndexArray,
    columns: int,
    dimensions: int,
    row_lengths: IndexArray,
    device: torch.device | str,
) -> list[Batch]:
    """Group the entries (row, column) by row, similar lengths together; rows without entries are left out.

    `row_lengths` [rows] are those in the whole table, of which these may be a part: all parts then get batches of the
    same rows.
    """
    order = stable_argsort(row_idx)
    counts = np.bincount(row_idx, minlength=len(row_lengths))
    ends = np.cumsum(counts)
    rows = np.flatnonzero(row_lengths)
    rows = rows[np.argsort(row_lengths[rows], kind="stable")]
    batches = []
    for begin, end in _ranges(row_lengths[rows], dimensions):
        chosen = rows[begin:end]
        lengths = counts[chosen, None]
        place = np.arange(max(lengths.max(), 1))
        inside = place < lengths
        entry = np.full(inside.shape, len(order), dtype=np.int32)
        entry[inside] = order[(ends[chosen, None] - lengths + place)[inside]]
        column = np.full(inside.shape, columns, dtype=np.int32)
        column[inside] = column_idx[entry[inside]]
        arrays = (chosen, column, entry, row_lengths[chosen].astype(np.float32))
        batches.append(Batch(*(torch.from_numpy(array).to(device) for array in arrays)))
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


def inverse_cholesky(system: Tensor) -> Tensor:
    """The inverses [rows, d, d] of the lower Cholesky factors of positive definite systems [rows, d, d].

    With W one of them, the system's inverse is WᵀW, and that of its last v rows and columns the same of W's last v.
    By halves, as far as a product of matrices is faster than a factorisation (Golub & Van Loan 2013, "Matrix
    computations", section 4.2). A system that is not positive definite leaves NaN behind, which the check of the loss
    reports.
    """
    d = system.shape[1]
    if d <= WHOLE_SIDE:
        factor, failed = torch.linalg.cholesky_ex(system)
        if failed.any():
            factor[failed != 0] = torch.nan
        identity = torch.eye(d, dtype=system.dtype, device=system.device)
        inverse: Tensor = torch.linalg.solve_triangular(factor, identity.expand_as(system), upper=False)
        return inverse
    first, last = slice(0, d // 2), slice(d // 2, d)
    inverse = torch.zeros_like(system)
    inverse[:, first, first] = inverse_cholesky(system[:, first, first])
    below = system[:, last, first] @ inverse[:, first, first].mT
    inverse[:, last, last] = inverse_cholesky(system[:, last, last] - below @ below.mT)
    inverse[:, last, first] = -(inverse[:, last, last] @ (below @ inverse[:, first, first]))
    return inverse
