"""EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data"), the reference that checks the protocols."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch

from recommender.evaluation.liked import FittedScorer, Liked
from recommender.sparse import SparseRows
from recommender.vocabulary import FloatArray, IndexArray

GRAM_COLUMNS = 512
"""Columns of XᵀX that are computed at a time; [users, these] is held beside it."""


@dataclass(frozen=True, slots=True)
class Ease:
    """Item-item weights B = I − P / diag(P), P = (XᵀX + λI)⁻¹; a list is x B for the films outside the profile.

    `penalty` is λ: about 100 for known users, far more where profiles are small.
    """

    penalty: float
    dual: bool | None = None
    """Which of the two forms; None: the smaller one."""

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        liked = Liked.of(ratings, catalogue)
        dual = len(liked.users) < len(liked.movies) if self.dual is None else self.dual
        scorer = DualEase.of(liked, self.penalty) if dual else PrimalEase.of(liked, self.penalty)
        return FittedScorer(liked.movies, liked.popularity, scorer)


@dataclass(frozen=True, slots=True)
class DualEase:
    """Where users are fewer than films: P = (I − Xᵀ K X) / λ, K = (XXᵀ + λI)⁻¹; B is never written out."""

    likers: FloatArray  # Xᵀ [movies, users]
    smoothed: FloatArray  # K X [users, movies]
    diagonal: FloatArray  # λ · diag(P) [movies]

    @classmethod
    def of(cls, liked: Liked, penalty: float) -> "DualEase":
        matrix = liked.dense()
        smoothed = np.linalg.solve(matrix @ matrix.T + penalty * np.eye(len(matrix)), matrix)
        return cls(np.ascontiguousarray(matrix.T), smoothed, 1 - (matrix * smoothed).sum(axis=0))

    def __call__(self, user_id: int, liked_idx: IndexArray) -> FloatArray:
        return np.asarray(self.likers[liked_idx].sum(axis=0) @ self.smoothed / self.diagonal)


@dataclass(frozen=True, slots=True)
class PrimalEase:
    """Where films are fewer than users: B itself, in single precision."""

    weights: FloatArray  # B [movies, movies]

    @classmethod
    def of(cls, liked: Liked, penalty: float) -> "PrimalEase":
        gram = _gram(liked)
        gram.diagonal().add_(penalty)
        weights = torch.cholesky_inverse(torch.linalg.cholesky(gram))
        weights /= -weights.diagonal().clone()
        weights.fill_diagonal_(0)
        return cls(weights.numpy())

    def __call__(self, user_id: int, liked_idx: IndexArray) -> FloatArray:
        return np.asarray(self.weights[liked_idx].sum(axis=0))


def _gram(liked: Liked) -> torch.Tensor:
    """XᵀX [movies, movies] float32, by blocks of columns."""
    users, movies = len(liked.users), len(liked.movies)
    by_movie = SparseRows.of(liked.movie_idx, liked.user_idx, movies, torch.ones(len(liked.user_idx)))
    order = np.argsort(liked.movie_idx, kind="stable")
    movie_idx, user_idx = liked.movie_idx[order], liked.user_idx[order]
    gram = torch.empty(movies, movies)
    for begin in range(0, movies, GRAM_COLUMNS):
        end = min(begin + GRAM_COLUMNS, movies)
        entries = slice(*np.searchsorted(movie_idx, (begin, end)))
        block = torch.zeros(users, end - begin)
        block[torch.from_numpy(user_idx[entries]), torch.from_numpy(movie_idx[entries] - begin)] = 1
        gram[:, begin:end] = by_movie @ block
    return gram
