"""Which films a list holds: the one place that lists, `More`, and what a rating moved, all ask."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from bot.lists.filters import Depth, Filters
from bot.lists.wishes.everyday import codes_of
from bot.lists.wishes.moods import Ids, nearest, shunned
from bot.members import Feedback
from bot.models import Serving
from data.facets import Facets, Mask
from recommender import Recommendation

DEPTHS: dict[Depth, float] = {"popular": -0.5, "balanced": 0.0, "deep": 0.5}
DIVERSITY = 0.2
"""Of every list; both dials and what they cost: docs/RECOMMENDER.md, "Depth and diversity"."""


def choose(
    serving: Serving,
    facets: Facets,
    feedback: Feedback,
    filters: Filters,
    shown: Sequence[int] = (),
    among: Collection[int] | None = None,
) -> list[Recommendation]:
    """The films for a member, best first: neither rated, left out nor `shown`, and fewer only where no more are left.

    `among` are the only ones it may hold, whatever else is asked for.
    """
    return serving.model.recommend(
        feedback.ratings,
        filters.count,
        exclude=[*serving.outside_catalogue, *feedback.left_out, *shown],
        candidates=_candidates(serving, facets, feedback, filters, shown, among),
        depth=DEPTHS[filters.depth],
        diversity=DIVERSITY,
        film_stars=feedback.film_stars,
    )


def left(serving: Serving, facets: Facets, feedback: Feedback, filters: Filters, shown: Iterable[int] = ()) -> int:
    """How many films `choose` could list."""
    ids = _fitting(facets, feedback, filters)
    taken = np.array([*feedback.ratings, *feedback.left_out, *shown], dtype=np.int64)
    return int((np.isin(ids, serving.model.movie_ids) & ~np.isin(ids, taken)).sum())


def fitting(facets: Facets, filters: Filters) -> Mask:
    """[films] which of the catalogue are what is asked for, wherever they come from."""
    kept = facets.any_of(filters.genres) if filters.genres else facets.all_of(())
    kept &= facets.all_of(filters.every) & ~facets.any_of(filters.without)
    kept &= facets.dated(filters.years.first, filters.years.last)
    kept &= facets.lasting(filters.runtime.least, filters.runtime.most)
    for person in filters.people:
        kept &= facets.of_person(person.name, person.roles)
    for person in filters.without_people:
        kept &= ~facets.of_person(person.name, person.roles)
    if filters.origins:
        kept &= facets.from_any(code for origin in filters.origins for code in codes_of(origin))
    if filters.without_origins:
        kept &= ~facets.from_any(code for origin in filters.without_origins for code in codes_of(origin))
    for mood in filters.without_moods:
        kept &= ~shunned(facets, mood)
    return kept


def candidates(serving: Serving, facets: Facets, filters: Filters, taken: Collection[int] = ()) -> Ids:
    """The films to choose a list from, none of them `taken`: those that fit and, of a mood, are nearest to it."""
    return _nearest(serving, facets, filters, facets.ids[fitting(facets, filters)], taken)


def _candidates(
    serving: Serving,
    facets: Facets,
    feedback: Feedback,
    filters: Filters,
    shown: Sequence[int],
    among: Collection[int] | None,
) -> Iterable[int] | None:
    if filters.admits_all and filters.depth != "deep":
        return among
    ids = _fitting(facets, feedback, filters)
    if among is not None:
        ids = ids[np.isin(ids, np.array([*among], dtype=np.int64))]
    taken = [*feedback.ratings, *feedback.left_out, *shown]
    if filters.depth == "deep":
        ids = _little_known(serving, facets, ids, taken, filters.count)
    return _nearest(serving, facets, filters, ids, taken)


def _little_known(serving: Serving, facets: Facets, ids: Ids, taken: Sequence[int], count: int) -> Ids:
    """Those outside of the well-known head, as long as there are enough of them."""
    tail = ids[~np.isin(ids, facets.ids[facets.is_well_known])]
    free = np.isin(tail, serving.model.movie_ids) & ~np.isin(tail, np.array(taken, dtype=np.int64))
    return tail if free.sum() >= count else ids


def _nearest(serving: Serving, facets: Facets, filters: Filters, ids: Ids, taken: Collection[int]) -> Ids:
    if not (filters.moods or filters.like):
        return ids
    free = ids[~np.isin(ids, np.array([*taken, *serving.outside_catalogue], dtype=np.int64))]
    return nearest(serving.model, facets, free, filters)


def _fitting(facets: Facets, feedback: Feedback, filters: Filters) -> Ids:
    ids = facets.ids[fitting(facets, filters)]
    if filters.source == "watchlist":
        ids = ids[np.isin(ids, np.array(feedback.watchlist, dtype=np.int64))]
    return ids
