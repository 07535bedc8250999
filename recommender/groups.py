"""Lists for several people at once: each member's own order of all films, aggregated by a strategy.

The strategies are those of Masthoff (2015), "Group recommender systems: aggregation, satisfaction and group
attributes", in Recommender Systems Handbook; `fairness` is the rank-sensitive balance of Kaya, Bridge & Tintarev
(2020), "Ensuring fairness in group recommendations by rank-sensitive balancing of relevance" (GFAR), with weights.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from recommender.model import Recommender
from recommender.ranking import EXCLUDED, scaled, top_n
from recommender.vocabulary import BoolArray, FloatArray, IndexArray

Strategy = Literal["average", "average_without_misery", "least_misery", "fairness"]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
DEFAULT: Strategy = "average_without_misery"

MISERY = 0.25
"""An appeal below this is misery; appeal 0.25 is about the thousandth of ten thousand films."""

BALANCED = 200
"""Films by weighted average that the balance is found among."""


@dataclass(frozen=True, slots=True)
class MemberFit:
    """What a film is for one member.

    `stars` ± `stars_sd` is the predicted rating, or the member's own with a deviation of 0. `appeal` in [0, 1] is how
    high the film stands in the member's whole list: 1 − log(rank) / log(films), so it means the same for everybody,
    whatever their scale.
    """

    stars: float
    stars_sd: float
    appeal: float


@dataclass(frozen=True, slots=True)
class GroupPick:
    """One line of a group's list, ordered by `score`, whose meaning depends on the strategy; a member fit per profile,
    in their order."""

    movie_id: int
    score: float
    members: tuple[MemberFit, ...]


def recommend_for_group(
    model: Recommender,
    profiles: Sequence[Mapping[int, float]],
    n: int = 10,
    *,
    strategy: Strategy = DEFAULT,
    weights: Sequence[float] | None = None,
    candidates: Collection[int] | None = None,
    exclude: Collection[int] = (),
    rewatch: bool = False,
) -> tuple[GroupPick, ...]:
    """The best n films for the people with these ratings, best first; fewer where the catalogue runs out.

    Films that any member has rated are left out unless `rewatch`; ids the model does not know are ignored. An empty
    profile is a cold member, whose order is that of popularity. `weights`, one a member and all alike by default, say
    how much each counts. Raises ValueError for what cannot be: no member, weights that are not one a member, negative
    or all zero.
    """
    weight = _weights(profiles, weights)
    if n < 0:
        raise ValueError(f"a list cannot have {n} films")
    if strategy not in STRATEGIES:
        raise ValueError(f"no such strategy: {strategy}")
    rated = {movie_id for profile in profiles for movie_id in profile}
    closed = [*exclude, *(() if rewatch else rated)]
    appeal, is_open = _appeals(model, profiles, closed, candidates)
    order, score = _ordered(appeal, is_open, weight, strategy, n)
    return _picks(model, profiles, order, score, appeal)


def _weights(profiles: Sequence[Mapping[int, float]], weights: Sequence[float] | None) -> FloatArray:
    """[members] adding up to 1."""
    if not profiles:
        raise ValueError("a group has at least one member")
    weight = np.ones(len(profiles)) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != (len(profiles),) or not (np.isfinite(weight) & (weight >= 0)).all() or not weight.any():
        raise ValueError("weights are one a member, none negative and not all zero")
    return np.asarray(weight / weight.sum())


def _appeals(
    model: Recommender,
    profiles: Sequence[Mapping[int, float]],
    closed: Sequence[int],
    candidates: Collection[int] | None,
) -> tuple[FloatArray, BoolArray]:
    """[members, movies] appeals, and [movies] which films may be listed."""
    movies = model.movies
    rows = []
    is_open = np.zeros(len(movies), dtype=bool)
    is_open[slice(None) if candidates is None else movies.known(candidates)] = True
    is_open[movies.known(closed)] = False
    for profile in profiles:
        scores = model.scored(profile, exclude=closed, candidates=candidates).scores
        appeal = rank_appeal(scores)
        own = [movie_id for movie_id in profile if model.knows(movie_id)]
        appeal[movies.indices(own)] = scaled(np.array([profile[movie_id] for movie_id in own]), model.rating_range)
        rows.append(np.clip(appeal, 0.0, 1.0))
    return np.stack(rows), is_open


def rank_appeal(scores: FloatArray) -> FloatArray:
    """[movies] 1 − log(rank) / log(films), 0 where a film may not be listed."""
    order = top_n(scores, len(scores))
    appeal = np.zeros(len(scores))
    appeal[order] = 1 - np.log(np.arange(1, len(order) + 1)) / np.log(max(len(order), 2))
    return appeal


def _ordered(
    appeal: FloatArray, is_open: BoolArray, weight: FloatArray, strategy: Strategy, n: int
) -> tuple[IndexArray, FloatArray]:
    """The list as film indices, and its scores."""
    average = weight @ appeal
    if strategy == "least_misery":
        # Who counts more is miserable sooner. The average decides between equals.
        scores = (1 - (1 - appeal) * (weight / weight.max())[:, None]).min(axis=0) + 1e-6 * average
    elif strategy == "average_without_misery":
        counted = weight > 0
        scores = average - (appeal[counted] < MISERY).any(axis=0)
    else:
        scores = average
    scores = np.where(is_open, scores, EXCLUDED)
    if strategy == "fairness":
        return _balanced(appeal, top_n(scores, max(BALANCED, n)), weight, n)
    order = top_n(scores, n)
    return order, scores[order]


def _balanced(appeal: FloatArray, pool: IndexArray, weight: FloatArray, n: int) -> tuple[IndexArray, FloatArray]:
    """GFAR: each place goes to the film of the greatest Σ_u weight_u · appeal_ui · Π_{earlier j} (1 − appeal_uj).

    What a member has found in the list already counts less and less, so those who have found nothing yet are next.
    """
    unmet = weight.copy()
    chosen: list[int] = []
    gains: list[float] = []
    for _ in range(min(n, len(pool))):
        gain = unmet @ appeal[:, pool]
        gain[chosen] = EXCLUDED
        best = int(gain.argmax())
        chosen.append(best)
        gains.append(float(gain[best]))
        unmet = unmet * (1 - appeal[:, pool[best]])
    return pool[chosen], np.array(gains)


def _picks(
    model: Recommender,
    profiles: Sequence[Mapping[int, float]],
    order: IndexArray,
    score: FloatArray,
    appeal: FloatArray,
) -> tuple[GroupPick, ...]:
    movie_ids = model.movie_ids[order].tolist()
    fits = [_fits(model, profile, movie_ids, appeal[row, order]) for row, profile in enumerate(profiles)]
    return tuple(
        GroupPick(movie_id, float(score[place]), tuple(fit[place] for fit in fits))
        for place, movie_id in enumerate(movie_ids)
    )


def _fits(
    model: Recommender, profile: Mapping[int, float], movie_ids: Sequence[int], appeal: FloatArray
) -> list[MemberFit]:
    nothing = np.full(len(movie_ids), np.nan)
    predicted = (nothing, nothing) if model.config.implicit else model.predict(profile, movie_ids, return_std=True)
    stars, deviation = predicted
    return [
        MemberFit(float(profile[movie_id]), 0.0, float(appeal[place]))
        if movie_id in profile
        else MemberFit(float(stars[place]), float(deviation[place]), float(appeal[place]))
        for place, movie_id in enumerate(movie_ids)
    ]
