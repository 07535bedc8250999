"""Lists for several people at once: each member's own order of all films, aggregated by a strategy.

The strategies are those of Masthoff (2015), "Group recommender systems: aggregation, satisfaction and group
attributes", Recommender Systems Handbook; the default `fairness` is GFAR of Kaya, Bridge & Tintarev (2020), "Ensuring
fairness in group recommendations by rank-sensitive balancing of relevance", with weights and softened.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self, get_args

import numpy as np

from recommender.film_stars import FilmStars
from recommender.model import Recommender
from recommender.ranking import EXCLUDED, scaled, top_n
from recommender.vocabulary import UNKNOWN, BoolArray, FloatArray, Id, IndexArray

Strategy = Literal["average", "average_without_misery", "least_misery", "fairness"]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
DEFAULT: Strategy = "fairness"

RANK_DAMPING = 10.0
"""Ranks that are added to every film's: how slowly appeal falls at the top of a member's list."""

OWN_STARS_POWER = 3
"""A film that a member has rated appeals by this power of its stars on the scale: four of five stars like the
thirteenth of the films they have not seen."""

SATISFIED = 0.25
"""How far a film of the greatest appeal already satisfies a member, for the films after it."""

POOL = 200
"""Films of the highest weighted average that are looked at closer."""

LOSS_SLOPE = 3.0
"""Who has had an evening of appeal 1 more than somebody else counts exp(−3), a twentieth, of them."""


@dataclass(frozen=True, slots=True)
class MemberFit:
    """What a film is for one member.

    `stars` ± `stars_sd` is the predicted rating, or the member's own ± 0; NaN of implicit feedback. `appeal` in [0, 1]
    is how high the film stands for them among those that may be listed, 11 / (10 + rank): 1 for the first, about half
    for the tenth. Whatever somebody's scale, their first film is worth as much as another's first.
    """

    stars: float
    stars_sd: float
    appeal: float


@dataclass(frozen=True, slots=True)
class GroupPick:
    """One line of a group's list, which is ordered by `score`; of `members` there is one per profile, in order.

    What the score is depends on the strategy: a weighted mean of appeals, or with `fairness` of what they still add.
    """

    movie_id: Id
    score: float
    members: tuple[MemberFit, ...]


def recommend_for_group(
    model: Recommender,
    profiles: Sequence[Mapping[Id, float]],
    n: int = 10,
    *,
    strategy: Strategy = DEFAULT,
    weights: Sequence[float] | None = None,
    candidates: Collection[Id] | None = None,
    exclude: Collection[Id] = (),
    rewatch: bool = False,
    film_stars: Sequence[FilmStars] | None = None,
) -> tuple[GroupPick, ...]:
    """The best n films for the people with these ratings, best first; fewer where the catalogue runs out.

    Films that any member has rated are left out unless `rewatch`; ids the model does not know are ignored. An empty
    profile is a cold member, to whom films appeal by their popularity. `weights`, one a member and equal by default,
    say how much each counts. `film_stars`, one a member, are what everybody but that member gave films after the
    training. One profile gives that member's own list.

    Raises ValueError for no member, a negative n, an unknown strategy, `film_stars` that are not one a member, and
    weights that are not, negative, or all zero.
    """
    if n < 0:
        raise ValueError(f"a list cannot have {n} films")
    group = GroupTaste.of(
        model, profiles, candidates=candidates, exclude=exclude, rewatch=rewatch, film_stars=film_stars
    )
    return group.picks(*group.ordered(n, strategy, weights))


@dataclass(frozen=True, slots=True)
class GroupTaste:
    """What all films are for all members; every strategy reads it, so members are folded in once."""

    model: Recommender
    profiles: Sequence[Mapping[Id, float]]
    film_stars: Sequence[FilmStars]  # [members] what others gave films after the training
    appeal: FloatArray  # [members, movies] 0 where a film stands in no list
    is_open: BoolArray  # [movies] what may be listed

    @classmethod
    def of(
        cls,
        model: Recommender,
        profiles: Sequence[Mapping[Id, float]],
        *,
        candidates: Collection[Id] | None = None,
        exclude: Collection[Id] = (),
        rewatch: bool = False,
        film_stars: Sequence[FilmStars] | None = None,
    ) -> Self:
        """Raises ValueError for no member, for `film_stars` that are not one a member, and what the model raises."""
        if not profiles:
            raise ValueError("a group has at least one member")
        others: Sequence[FilmStars] = [{}] * len(profiles) if film_stars is None else film_stars
        if len(others) != len(profiles):
            raise ValueError("film_stars are one mapping a member")
        movies = model.movies
        closed = list(exclude) if rewatch else [*exclude, *{movie_id for one in profiles for movie_id in one}]
        closed_idx = movies.known(closed)
        is_open = np.zeros(len(movies), dtype=bool)
        is_open[slice(None) if candidates is None else movies.known(candidates)] = True
        is_open[closed_idx] = False
        # Together people look for what each would like, not for what comes next in a history.
        timeless = len(profiles) > 1
        known = movies.ids[closed_idx]  # an array, which is looked up faster than a list by each member
        scores = [
            model.scored(one, exclude=known, candidates=candidates, timeless=timeless, film_stars=given)
            for one, given in zip(profiles, others, strict=True)
        ]
        appeal = np.stack([rank_appeal(one) for one in scores])
        if rewatch:
            for row, profile in zip(appeal, profiles, strict=True):
                movie_idx, stars = movies.indices(profile), np.array(list(profile.values()))
                row[movie_idx[movie_idx != UNKNOWN]] = _own_appeal(model, stars[movie_idx != UNKNOWN])
        return cls(model, profiles, others, appeal, is_open)

    def ordered(
        self, n: int, strategy: Strategy = DEFAULT, weights: Sequence[float] | None = None
    ) -> tuple[IndexArray, FloatArray]:
        """[≤ n] film indices, best first, and their scores."""
        weight = normalised_weights(len(self.profiles), weights)
        average = np.where(self.is_open, weight @ self.appeal, EXCLUDED)
        match strategy:
            case "average":
                scores = average
            case "least_misery":
                scores = np.where(self.is_open, least_misery(self.appeal, weight), EXCLUDED)
            case "average_without_misery":
                scores = self._without_misery(average, weight, max(n, POOL))
            case "fairness":
                pool = top_n(average, max(n, POOL))
                places, gains = balanced(self.appeal[:, pool], weight, n)
                return pool[places], gains
            case _:
                raise ValueError(f"no such strategy: {strategy}")
        order = top_n(scores, n)
        return order, scores[order]

    def picks(self, order: IndexArray, scores: FloatArray) -> tuple[GroupPick, ...]:
        """Films with what they are for each member."""
        fits = [self._fits(member, order) for member in range(len(self.profiles))]
        movie_ids = self.model.movies.ids[order].tolist()
        rows = zip(movie_ids, scores.tolist(), zip(*fits, strict=True), strict=True)
        return tuple(GroupPick(movie_id, score, members) for movie_id, score, members in rows)

    def _without_misery(self, average: FloatArray, weight: FloatArray, size: int) -> FloatArray:
        """[movies] the average, lowered below all others where a film is misery for somebody who counts.

        Misery is what stands behind everything else in somebody's own list: predicted stars half a star under what
        they usually give.
        """
        scores = average.copy()
        counted = np.flatnonzero(weight).tolist()
        if len(counted) > 1 and not self.model.config.implicit:  # nobody has to be spared their own list
            pool = top_n(average, size)
            for member in counted:
                stars, _ = self._stars(member, pool)
                scores[pool[stars < self.model.usual_floor(self.profiles[member])]] -= 1.0
        return scores

    def _fits(self, member: int, order: IndexArray) -> list[MemberFit]:
        stars, deviation = self._stars(member, order)
        appeal = self.appeal[member, order]
        return [MemberFit(*one) for one in zip(stars.tolist(), deviation.tolist(), appeal.tolist(), strict=True)]

    def _stars(self, member: int, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        """[m] a member's own stars, else the predicted ones, and their standard deviations."""
        if self.model.config.implicit:
            return np.full(len(movie_idx), math.nan), np.full(len(movie_idx), math.nan)
        profile, movie_ids = self.profiles[member], self.model.movies.ids[movie_idx].tolist()
        others = self.film_stars[member]
        stars, deviation = self.model.predict(profile, movie_ids, return_std=True, film_stars=others)
        for place, movie_id in enumerate(movie_ids):
            if movie_id in profile:
                stars[place], deviation[place] = profile[movie_id], 0.0
        return stars, deviation


