"""Implicit feedback as LightGCN and its successors split it: our lists beside EASE's and implicit ALS's."""

from importlib.util import find_spec

import numpy as np
import pandas as pd

from recommender import train
from recommender.evaluation.contenders import Contender
from recommender.evaluation.ease import Ease
from recommender.evaluation.metrics import hit_matrix, ndcg
from recommender.evaluation.peers.implicit_models import ImplicitAls
from recommender.evaluation.protocols import positives_of, profiles_of

CORE = 10
"""Users and films with fewer interactions are left out."""

LENGTH = 20
EASE_PENALTY = 200
"""The best of 50, 100, 200, 400 and 800 on this very test, also with half of the sample."""


def core(table: pd.DataFrame) -> pd.DataFrame:
    while True:
        sizes = (table.groupby(name)[name].transform("size") for name in ("user_id", "movie_id"))
        keep = np.logical_and.reduce([size >= CORE for size in sizes])
        if keep.all():
            return table
        table = table[keep]


def test_lists_of_implicit_feedback_are_not_below_those_of_ease(fewer: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """Of each user a random fifth is held out; what the stars and the times were is not told to anybody."""
    ratings, movies = fewer
    table = core(ratings)[["user_id", "movie_id"]].sort_values(["user_id", "movie_id"], ignore_index=True)
    place = pd.Series(np.random.default_rng(2020).random(len(table))).groupby(table["user_id"]).rank(pct=True)
    training, test = table[place <= 0.8], table[place > 0.8]
    catalogue = movies[movies["movie_id"].isin(table["movie_id"])]
    profiles, positives = profiles_of(training.assign(rating=5.0)), positives_of(test.assign(rating=5.0))
    users, targets = list(positives), list(positives.values())
    told = [profiles[user_id] for user_id in users]

    def quality(lists: np.ndarray) -> float:
        return float(ndcg(hit_matrix(lists, targets), targets).mean())

    peers: dict[str, Contender] = {"ease": Ease(EASE_PENALTY)}
    if find_spec("implicit") is not None:
        peers["implicit"] = ImplicitAls()
    ours = quality(train(training, catalogue).recommend_batch(told, LENGTH))
    explicit = training.assign(rating=5.0, timestamp=0)
    theirs = {name: quality(peer.fit(explicit, catalogue).lists(users, told, LENGTH)) for name, peer in peers.items()}
    assert ours >= max(theirs.values()), theirs
