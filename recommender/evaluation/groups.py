"""How good lists for groups are: random groups, each member's held-out likes, strategies beside simpler ones."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import numpy as np
import pandas as pd

from recommender.config import TrainingConfig
from recommender.errors import NoStarsError
from recommender.evaluation.evaluate import Count, rated_catalogue
from recommender.evaluation.group_decks import deck_figures
from recommender.evaluation.group_evenings import EVENINGS, evening_figures
from recommender.evaluation.metrics import LIST_LENGTH, hit_matrix, ndcg
from recommender.evaluation.random_groups import Group, GroupSplit, random_groups
from recommender.groups import DEFAULT, STRATEGIES, GroupTaste, Strategy, recommend_for_group
from recommender.interactions import newest_only
from recommender.model import Recommender
from recommender.progress import OnProgress
from recommender.ranking import EXCLUDED, top_n
from recommender.ratings_table import CONTRACT, Columns, read_tables
from recommender.training import train
from recommender.vocabulary import FloatArray, IndexArray

GROUPS, EVENING_GROUPS = 1000, 200
"""Groups whose lists and decks are measured, and those of them that meet ten times."""

SEED = 42

MERGED, BORDA, POPULARITY = "merged lists", "Borda count", "popularity"
"""Members' best films by turns; the sum of ranks; the number of ratings."""


def evaluate_groups(
    ratings: pd.DataFrame,
    movies: pd.DataFrame | None,
    config: TrainingConfig,
    *,
    seed: int = SEED,
    groups: int | None = None,
    evening_groups: int | None = None,
    on_progress: OnProgress | None = None,
    columns: Columns = CONTRACT,
) -> dict[str, Any]:
    """{"lists", "evenings", "decks": {name: figures}, "cost", "groups", "users", "seed"} of one model, trained once.

    "cost" is the mean in milliseconds of a group's list, and of the own lists of all its members.

    GROUPS groups unless told otherwise, of which EVENING_GROUPS meet ten times.
    `on_progress` counts the training and then groups; returning False raises TrainingCancelled. Raises NoStarsError for
    a table without stars, and what the training raises.
    """
    tables = read_tables(ratings, movies, columns)
    if not tables.has_stars:
        raise NoStarsError
    ratings = newest_only(tables.ratings).reset_index(drop=True)
    split = GroupSplit.of(ratings, seed)
    some = random_groups(ratings, split, GROUPS if groups is None else groups, seed)
    meeting = some[: EVENING_GROUPS if evening_groups is None else evening_groups]
    count = Count(1 + 2 * len(some) + (1 + len(EVENINGS)) * len(meeting), on_progress)
    count.tell("training")
    model = train(ratings.iloc[split.training], rated_catalogue(ratings, tables.movies), config=config)
    return {
        "lists": _list_figures(model, some, lambda: count.tell("lists")),
        "evenings": evening_figures(model, meeting, lambda: count.tell("evenings")),
        "decks": deck_figures(model, some, lambda: count.tell("decks")),
        "cost": _cost(model, meeting),
        "groups": len(some),
        "users": len(split.user_ids),
        "seed": seed,
    }


def _list_figures(model: Recommender, groups: Sequence[Group], tick: Callable[[], None]) -> dict[str, dict[str, Any]]:
    """By way of making a list: the means over the groups of the members' mean and lowest NDCG@10.

    "disliked_share" are pairs of listed film and member, held out and rated ≤ 2, among those held out.
    """
    names = (DEFAULT, *(one for one in STRATEGIES if one != DEFAULT), MERGED, BORDA, POPULARITY)
    found: dict[str, list[_Served]] = {name: [] for name in names}
    for group in groups:
        tick()
        taste = GroupTaste.of(model, group.profiles)
        for name, served in found.items():
            served.append(_Served.of(group, model.movies.ids[_listed(taste, name)]))
    first = _by_group(found[DEFAULT])
    return {
        name: _figures(served, _by_group(served), None if name == DEFAULT else first) for name, served in found.items()
    }


