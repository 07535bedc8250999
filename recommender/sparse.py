"""A sparse matrix of weighted ratings, as far as the trainings need one: products, and its largest directions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import embedding_bag

from recommender.vocabulary import IndexArray, grouping

EXACT_SIDE = 2048
EXACT_CELLS = 1 << 26
"""Up to this many rows or columns, and cells, the decomposition is exact, by the Gram matrix of the shorter side."""

OVERSAMPLING = 16
"""Directions more than wanted, so that the wanted ones converge soon."""

POWER_ITERATIONS = 4
"""Iterating on ml-latest-small, which is small enough to be exact, six gave K .1185 and N .484, four .1166 and .484."""

COLUMNS = 32
"""Of a dense matrix that are multiplied at once: so many of each row lie in two cache lines, so much of it in cache."""

Tick = Callable[[], None]
"""Called now and then in long work; it may raise to end it."""

LEAST_SHARE = 1e-4
"""Directions shorter than this share of the longest are numerical noise."""


@dataclass(frozen=True, slots=True)
class SparseRows:
    """One orientation of a sparse matrix: per row the others it is connected with."""

    other_idx: Tensor  # [entries] sorted by row
    starts: Tensor  # [rows]
    weight: Tensor  # [entries]

    @classmethod
    def of(cls, row_idx: IndexArray, other_idx: IndexArray, rows: int, weight: Tensor) -> "SparseRows":
        order = grouping(row_idx)
        starts = np.cumsum(np.bincount(row_idx, minlength=rows))
        return cls(
            torch.from_numpy(other_idx.astype(np.int32)[order]),
            torch.from_numpy(np.concatenate([[0], starts[:-1]]).astype(np.int32)),
            weight[torch.from_numpy(order)],
        )

    def __matmul__(self, dense: Tensor) -> Tensor:
        """[rows, d] product with [others, d]."""
        product = torch.empty(len(self.starts), dense.shape[1])
        for begin in range(0, dense.shape[1], COLUMNS):
            part = dense[:, begin : begin + COLUMNS].contiguous()
            product[:, begin : begin + COLUMNS] = embedding_bag(
                self.other_idx, part, self.starts, mode="sum", per_sample_weights=self.weight
            )
        return product


def largest_directions(
    by_row: SparseRows, by_column: SparseRows, dimensions: int, seed: int, tick: Tick
) -> tuple[Tensor, Tensor]:
    """The largest left singular vectors [rows, d] and their singular values [d], largest first.

    Exact where a side is short, else by block power iteration (Halko, Martinsson & Tropp 2011, algorithm 4.4).
    Fewer than `dimensions` where the matrix has not so many.
    """
    rows, columns = len(by_row.starts), len(by_column.starts)
    if min(rows, columns) <= EXACT_SIDE and rows * columns <= EXACT_CELLS:
        left, value = _exact(by_row, by_column, rows, columns)
    else:
        left, value = _iterated(by_row, by_column, min(dimensions + OVERSAMPLING, rows, columns), seed, tick)
    kept = min(dimensions, int((value > LEAST_SHARE * value.max()).sum()))
    return left[:, :kept].contiguous(), value[:kept].contiguous()


def _exact(by_row: SparseRows, by_column: SparseRows, rows: int, columns: int) -> tuple[Tensor, Tensor]:
    if rows <= columns:
        gram = by_row @ (by_column @ torch.eye(rows))
        squares, vectors = torch.linalg.eigh(gram.double())
        return vectors.flip(1).float(), squares.flip(0).clamp(min=0).sqrt().float()
    gram = by_column @ (by_row @ torch.eye(columns))
    squares, vectors = torch.linalg.eigh(gram.double())
    value = squares.flip(0).clamp(min=0).sqrt().float()
    return (by_row @ vectors.flip(1).float().contiguous()) / value.clamp(min=1e-12), value


def _iterated(by_row: SparseRows, by_column: SparseRows, width: int, seed: int, tick: Tick) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    basis = torch.randn(len(by_column.starts), width, generator=generator)
    for _ in range(POWER_ITERATIONS):
        tick()
        image = by_row @ basis
        tick()
        basis = torch.linalg.qr(by_column @ image).Q
    image = by_row @ basis
    squares, rotation = torch.linalg.eigh((image.T @ image).double())
    value = squares.flip(0).clamp(min=0).sqrt().float()
    return (image @ rotation.flip(1).float()) / value.clamp(min=1e-12), value
