"""Recall@20 and NDCG@20 on a published split, as LightGCN and its successors report them."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd

from recommender.config import TrainingConfig
from recommender.evaluation.comparison import BY_USER, compared
from recommender.evaluation.contenders import ByProtocol, Contender, Fitted, fitted_recommender
from recommender.evaluation.evaluate import Count, Model, rated_catalogue
from recommender.evaluation.implicit_feedback import LIKED_STARS
from recommender.evaluation.metrics import hit_matrix, ndcg, recall
from recommender.evaluation.peers import NEEDS, PEERS
from recommender.evaluation.protocols import fit
from recommender.evaluation.split_files import Items, SplitFiles
from recommender.progress import OnProgress
from recommender.training import train
from recommender.vocabulary import IndexArray, Vocabulary

LIST_LENGTH = 20

MOST_EASE_ITEMS = 20_000
"""EASE holds the square of the items several times in memory; among more of them it is left out."""


def evaluate_split(
    files: SplitFiles, models: Mapping[str, Model], on_progress: OnProgress | None = None
) -> dict[str, Any]:
    """{"users", "unknown_users", "unknown_items", "repeated", "protocols": {"split": {model: figures}}}.

    Lists of twenty hold any items of the training but the user's own in training and validation. Means are over the
    users with a test item; recall is over all of these, NDCG has binary gains and the ideal over min(20, test items)
    (He et al. 2020). Users without a training item get a cold user's list; test items that the training lacks are
    misses. Popularity, EASE and, where it is installed, implicit's ALS stand beside. `on_progress` counts the
    trainings; returning False raises TrainingCancelled.
    """
    table = _table(files.training)
    catalogue = rated_catalogue(table, None)
    movies = Vocabulary(catalogue["movie_id"].to_numpy(np.int64))
    wanted = {user_id: frozenset(items.tolist()) for user_id, items in files.test.items() if len(items)}
    contenders = {
        name: contender
        for name, model in {**models, **_beside(len(movies))}.items()
        if (contender := _contender(model)) is not None
    }
    count = Count(len(contenders), on_progress)
    rows: dict[str, dict[str, Any]] = {}
    for name, contender in contenders.items():
        count.tell(name)
        fitted, cost = fit(contender, table, catalogue)
        hits = hit_matrix(_lists(fitted, list(wanted), files), list(wanted.values()))
        by_user = ndcg(hits, list(wanted.values()))
        figures = {"recall@20": float(recall(hits, list(wanted.values())).mean()), "ndcg@20": float(by_user.mean())}
        rows[name] = {**figures, BY_USER: by_user, **cost}
    return {
        "users": len(wanted),
        "unknown_users": sum(not len(files.training.get(user_id, ())) for user_id in wanted),
        "unknown_items": len(set().union(*wanted.values()) - set(movies.ids.tolist())),
        "repeated": files.repeated,
        "protocols": {"split": compared(rows)},
    }


@dataclass(frozen=True, slots=True)
class _Configured:
    """A configuration as a contender that is told nothing but who has interacted with what."""

    config: TrainingConfig

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> Fitted:
        return fitted_recommender(train(ratings, None, config=self.config))


def _contender(model: Model) -> Contender | None:
    """Who runs: the users are known ones."""
    if isinstance(model, ByProtocol):
        return model.contenders.get("K")
    return _Configured(model) if isinstance(model, TrainingConfig) else model


def _beside(items: int) -> dict[str, Model]:
    beside: dict[str, Model] = {"popularity": TrainingConfig.popularity()}
    if items <= MOST_EASE_ITEMS:
        beside["ease"] = PEERS["ease"]
    if find_spec(NEEDS["implicit"]) is not None:
        beside["implicit"] = PEERS["implicit"]
    return beside


def _table(items: Items) -> pd.DataFrame:
    """The contract's table; all ratings are equal, and likes to those who look at them."""
    counts = [len(some) for some in items.values()]
    return pd.DataFrame(
        {
            "user_id": np.repeat(np.array(list(items), dtype=np.int64), counts),
            "movie_id": np.concatenate(list(items.values())),
            "rating": LIKED_STARS,
            "timestamp": 0,
        }
    )


def _lists(fitted: Fitted, user_ids: list[int], files: SplitFiles) -> IndexArray:
    """[users, 20] items, user by user, as each has another number of validation items to leave out."""
    lists = np.full((len(user_ids), LIST_LENGTH), -1, dtype=np.int64)
    for row, user_id in zip(lists, user_ids, strict=True):
        profile = dict.fromkeys(files.training.get(user_id, _NONE).tolist(), LIKED_STARS)
        validation = files.validation.get(user_id, _NONE)
        (listed,) = fitted.lists([user_id], [profile], LIST_LENGTH + len(validation))
        kept = listed[~np.isin(listed, validation)][:LIST_LENGTH]
        row[: len(kept)] = kept
    return lists


_NONE: IndexArray = np.empty(0, dtype=np.int64)