def _cost(model: Recommender, groups: Sequence[Group]) -> dict[str, float]:
    seconds = {"ms_per_list": 0.0, "ms_of_own_lists": 0.0}
    for group in groups:
        begin = time.perf_counter()
        recommend_for_group(model, group.profiles)
        middle = time.perf_counter()
        for profile in group.profiles:
            model.recommend(profile)
        seconds["ms_per_list"] += middle - begin
        seconds["ms_of_own_lists"] += time.perf_counter() - middle
    return {name: 1000 * total / max(len(groups), 1) for name, total in seconds.items()}


def _listed(taste: GroupTaste, name: str) -> IndexArray:
    """Ten films, all ways by the same orders of the members."""
    if is_strategy(name):
        return taste.ordered(LIST_LENGTH, name)[0]
    if name == MERGED:
        return merged(taste, LIST_LENGTH)
    scores = taste.model.supports if name == POPULARITY else borda(taste)
    return top_n(np.where(taste.is_open, scores, EXCLUDED), LIST_LENGTH)


def is_strategy(name: str) -> TypeGuard[Strategy]:
    return name in STRATEGIES


def merged(taste: GroupTaste, n: int) -> IndexArray:
    """[≤ n] film indices: by turns each member names their best film that is not named yet."""
    films = np.flatnonzero(taste.is_open)
    orders = [iter(films[np.argsort(-appeal[films], kind="stable")].tolist()) for appeal in taste.appeal]
    named: list[int] = []
    while len(named) < min(n, len(films)):
        of_member = orders[len(named) % len(orders)]
        named.append(next(movie_idx for movie_idx in of_member if movie_idx not in named))
    return np.array(named, dtype=np.int64)


def borda(taste: GroupTaste) -> FloatArray:
    """[movies] −Σ_u rank, ranks among what may be listed (Masthoff 2015)."""
    appeal = taste.appeal[:, taste.is_open]
    ranks = np.argsort(np.argsort(-appeal, axis=1, kind="stable"), axis=1, kind="stable")
    scores = np.zeros(len(taste.is_open))
    scores[taste.is_open] = -ranks.sum(axis=0)
    return scores


@dataclass(frozen=True, slots=True)
class _Served:
    """What one list was for one group."""

    ndcg: FloatArray  # [members with a positive]
    disliked: int
    held_out: int

    @classmethod
    def of(cls, group: Group, movie_ids: IndexArray) -> "_Served":
        row = movie_ids.tolist()
        return cls(
            ndcg_of(row, group.likes),
            sum(movie_id in disliked for disliked in group.dislikes for movie_id in row),
            sum(movie_id in held_out for held_out in group.held_out for movie_id in row),
        )


def ndcg_of(movie_ids: Sequence[int], likes: Sequence[frozenset[int]]) -> FloatArray:
    """[members with a positive] NDCG@10 of one list."""
    positives = [wanted for wanted in likes if wanted]
    padded = [*movie_ids, *[-1] * (LIST_LENGTH - len(movie_ids))]
    return ndcg(hit_matrix(np.array([padded] * len(positives)).reshape(-1, LIST_LENGTH), positives), positives)


def _by_group(served: Sequence[_Served]) -> FloatArray:
    """[groups, 2] mean and lowest of the members'."""
    return np.array([(one.ndcg.mean(), one.ndcg.min()) for one in served]).reshape(-1, 2)


def _figures(served: Sequence[_Served], by_group: FloatArray, first: FloatArray | None) -> dict[str, Any]:
    held_out = sum(one.held_out for one in served)
    mean, least = by_group.mean(axis=0).tolist() if len(by_group) else (None, None)
    figures: dict[str, Any] = {
        "ndcg@10": mean,
        "least_ndcg@10": least,
        "disliked_share": sum(one.disliked for one in served) / held_out if held_out else None,
    }
    if first is not None and len(first) > 1:
        difference = by_group - first
        error = difference.std(axis=0, ddof=1) / np.sqrt(len(difference))
        figures["compared"] = {
            "with": DEFAULT,
            "difference": dict(zip(("mean", "least"), difference.mean(axis=0).tolist(), strict=True)),
            "standard_error": dict(zip(("mean", "least"), error.tolist(), strict=True)),
        }
    return figures