def weights_after(history: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """[members] weights for the next evening, adding up to 1, from what each earlier one was for each member.

    `history` [evenings][members] in [0, 1]: the appeal of the film that was watched, say, or the stars it got on the
    scale; NaN for a member who was not there, for whom the evening counts as for the others on average. The weight is
    exp(−LOSS_SLOPE · sum of the member's evenings), so whoever lost most so far has most to say, until it is made up
    for. Raises ValueError where there is no evening or none that is about all members.
    """
    evenings = np.array(history, dtype=np.float64)
    if evenings.ndim != 2 or not evenings.size:
        raise ValueError("a history has evenings, each with a value for every member")
    was_there = np.isfinite(evenings)
    present = was_there.sum(axis=1, keepdims=True)
    mean = np.where(was_there, evenings, 0.0).sum(axis=1, keepdims=True) / np.maximum(present, 1)
    total = np.where(was_there, evenings, mean).sum(axis=0)
    weight = np.exp(-LOSS_SLOPE * (total - total.min()))
    return tuple((weight / weight.sum()).tolist())


def normalised_weights(members: int, weights: Sequence[float] | None) -> FloatArray:
    """[members] adding up to 1; raises ValueError."""
    weight = np.ones(members) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != (members,) or not (np.isfinite(weight) & (weight >= 0)).all() or not weight.any():
        raise ValueError("weights are one a member, none negative and not all zero")
    weight = weight / weight.max()  # first, so that none is too small or too large to add up
    return np.asarray(weight / weight.sum())


def rank_appeal(scores: FloatArray) -> FloatArray:
    """[movies] (1 + RANK_DAMPING) / (rank + RANK_DAMPING), 0 where a film may not be listed.

    Reciprocal rank fusion (Cormack, Clarke & Büttcher 2009) with a constant that makes it the share of films at a rank
    that people turn out to like, but for a factor (docs/RECOMMENDER.md).
    """
    order = np.argsort(-scores, kind="stable")
    appeal = np.empty(len(scores))
    appeal[order] = (1 + RANK_DAMPING) / (np.arange(1, len(order) + 1) + RANK_DAMPING)
    appeal[scores == EXCLUDED] = 0.0
    return appeal


def least_misery(appeal: FloatArray, weight: FloatArray) -> FloatArray:
    """[movies] 1 − the greatest weighted lack of appeal, by which who counts more is miserable sooner."""
    lack = (1 - appeal) * (weight / weight.max())[:, None]
    return np.asarray(1 - lack.max(axis=0))


def balanced(appeal: FloatArray, weight: FloatArray, n: int) -> tuple[IndexArray, FloatArray]:
    """GFAR: places [≤ n] in a pool, and what each adds.

    Each place goes to the film i of the greatest Σ_u weight_u · appeal_ui · Π_{j before} (1 − SATISFIED · appeal_uj),
    so who has found something in the list has less to say about the rest of it. GFAR itself has SATISFIED = 1.
    """
    unmet = weight.copy()
    chosen: list[int] = []
    gains: list[float] = []
    for _ in range(min(n, appeal.shape[1])):
        gain = unmet @ appeal
        gain[chosen] = EXCLUDED
        best = int(gain.argmax())
        chosen.append(best)
        gains.append(float(gain[best]))
        unmet = unmet * (1 - SATISFIED * appeal[:, best])
    return np.array(chosen, dtype=np.int64), np.array(gains)


def _own_appeal(model: Recommender, stars: FloatArray) -> FloatArray:
    """[k] appeal of films that a member has rated so."""
    if model.config.implicit:
        return np.ones(len(stars))
    of_scale = scaled(stars.astype(np.float64), model.rating_range)
    return np.asarray(np.clip(of_scale, 0.0, 1.0) ** OWN_STARS_POWER)
