"""What ten questions tell: lists after the wizard of `start`, beside asking about the most rated films.

New users (protocol N's six folds, absent from the training) answer from a random half of their ratings; a film
that is not in it is one they have not seen. They choose the two tastes that hold most of what they like in that
half, and the list made of their answers is to hold what they like in the other half. The rest of the first half is
neither listed nor asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Protocol

import numpy as np
import pandas as pd
import torch
from rich.table import Table

from benchmarks.timing import scratch, table
from bot.start.tastes import of_its_time
from data import Catalogue, Dataset, load_dataset
from recommender import Recommender, TasteCluster, TrainingConfig, train
from recommender.evaluation.metrics import LIST_LENGTH, hit_matrix, ndcg
from recommender.evaluation.splits import POSITIVE_STARS, new_user_folds

QUESTIONS, TASTES = 10, 2


@dataclass(slots=True)
class Walked:
    """One entry a user: NDCG@10 of their list, and how many of the questions they could answer."""

    ndcg: list[float] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asking:
    """A served model, and what the asking needs to know of the training ratings."""

    model: Recommender
    clusters: Sequence[TasteCluster]
    entropies: Mapping[int, float]
    catalogue: Catalogue

    @classmethod
    def of(cls, ratings: pd.DataFrame, catalogue: Catalogue) -> "Asking":
        model = train(ratings, catalogue.frame(), config=TrainingConfig.fast())
        given = ratings.groupby(["movie_id", "rating"]).size()
        share = given / given.groupby(level="movie_id").transform("sum")
        entropies = (-share * np.log2(share)).groupby(level="movie_id").sum()
        return cls(
            model, model.taste_clusters(), {int(one): float(entropies[one]) for one in entropies.index}, catalogue
        )

    def tastes(self, liked: set[int]) -> list[list[int]]:
        """Films of the clusters that hold most of what somebody likes, for the size of their audience."""
        audience = {one: sum(map(self.model.support, one.movie_ids)) ** 0.5 for one in self.clusters}
        best = sorted(audience, key=lambda one: -len(liked & {*one.movie_ids}) / audience[one])[:TASTES]
        films = [[self.catalogue[movie_id] for movie_id in cluster.movie_ids] for cluster in best]
        return [[movie.movie_id for movie in of_its_time(some)] for some in films]


class Questions(Protocol):
    def __call__(self, asking: Asking, told: Mapping[int, float], tastes: Sequence[Sequence[int]]) -> Iterator[int]: ...


def most_rated(asking: Asking, told: Mapping[int, float], tastes: Sequence[Sequence[int]]) -> Iterator[int]:
    return iter(sorted(asking.entropies, key=lambda one: -asking.model.support(one)))


def most_rated_of_tastes(asking: Asking, told: Mapping[int, float], tastes: Sequence[Sequence[int]]) -> Iterator[int]:
    return iter(sorted(chain(*tastes), key=lambda one: -asking.model.support(one)))


def start(asking: Asking, told: Mapping[int, float], tastes: Sequence[Sequence[int]]) -> Iterator[int]:
    """`told` grows while the questions are answered."""
    asked: list[int] = []
    while (film := asking.model.next_question(told, asking.entropies, asked=asked, tastes=tastes)) is not None:
        asked.append(film)
        yield film


WAYS: Mapping[str, Questions] = {
    "the most rated films": most_rated,
    "the most rated of two tastes": most_rated_of_tastes,
    "start": start,
}


def measure(dataset: str) -> dict[str, Walked]:
    """One thread; the model is `fast`, since six are trained."""
    torch.set_num_threads(1)
    with scratch() as folder:
        return walk(load_dataset(dataset, folder))


def walk(dataset: Dataset) -> dict[str, Walked]:
    ratings, catalogue = dataset.load_ratings(), Catalogue.from_dataset(dataset)
    walked = {name: Walked() for name in WAYS}
    for fold in new_user_folds(ratings):
        asking = Asking.of(ratings.iloc[fold.training], catalogue)
        for user in fold.users:
            rated = ratings.iloc[user.rows]
            half = len(rated) // 2
            first, second = rated.iloc[:half], rated.iloc[half:]
            wanted = frozenset(second.loc[second["rating"] >= POSITIVE_STARS, "movie_id"])
            if wanted:
                for name, way in WAYS.items():
                    _walk(asking, way, dict(zip(first["movie_id"], first["rating"], strict=True)), wanted, walked[name])
    return walked


def _walk(asking: Asking, way: Questions, seen: Mapping[int, float], wanted: frozenset[int], walked: Walked) -> None:
    tastes = asking.tastes({movie_id for movie_id, stars in seen.items() if stars >= POSITIVE_STARS})
    told: dict[int, float] = {}
    for movie_id in islice(way(asking, told, tastes), QUESTIONS):
        if movie_id in seen:
            told[movie_id] = float(seen[movie_id])
    among = list(chain(*tastes)) if not told and way is not most_rated else None
    films = asking.model.recommend(told, LIST_LENGTH, exclude=seen.keys() - told.keys(), candidates=among)
    listed = np.full((1, LIST_LENGTH), -1)
    listed[0, : len(films)] = [one.movie_id for one in films]
    walked.ndcg.append(float(ndcg(hit_matrix(listed, [wanted]), [wanted])[0]))
    walked.answered.append(len(told))


def report(walked: Mapping[str, Walked]) -> list[Table]:
    (base, *_) = walked.values()
    shown = table(
        f"Ten questions to {len(base.ndcg)} new users", "asked about", "NDCG@10", "− the first", "answered", "none"
    )
    for name, one in walked.items():
        more = np.array(one.ndcg) - np.array(base.ndcg)
        error = more.std(ddof=1) / len(more) ** 0.5
        none = np.mean(np.array(one.answered) == 0)
        shown.add_row(
            name,
            f"{np.mean(one.ndcg):.3f}",
            f"{more.mean():+.3f} ± {error:.3f}",
            f"{np.mean(one.answered):.1f}",
            f"{none:.0%}",
        )
    return [shown]
