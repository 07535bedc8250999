"""Which films a list holds: the one place that lists, `More`, and what a rating moved, all ask."""

from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest

import numpy as np

from bot.lists.defaults import applying, narrowed
from bot.lists.filters import PLAIN, Depth, Filters
from bot.lists.wishes.everyday import codes_of, everyday
from bot.lists.wishes.moods import Ids, marked, nearest, shunned
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
    """The films for a member, best first, within their defaults: none `shown`, and fewer only where no more are left.

    They are neither rated nor left out unless seen films are asked for: where any will do, every second one is such.
    Those that only come close to a mood stand behind those that are marked with it (`close_to`). `among` are the only
    ones it may hold, whatever else is asked for.
    """
    within = narrowed(filters, applying(facets, feedback.list_defaults, filters))
    known = [] if within.seen == "unseen" else _known(serving, facets, feedback, within, shown, among)
    unseen = [] if within.seen == "seen" else _unseen(serving, facets, feedback, within, shown, among)
    best = [one for pair in zip_longest(unseen, known) for one in pair if one is not None][: filters.count]
    close = close_to(facets, filters, [one.movie_id for one in best])
    return sorted(best, key=lambda one: one.movie_id in close)


def _unseen(
    serving: Serving,
    facets: Facets,
    feedback: Feedback,
    filters: Filters,
    shown: Sequence[int],
    among: Collection[int] | None,
) -> list[Recommendation]:
    return serving.model.recommend(
        feedback.ratings,
        filters.count,
        exclude=[*serving.outside_catalogue, *feedback.left_out, *shown],
        candidates=_candidates(serving, facets, feedback, filters, shown, among),
        depth=DEPTHS[filters.depth],
        diversity=DIVERSITY,
        film_stars=feedback.film_stars,
    )


def close_to(facets: Facets, filters: Filters, movie_ids: Sequence[int]) -> frozenset[int]:
    """Those of the films that come close to the moods that are asked for, without being marked with all of them."""
    if not filters.moods:
        return frozenset()
    return frozenset(movie_ids).difference(facets.ids[marked(facets, filters)].tolist())


def left(serving: Serving, facets: Facets, feedback: Feedback, filters: Filters, shown: Iterable[int] = ()) -> int:
    """How many films `choose` could list."""
    filters = narrowed(filters, applying(facets, feedback.list_defaults, filters))
    ids = _fitting(facets, feedback, filters)
    taken = np.array([*feedback.ratings, *feedback.left_out, *shown], dtype=np.int64)
    unseen = int((np.isin(ids, serving.model.movie_ids) & ~np.isin(ids, taken)).sum())
    known = 0 if filters.seen == "unseen" else len(_known(serving, facets, feedback, filters, tuple(shown), None))
    return known if filters.seen == "seen" else unseen + known


def _known(
    serving: Serving,
    facets: Facets,
    feedback: Feedback,
    filters: Filters,
    shown: Sequence[int],
    among: Collection[int] | None,
) -> list[Recommendation]:
    """Films the member has seen and likes, by their own stars or, without any, by the predicted ones.

    Of those with as many stars the ones of which they have told longest ago come first.
    """
    told = [*feedback.seen, *reversed(feedback.rated)]
    ids = _fitting(facets, feedback, filters)
    ids = ids[np.isin(ids, told) & np.isin(ids, serving.model.movie_ids)]
    ids = ids[~np.isin(ids, [*feedback.hidden, *shown])]
    if among is not None:
        ids = ids[np.isin(ids, [*among])]
    ids = _nearest(serving, facets, filters, ids, shown)
    if not len(ids):
        return []
    stars, spread = serving.model.predict(
        feedback.ratings, ids.tolist(), return_std=True, film_stars=feedback.film_stars
    )
    found = [
        Recommendation(
            movie_id, own, own, 0.0 if movie_id in feedback.rated else sd, serving.model.support(movie_id), ()
        )
        for movie_id, predicted, sd in zip(ids.tolist(), stars.tolist(), spread.tolist(), strict=True)
        for own in (feedback.rated.get(movie_id, predicted),)
    ]
    least, since = serving.model.usual_floor(feedback.ratings), {one: place for place, one in enumerate(told)}
    liked = [one for one in found if one.stars >= least]
    return sorted(liked, key=lambda one: (-one.stars, since[one.movie_id]))


def kept_out(facets: Facets, feedback: Feedback) -> Ids:
    """The films that a member's defaults leave out of a list that asks for nothing."""
    defaults = applying(facets, feedback.list_defaults, PLAIN)
    return facets.ids[:0] if defaults.admits_all else np.setdiff1d(facets.ids, _fitting(facets, feedback, defaults))


def fitting(facets: Facets, filters: Filters) -> Mask:
    """[films] which of the catalogue are what is asked for, wherever they come from."""
    kept = facets.any_of(filters.genres) if filters.genres else facets.all_of(())
    kept &= facets.all_of(filters.every) & ~facets.any_of(filters.without)
    kept &= facets.dated(filters.years.first, filters.years.last)
    for gap in filters.years.gaps:
        kept &= ~facets.dated(*gap)
    for years in filters.without_years:
        kept &= ~facets.dated(years.first, years.last)
    kept &= facets.lasting(filters.runtime.least, filters.runtime.most)
    for person in filters.people:
        kept &= facets.of_person(person.name, person.roles)
    if filters.either_people:
        kept &= facets.any_of_people((one.name, one.roles) for one in filters.either_people)
    for person in filters.without_people:
        kept &= ~facets.of_person(person.name, person.roles)
    if filters.origins:
        kept &= facets.from_any(code for origin in filters.origins for code in codes_of(origin))
    if filters.without_origins:
        # What is not known to come from elsewhere may come from there.
        kept &= facets.has_origin & ~facets.from_any(one for left in filters.without_origins for one in codes_of(left))
    kept &= ~np.isin(facets.ids, [one.movie_id for one in filters.without_films])
    for mood in filters.without_moods:
        kept &= ~shunned(facets, mood)
    return kept


def places(facets: Facets) -> tuple[str, ...]:
    """The languages and countries that films come from, those of many films first."""
    films = {one: int(facets.from_any(codes).sum()) for one, codes in everyday().codes.items()}
    return tuple(sorted(filter(films.get, films), key=lambda one: -films[one]))


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
    elif filters.source == "not on watchlist":
        ids = ids[~np.isin(ids, np.array(feedback.watchlist, dtype=np.int64))]
    return ids
