"""How many films a group swipes until all have said yes to one."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from recommender.evaluation.random_groups import Group
from recommender.groups import GroupTaste
from recommender.model import Recommender
from recommender.ranking import EXCLUDED, top_n
from recommender.swiping import swipe_deck
from recommender.vocabulary import FloatArray

LONGEST = 100
"""Films after which everybody has given up."""

LEVELS = (25, 50, 75, 90)

DECK, AVERAGE, POPULARITY = "deck", "average", "popularity"
DECKS = (DECK, AVERAGE, POPULARITY)
"""`swipe_deck`; films by average appeal; films by ratings."""


def deck_figures(model: Recommender, groups: Sequence[Group], tick: Callable[[], None]) -> dict[str, dict[str, Any]]:
    """By deck quantiles ("25%", "50%", …) of the number of films until all said yes, None beyond 100; "within_10".

    A member says yes to what they hold back and rated ≥ 4, no to everything else. Groups that have no film all would
    say yes to are left out; "groups" says how many remain. "compared" is by how many doublings a deck is longer than
    ours (mean log₂ of the ratio, beyond 100 counted as 200), with its standard error.
    """
    lengths: dict[str, list[float]] = {name: [] for name in DECKS}
    for group in groups:
        tick()
        wanted = frozenset.intersection(*group.likes)
        if wanted:
            for name, movie_ids in _decks(model, group).items():
                lengths[name].append(_until(movie_ids, wanted))
    first = np.array(lengths[DECK])
    return {name: _figures(np.array(some), None if name == DECK else first) for name, some in lengths.items()}


def _decks(model: Recommender, group: Group) -> dict[str, list[int]]:
    taste = GroupTaste.of(model, group.profiles)
    popular = top_n(np.where(taste.is_open, model.supports, EXCLUDED), LONGEST)
    return {
        DECK: [pick.movie_id for pick in swipe_deck(model, group.profiles, LONGEST)],
        AVERAGE: model.movies.ids[taste.ordered(LONGEST, "average")[0]].tolist(),
        POPULARITY: model.movies.ids[popular].tolist(),
    }


def _until(movie_ids: Sequence[int], wanted: frozenset[int]) -> float:
    return next((float(place) for place, movie_id in enumerate(movie_ids, 1) if movie_id in wanted), np.inf)


def _figures(lengths: FloatArray, first: FloatArray | None) -> dict[str, Any]:
    if not len(lengths):
        return {"groups": 0}
    levels = {f"{level}%": float(np.quantile(lengths, level / 100, method="lower")) for level in LEVELS}
    figures: dict[str, Any] = {
        **{name: value if np.isfinite(value) else None for name, value in levels.items()},
        "within_10": float((lengths <= 10).mean()),
        "groups": len(lengths),
    }
    if first is not None and len(first) > 1:
        difference = np.log2(np.minimum(lengths, 2 * LONGEST) / np.minimum(first, 2 * LONGEST))
        figures["compared"] = {
            "with": DECK,
            "difference": float(difference.mean()),
            "standard_error": float(difference.std(ddof=1) / np.sqrt(len(difference))),
        }
    return figures
