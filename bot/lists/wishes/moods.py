"""Which films a mood is found in, and which are nearest to what somebody wishes for."""

import numpy as np
import numpy.typing as npt

from bot.lists.filters import Filters
from bot.lists.wishes.everyday import mood as told_of
from data.facets import Facets, Mask
from recommender import Recommender

BROAD = frozenset({"Drama", "Comedy"})
"""Genres of all moods."""
AMPLE = 2
"""Times the length of a list: so many films that are like another one leave something to choose from."""

Ids = npt.NDArray[np.int64]


def carriers(facets: Facets, mood: str) -> Mask:
    """[films] that were given one of a mood's tags; where a catalogue has no tags at all, those of its genres."""
    told = told_of(mood)
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
    for mood in () if filters.like else filters.moods:
        found &= carriers(facets, mood)
    return found


def nearest(model: Recommender, facets: Facets, ids: Ids, filters: Filters) -> Ids:
    """Of the films `ids` those nearest to the moods and the films that are wished for, to choose a list from.

    Each mood counts 1 for a film that carries it, and each mood and film by how alike a film is to it. All films that
    carry every mood are kept; where they do not fill a list, the next ones are.
    """
    liked = [one.movie_id for one in filters.like]
    ids = ids[(model.movies.indices(ids) >= 0) & ~np.isin(ids, liked)]
    rows = model.movies.indices(ids)
    score = np.zeros(len(ids))
    carried = np.isin(ids, facets.ids[marked(facets, filters)]) & bool(filters.moods and not liked)
    for movie_id in liked:
        score += model.alike([movie_id])[rows]
    for mood in filters.moods:
        of_mood = facets.ids[carriers(facets, mood)]
        score += np.isin(ids, of_mood) + model.alike(of_mood.tolist())[rows]
    kept = max(int(carried.sum()), filters.count * (AMPLE if liked else 1))
    return np.asarray(ids[np.argsort(-score, kind="stable")[:kept]])
