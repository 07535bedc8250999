"""The libraries people would use instead: imported only when one of them is asked for."""

import importlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from recommender.errors import PeerMissingError
from recommender.evaluation.implicit_feedback import ImplicitFeedback


def library(name: str) -> Any:
    """A module of an optional library, with the warnings of its import left out; raises PeerMissingError."""
    try:
        with quiet():
            return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise PeerMissingError(name.partition(".")[0]) from error


@contextmanager
def quiet() -> Iterator[None]:
    """What a library warns its developers of is nothing to those who compare with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def threads() -> int:
    """As many for a library as for us."""
    return torch.get_num_threads()


def likes_as_csr(liked: ImplicitFeedback) -> Any:
    """[users, movies] float32 as a scipy.sparse.csr_matrix."""
    sparse = library("scipy.sparse")
    ones = torch.ones(len(liked.user_idx)).numpy()
    shape = (len(liked.users), len(liked.movies))
    return sparse.csr_matrix((ones, (liked.user_idx, liked.movie_idx)), shape=shape)


def row_as_csr(liked_idx: Any, movies: int) -> Any:
    """[1, movies] the same for one profile."""
    sparse = library("scipy.sparse")
    ones = torch.ones(len(liked_idx)).numpy()
    return sparse.csr_matrix((ones, liked_idx, [0, len(liked_idx)]), shape=(1, movies))
