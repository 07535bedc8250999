"""EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data"), the reference that checks the protocols."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch

from recommender.evaluation.implicit_feedback import FittedScorer, ImplicitFeedback
from recommender.sparse import SparseRows
from recommender.vocabulary import FloatArray, IndexArray

GRAM_COLUMNS = 512
"""Columns of XᵀX that are computed at a time; [users, these] is held beside it."""


@dataclass(frozen=True, slots=True)
class Ease:
    """Item-item weights B = I − P / diag(P), P = (XᵀX + λI)⁻¹, zero on the diagonal; a list is x B.

    `penalty` is λ: about 100 for known users, far more where profiles are small.
    """

    penalty: float

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> FittedScorer:
        liked = ImplicitFeedback.of(ratings, catalogue)
        fewer_users = len(liked.users) < len(liked.movies)
        weights = dual_weights(liked, self.penalty) if fewer_users else primal_weights(liked, self.penalty)

        def scores(user_id: int, liked_idx: IndexArray) -> FloatArray:
            return np.asarray(weights[liked_idx].sum(axis=0))

        return FittedScorer(liked.movies, liked.popularity, scores)


def dual_weights(liked: ImplicitFeedback, penalty: float) -> FloatArray:
    """B [movies, movies] float32 from a system of the size of the users: P = (I − Xᵀ K X) / λ, K = (XXᵀ + λI)⁻¹."""
    matrix = liked.dense()
    smoothed = np.linalg.solve(matrix @ matrix.T + penalty * np.eye(len(matrix)), matrix)  # K X
    diagonal = 1 - (matrix * smoothed).sum(axis=0)  # λ · diag(P)
    weights = matrix.astype(np.float32).T @ smoothed.astype(np.float32)
    weights /= diagonal.astype(np.float32)
    np.fill_diagonal(weights, 0)
    return weights


def primal_weights(liked: ImplicitFeedback, penalty: float) -> FloatArray:
    """The same from a system of the size of the films, in single precision."""
    gram = _gram(liked)
    gram.diagonal().add_(penalty)
    weights = torch.cholesky_inverse(torch.linalg.cholesky(gram))
    weights /= -weights.diagonal().clone()
    weights.fill_diagonal_(0)
    return np.asarray(weights.numpy())


def _gram(liked: ImplicitFeedback) -> torch.Tensor:
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
