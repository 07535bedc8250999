"""Which films a mood is found in, and which are nearest to what somebody wishes for."""

import numpy as np
import numpy.typing as npt

from bot.lists.filters import Filters
from bot.lists.wishes.everyday import ACCLAIMED, BEST_RATED
from bot.lists.wishes.everyday import mood as told_of
from data.facets import Facets, Mask
from recommender import Recommender

BROAD = frozenset({"Drama", "Comedy"})
"""Genres of all moods."""
AMPLE = 2
"""Times the length of a list: so many films that are like another one leave something to choose from."""
ONE_IN = 40
"""So many films one is among the best rated of all, where these are not wanted."""
MAX_STARS = 5.0

Ids = npt.NDArray[np.int64]


def carriers(facets: Facets, mood: str) -> Mask:
    """[films] that were given one of a mood's tags; where a catalogue has no tags at all, those of its genres."""
    told = told_of(mood)
    if mood == BEST_RATED:
        return np.asarray(np.isin(facets.ids, _best_first(facets, facets.ids)[: len(facets.ids) // ONE_IN]))
    if len(facets.tags):
        return facets.tagged(told.tags)
    return facets.all_of(told.genres) if told.genres else facets.any_of(())


def shunned(facets: Facets, mood: str) -> Mask:
    """[films] to leave out where a mood is not wanted: those that anybody found so, and all of its kind.

    Few films are tagged, so an untagged horror film is taken for a scary one; but not every drama is sad.
    """
    told = told_of(mood)
    found = carriers(facets, mood) | facets.tagged(told.tags, by_few=True)
    return found if BROAD.issuperset(told.genres) else found | facets.all_of(told.genres)


def marked(facets: Facets, filters: Filters) -> Mask:
    """[films] that carry every mood that is wished for; beside a film to be like, a mood is but a direction."""
    found = facets.all_of(())
    for mood in () if filters.like else _own(filters):
        found &= carriers(facets, mood)
    return found


def nearest(model: Recommender, facets: Facets, ids: Ids, filters: Filters) -> Ids:
    """Of the films `ids` those nearest to the moods and the films that are wished for, to choose a list from.

    Each mood counts 1 for a film that carries it, and each mood and film by how alike a film is to it; near to the
    acclaimed are those that people rate best. All films that carry every mood are kept; where they do not fill a list,
    the next ones are. Where the best rated are wished for, more of the next ones are, and the best rated of all these
    are chosen from.
    """
    if BEST_RATED not in filters.moods:
        return _nearest(model, facets, ids, filters, filters.count * (AMPLE if filters.like else 1))
    near = _nearest(model, facets, ids, filters, filters.count * AMPLE**2)
    return _best_first(facets, near)[: filters.count * AMPLE]


def _own(filters: Filters) -> list[str]:
    """The moods that are found in a film itself."""
    return [mood for mood in filters.moods if mood != BEST_RATED]


def _best_first(facets: Facets, ids: Ids) -> Ids:
    return np.asarray(ids[np.argsort(-facets.standing(ids), kind="stable")])


def _nearest(model: Recommender, facets: Facets, ids: Ids, filters: Filters, least: int) -> Ids:
    liked, moods = [one.movie_id for one in filters.like], _own(filters)
    ids = ids[(model.movies.indices(ids) >= 0) & ~np.isin(ids, liked)]
    if not (moods or liked):
        return ids
    rows = model.movies.indices(ids)
    score = np.zeros(len(ids))
    carried = np.isin(ids, facets.ids[marked(facets, filters)]) & bool(moods and not liked)
    for movie_id in liked:
        score += model.alike([movie_id])[rows]
    for mood in moods:
        of_mood = facets.ids[carriers(facets, mood)]
        near = facets.standing(ids) / MAX_STARS if mood == ACCLAIMED else model.alike(of_mood.tolist())[rows]
        score += np.isin(ids, of_mood) + near
    return np.asarray(ids[np.argsort(-score, kind="stable")[: max(int(carried.sum()), least)]])
