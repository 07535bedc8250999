"""Weighted ratings as a sparse matrix, as far as the trainings need one: products, and its truncated SVD."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import embedding_bag

from recommender.interactions import Interactions
from recommender.vocabulary import Indices, stable_argsort

EXACT_SIDE = 2048
EXACT_CELLS = 1 << 26
"""Up to this many rows or columns, and cells, the decomposition is exact, by the Gram matrix of the shorter side."""

OVERSAMPLING = 16
"""Dimensions more than wanted, so that the wanted ones converge soon."""

POWER_ITERATIONS = 4
"""Iterating on ml-latest-small, which is small enough to be exact, six gave K .1185 and N .484, four .1166 and .484."""

ITERATIONS_FROM_NEAR = 1
"""From the vectors of nearly the same matrix: of 10 million generated ratings these then hold .980 of what the best 384
dimensions would; four iterations from random ones .955, six .981."""

COLUMNS = 32
"""Of a dense matrix that are multiplied at once: so many of each row lie in two cache lines, so much of it in cache."""

Tick = Callable[[], None]
"""Called now and then in long work; it may raise to end it."""

LEAST_SHARE = 1e-4
"""Singular values below this share of the largest are numerical noise."""


@dataclass(frozen=True, slots=True)
class SparseRows:
    """A sparse matrix by rows (CSR)."""

    column_idx: Tensor  # [entries] sorted by row
    starts: Tensor  # [rows]
    weight: Tensor  # [entries]

    @classmethod
    def of(cls, row_idx: Indices, column_idx: Indices, rows: int, weight: Tensor) -> "SparseRows":
        order = stable_argsort(row_idx)
        ends = np.cumsum(np.bincount(row_idx, minlength=rows))
        return cls(
            torch.from_numpy(column_idx.astype(np.int32, copy=False)[order]).to(weight.device),
            torch.from_numpy(np.concatenate([[0], ends[:-1]]).astype(np.int32)).to(weight.device),
            weight[torch.from_numpy(order)],
        )

    def __matmul__(self, dense: Tensor) -> Tensor:
        """[rows, d] product with [columns, d]."""
        product = dense.new_empty(len(self.starts), dense.shape[1])
        for begin in range(0, dense.shape[1], COLUMNS):
            part = dense[:, begin : begin + COLUMNS].contiguous()
            product[:, begin : begin + COLUMNS] = embedding_bag(
                self.column_idx, part, self.starts, mode="sum", per_sample_weights=self.weight
            )
        return product


@dataclass(frozen=True, slots=True)
class UserItemMatrix:
    """[users, columns] both ways round, a column for each film or for each meaning that a rating of it may have.

    The users are those of `data`; its transpose sums over the whole table's.
    """

    data: Interactions
    by_user: SparseRows
    by_column: SparseRows

    @classmethod
    def of(
        cls, data: Interactions, user_idx: Indices, column_idx: Indices, columns: int, weight: Tensor
    ) -> "UserItemMatrix":
        by_user = SparseRows.of(user_idx, column_idx, len(data.users), weight)
        return cls(data, by_user, SparseRows.of(column_idx, user_idx, columns, weight))

    @property
    def columns(self) -> int:
        return len(self.by_column.starts)

    def __matmul__(self, of_columns: Tensor) -> Tensor:
        """[users, d] product with [columns, d]."""
        return self.by_user @ of_columns

    def transposed(self, of_users: Tensor) -> Tensor:
        """[columns, d] product of the transpose with [users, d]."""
        product = self.by_column @ of_users
        self.data.reduce(product)
        return product


def truncated_svd(
    matrix: UserItemMatrix, dimensions: int, seed: int, tick: Tick, near: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """The largest left singular vectors [users, d] and their singular values [d], largest first.

    Exact where a side is short, else by block power iteration (Halko, Martinsson & Tropp 2011, algorithm 4.4), which
    soon ends from `near` [columns, at most `dimensions`], right singular vectors of nearly the same matrix. Fewer than
    `dimensions` where the matrix has a lower rank.
    """
    users, columns = matrix.data.users_count, matrix.columns
    if min(users, columns) > EXACT_SIDE or users * columns > EXACT_CELLS:
        left, value = _randomized_svd(matrix, min(dimensions + OVERSAMPLING, users, columns), seed, tick, near)
    elif users <= columns:
        left, value = _svd_by_users(matrix)
    else:
        left, value = _svd_by_columns(matrix)
    kept = min(dimensions, int((value > LEAST_SHARE * value.max()).sum()))
    return left[:, :kept].contiguous(), value[:kept].contiguous()


def _svd_by_users(matrix: UserItemMatrix) -> tuple[Tensor, Tensor]:
    """So few users that the whole table's matrix is decomposed, whatever part of it this is."""
    data, own = matrix.data, matrix.by_user
    lengths = torch.diff(own.starts, append=own.starts.new_tensor([len(own.weight)])).cpu().numpy()
    activity = data.gather(lengths)
    user_idx = np.repeat(np.arange(len(activity)), activity)
    column_idx = data.gather(own.column_idx.cpu().numpy())
    weight = data.tensor(data.gather(own.weight.cpu().numpy()))
    by_user = SparseRows.of(user_idx, column_idx, len(activity), weight)
    by_column = SparseRows.of(column_idx, user_idx, matrix.columns, weight)
    value, vectors = _spectrum(by_user @ (by_column @ torch.eye(len(activity), device=weight.device)), data)
    return vectors[data.own_users], value


def _svd_by_columns(matrix: UserItemMatrix) -> tuple[Tensor, Tensor]:
    identity = torch.eye(matrix.columns, device=matrix.by_user.weight.device)
    value, vectors = _spectrum(matrix.transposed(matrix @ identity), matrix.data)
    return (matrix @ vectors) / value.clamp(min=1e-12), value


def _randomized_svd(
    matrix: UserItemMatrix, width: int, seed: int, tick: Tick, near: Tensor | None
) -> tuple[Tensor, Tensor]:
    data = matrix.data
    generator = torch.Generator().manual_seed(seed)
    basis = torch.randn(matrix.columns, width, generator=generator).to(matrix.by_user.weight.device)
    if near is not None:
        basis[:, : near.shape[1]] = near
        basis = torch.linalg.qr(basis).Q
    for _ in range(POWER_ITERATIONS if near is None else ITERATIONS_FROM_NEAR):
        tick()
        image = matrix @ basis
        tick()
        basis = torch.linalg.qr(matrix.transposed(image)).Q
    image = matrix @ basis
    gram = image.T @ image
    data.reduce(gram)
    value, rotation = _spectrum(gram, data)
    return (image @ rotation) / value.clamp(min=1e-12), value


def _spectrum(gram: Tensor, data: Interactions) -> tuple[Tensor, Tensor]:
    """Singular values [n] of a matrix by its Gram matrix, largest first, and the vectors [n, n] that belong to them."""
    squares, vectors = torch.linalg.eigh(gram.double())
    value = squares.flip(0).clamp(min=0).sqrt().float()
    return data.agreed(value), data.agreed(vectors.flip(1).float().contiguous())
