"""Sharing out a ratings table among the processes of a training."""

import numpy as np
import pandas as pd

from recommender.errors import NotEnoughDataError


def share_of(ratings: pd.DataFrame, rank: int, size: int) -> pd.DataFrame:
    """The rows of one of `size` processes: all ratings of some users, whose ids follow each other.

    The shares have about as many ratings each, and together are the table sorted by user: a model trained on them is
    that of one process and a table so sorted. Raises NotEnoughDataError where a share would be empty.
    """
    if size == 1:
        return ratings
    user_id = ratings["user_id"].to_numpy(np.int64)
    _, row_user, activity = np.unique(user_id, return_inverse=True, return_counts=True)
    middle = np.cumsum(activity) - activity / 2
    owner = (middle * size / max(len(ratings), 1)).astype(np.int64)
    if len(np.unique(owner)) < size:
        raise NotEnoughDataError(len(ratings))
    rows = np.flatnonzero(owner[row_user] == rank)
    return ratings.iloc[rows[np.argsort(row_user[rows], kind="stable")]]
