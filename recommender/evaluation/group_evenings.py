"""Ten evenings of one group: whether the same member loses every time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.evaluation.metrics import LIST_LENGTH
from recommender.evaluation.random_groups import Group
from recommender.groups import DEFAULT, GroupTaste, Strategy, rank_appeal, weights_after
from recommender.model import Recommender
from recommender.vocabulary import FloatArray

MEETINGS = 10

DISCOUNTS = 1 / np.log2(np.arange(2, LIST_LENGTH + 2))

ALONE = "each alone"
"""Everybody's own list of as many films: how far members differ where nobody has to share."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a group's evenings are planned: a strategy, and what its weights follow."""

    strategy: Strategy
    by_appeal: bool = False
    by_likes: bool = False


EVENINGS = {
    "average": Way("average"),
    "average, weighted": Way("average", by_appeal=True),
    DEFAULT: Way(DEFAULT),
    f"{DEFAULT}, weighted": Way(DEFAULT, by_appeal=True),
    f"{DEFAULT}, told": Way(DEFAULT, by_likes=True),
}
"""Weighted: `weights_after` reads what each list was for each member by their appeals, all that is known before members
say how it was. Told: it reads what each member in truth liked of it."""


def evening_figures(
    model: Recommender, groups: Sequence[Group], tick: Callable[[], None]
) -> dict[str, dict[str, float]]:
    """By way: "appeal_gap" and "ndcg_gap", the happiest member's mean over the evenings less the unhappiest's; means
    and lows of NDCG. An evening is a list of ten films that no evening has listed before, its NDCG that of the likes
    that are left; a member of whom none are left has no NDCG any more.
    """
    found: dict[str, list[FloatArray]] = {name: [] for name in (ALONE, *EVENINGS)}
    for group in groups:
        tick()
        found[ALONE].append(_summary(*_alone(model, group)))
        for name, way in EVENINGS.items():
            tick()
            found[name].append(_summary(*_together(model, group, way)))
    columns = ("appeal_gap", "appeal", "ndcg_gap", "ndcg@10", "least_ndcg@10")
    return {
        name: dict(zip(columns, np.nanmean(rows, axis=0).tolist(), strict=True)) if rows else {}
        for name, rows in found.items()
    }


def _together(model: Recommender, group: Group, way: Way) -> tuple[FloatArray, FloatArray]:
    """[evenings, members] what each list was by appeal, and by NDCG."""
    shown: list[int] = []
    appeals: list[FloatArray] = []
    qualities: list[FloatArray] = []
    for _ in range(MEETINGS):
        taste = GroupTaste.of(model, group.profiles, exclude=shown)
        history = appeals if way.by_appeal else [np.nan_to_num(one) for one in qualities] if way.by_likes else []
        weights = weights_after([one.tolist() for one in history]) if history else None
        order, _scores = taste.ordered(LIST_LENGTH, way.strategy, weights)
        movie_ids = model.movies.ids[order].tolist()
        appeals.append(share_of_own(taste.appeal[:, order]))
        qualities.append(np.array([_ndcg(movie_ids, likes.difference(shown)) for likes in group.likes]))
        shown += movie_ids
    return np.array(appeals), np.array(qualities)


def _alone(model: Recommender, group: Group) -> tuple[FloatArray, FloatArray]:
    """The same where each member has a list of their own every evening, of the films that the group's may list."""
    taste = GroupTaste.of(model, group.profiles)
    qualities = np.empty((MEETINGS, len(group.profiles)))
    for member, likes in enumerate(group.likes):
        order = np.argsort(-np.where(taste.is_open, taste.appeal[member], -1.0), kind="stable")
        own = model.movies.ids[order[: MEETINGS * LIST_LENGTH]].tolist()
        for evening in range(MEETINGS):
            begin = evening * LIST_LENGTH
            listed = own[begin : begin + LIST_LENGTH]
            qualities[evening, member] = _ndcg(listed, likes.difference(own[:begin]))
    return np.ones_like(qualities), qualities


def share_of_own(appeal: FloatArray) -> FloatArray:
    """[members] a list's discounted appeals over those of the member's own list, from appeals [members, listed].

    The utility of Xiao et al. (2017), "Fairness-aware group recommendation with Pareto-efficiency", by rank.
    """
    listed = appeal.shape[1]
    own = rank_appeal(-np.arange(listed, dtype=np.float64))
    return np.asarray(appeal @ DISCOUNTS[:listed] / max(float(own @ DISCOUNTS[:listed]), 1e-9))


def _ndcg(movie_ids: Sequence[int], likes: frozenset[int]) -> float:
    """NaN where there is nothing to find."""
    if not likes:
        return float("nan")
    hits = np.array([movie_id in likes for movie_id in movie_ids], dtype=np.float64)
    return float(hits @ DISCOUNTS[: len(hits)] / DISCOUNTS[: min(len(likes), LIST_LENGTH)].sum())


def _summary(appeals: FloatArray, qualities: FloatArray) -> FloatArray:
    """Gap and mean of the appeals, gap, mean and low of NDCG, each of the members' means over the evenings."""
    appeal = appeals.mean(axis=0)
    there = np.isfinite(qualities)
    counted = there.any(axis=0)  # who had something to find at all
    quality = np.where(there, qualities, 0.0).sum(axis=0)[counted] / there.sum(axis=0)[counted]
    return np.array([np.ptp(appeal), appeal.mean(), np.ptp(quality), quality.mean(), quality.min()])
