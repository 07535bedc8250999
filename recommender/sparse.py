"""A sparse matrix of weighted ratings, as far as the trainings need one: products, and its largest directions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import embedding_bag

from recommender.processes import Processes
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
            torch.from_numpy(other_idx.astype(np.int32)[order]).to(weight.device),
            torch.from_numpy(np.concatenate([[0], starts[:-1]]).astype(np.int32)).to(weight.device),
            weight[torch.from_numpy(order)],
        )

    def __matmul__(self, dense: Tensor) -> Tensor:
        """[rows, d] product with [others, d]."""
        product = dense.new_empty(len(self.starts), dense.shape[1])
        for begin in range(0, dense.shape[1], COLUMNS):
            part = dense[:, begin : begin + COLUMNS].contiguous()
            product[:, begin : begin + COLUMNS] = embedding_bag(
                self.other_idx, part, self.starts, mode="sum", per_sample_weights=self.weight
            )
        return product


def largest_directions(
    by_user: SparseRows, by_film: SparseRows, dimensions: int, seed: int, tick: Tick, processes: Processes
) -> tuple[Tensor, Tensor]:
    """The largest left singular vectors [own users, d] and their singular values [d], largest first.

    The users are this process's own. Exact where a side is short, else by block power iteration (Halko, Martinsson &
    Tropp 2011, algorithm 4.4). Fewer than `dimensions` where the matrix has not so many.
    """
    users, films = processes.count(len(by_user.starts)), len(by_film.starts)
    if min(users, films) > EXACT_SIDE or users * films > EXACT_CELLS:
        left, value = _iterated(by_user, by_film, min(dimensions + OVERSAMPLING, users, films), seed, tick, processes)
    elif users <= films:
        left, value = _exact_by_users(by_user, films, processes)
    else:
        left, value = _exact_by_films(by_user, by_film, processes)
    kept = min(dimensions, int((value > LEAST_SHARE * value.max()).sum()))
    return left[:, :kept].contiguous(), value[:kept].contiguous()


def _exact_by_users(by_user: SparseRows, films: int, processes: Processes) -> tuple[Tensor, Tensor]:
    """So few users that every process decomposes everybody's matrix, and takes its own users' rows."""
    lengths = torch.diff(by_user.starts, append=by_user.starts.new_tensor([len(by_user.weight)])).cpu().numpy()
    own = processes.place(len(lengths))
    everybodys = processes.joined(lengths)
    user_idx = np.repeat(np.arange(len(everybodys)), everybodys)
    film_idx = processes.joined(by_user.other_idx.cpu().numpy())
    weight = processes.tensor(processes.joined(by_user.weight.cpu().numpy()))
    whole_by_user = SparseRows.of(user_idx, film_idx, len(everybodys), weight)
    whole_by_film = SparseRows.of(film_idx, user_idx, films, weight)
    gram = whole_by_user @ (whole_by_film @ torch.eye(len(everybodys), device=weight.device))
    value, vectors = _spectrum(gram, processes)
    return vectors[own], value


def _exact_by_films(by_user: SparseRows, by_film: SparseRows, processes: Processes) -> tuple[Tensor, Tensor]:
    gram = by_film @ (by_user @ torch.eye(len(by_film.starts), device=by_user.weight.device))
    processes.sum(gram)
    value, vectors = _spectrum(gram, processes)
    return (by_user @ vectors) / value.clamp(min=1e-12), value


def _iterated(
    by_user: SparseRows, by_film: SparseRows, width: int, seed: int, tick: Tick, processes: Processes
) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    basis = torch.randn(len(by_film.starts), width, generator=generator).to(by_user.weight.device)
    for _ in range(POWER_ITERATIONS):
        tick()
        image = by_user @ basis
        tick()
        moved = by_film @ image
        processes.sum(moved)
        basis = torch.linalg.qr(moved).Q
    image = by_user @ basis
    gram = image.T @ image
    processes.sum(gram)
    value, rotation = _spectrum(gram, processes)
    return (image @ rotation) / value.clamp(min=1e-12), value


def _spectrum(gram: Tensor, processes: Processes) -> tuple[Tensor, Tensor]:
    """Singular values [n], largest first, and the vectors [n, n] that belong to them, of a matrix by its Gram matrix.

    The signs of the vectors are the first process's: another machine's library may choose others.
    """
    squares, vectors = torch.linalg.eigh(gram.double())
    value = squares.flip(0).clamp(min=0).sqrt().float()
    return processes.agreed(value), processes.agreed(vectors.flip(1).float().contiguous())
