"""The deck of a group that swipes: in which order films are shown until all say yes to one."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from recommender.groups import GroupPick, GroupTaste
from recommender.model import Recommender
from recommender.ranking import EXCLUDED, top_n
from recommender.vocabulary import Id

POPULARITY_POWER = 0.37
"""Of twice as well-known films 1.3 times as many are said yes to by all, at the same appeals."""

YES_AT_FIRST = 0.57
"""Share of the films at the head of their lists that people turn out to like; lower down it falls as appeal does."""


def swipe_deck(
    model: Recommender,
    profiles: Sequence[Mapping[Id, float]],
    n: int = 30,
    *,
    answers: Sequence[Mapping[Id, bool]] | None = None,
    candidates: Collection[Id] | None = None,
    exclude: Collection[Id] = (),
    rewatch: bool = False,
) -> tuple[GroupPick, ...]:
    """The next n films to show, best first: those that all members most likely say yes to.

    `answers`, one a member, are those given so far (film id to yes or no). A film that anybody said no to is out, and
    so is one that all have answered; one that some said yes to comes early, since fewer can refuse it. What a member
    said yes to counts for them like a rating of four stars. Who says yes most rarely has no greater weight: that made
    decks longer. Everything else is as with `recommend_for_group`.

    The order is that of mean √P(yes) · (1 + ratings)^0.37, with P(yes) in proportion to appeal, or 1 once it is said.
    The root keeps one member's favourite from outweighing everybody else, without the noise that a product has from
    whoever likes a film least; and what more people have seen more people like.
    """
    if n < 0:
        raise ValueError(f"a deck cannot have {n} films")
    given = [{} for _ in profiles] if answers is None else list(answers)
    if len(given) != len(profiles):
        raise ValueError("answers are one mapping a member")
    refused = {movie_id for one in given for movie_id, is_yes in one.items() if not is_yes}
    agreed = set.intersection(*({*one} for one in given)) if given else set()
    group = GroupTaste.of(
        model,
        profiles,
        candidates=candidates,
        exclude=[*exclude, *refused, *agreed],
        rewatch=rewatch,
    )
    chance = YES_AT_FIRST * group.appeal
    for of_member, one in zip(chance, given, strict=True):
        of_member[model.movies.known(movie_id for movie_id, is_yes in one.items() if is_yes)] = 1.0
    scores = np.sqrt(chance).mean(axis=0) * (1.0 + model.supports) ** POPULARITY_POWER
    scores = np.where(group.is_open, scores, EXCLUDED)
    order = top_n(scores, n)
    return group.picks(order, scores[order])
