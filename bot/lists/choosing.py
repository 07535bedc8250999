"""Which films a list holds: the one place that lists, `More`, and what a rating moved, all ask."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from bot.lists.filters import Depth, Filters
from bot.members import Feedback
from bot.models import Serving
from data.facets import Facets
from recommender import Recommendation

DEPTHS: dict[Depth, float] = {"popular": -0.5, "balanced": 0.0, "deep": 0.5}
DIVERSITY = 0.2
"""Of every list; both dials and what they cost: docs/RECOMMENDER.md, "Depth and diversity"."""

Ids = npt.NDArray[np.int64]


def choose(
    serving: Serving,
    facets: Facets,
    feedback: Feedback,
    filters: Filters,
    shown: Sequence[int] = (),
    among: Collection[int] | None = None,
) -> list[Recommendation]:
    """The films for a member, best first: neither rated, hidden nor `shown`, and fewer only where no more are left.

    `among` are the only ones it may hold, whatever else is asked for.
    """
    return serving.model.recommend(
        feedback.ratings,
        filters.count,
        exclude=[*serving.outside_catalogue, *feedback.hidden, *shown],
        candidates=_candidates(facets, feedback, filters, among),
        depth=DEPTHS[filters.depth],
        diversity=DIVERSITY,
        film_stars=feedback.film_stars,
    )


def left(serving: Serving, facets: Facets, feedback: Feedback, filters: Filters, shown: Iterable[int] = ()) -> int:
    """How many films `choose` could list."""
    fitting = _fitting(facets, feedback, filters)
    taken = np.array([*feedback.ratings, *feedback.hidden, *shown], dtype=np.int64)
    return int((np.isin(fitting, serving.model.movie_ids) & ~np.isin(fitting, taken)).sum())


def _candidates(
    facets: Facets, feedback: Feedback, filters: Filters, among: Collection[int] | None
) -> Iterable[int] | None:
    if filters.admits_all:
        return among
    fitting = _fitting(facets, feedback, filters)
    return fitting if among is None else fitting[np.isin(fitting, np.array([*among], dtype=np.int64))]


def _fitting(facets: Facets, feedback: Feedback, filters: Filters) -> Ids:
    years = filters.years
    ids = facets.matching(filters.genres, filters.without, years.first, years.last)
    if filters.source == "watchlist":
        ids = ids[np.isin(ids, np.array(feedback.watchlist, dtype=np.int64))]
    return ids
