"""The deck of a group that swipes: in which order films are shown until all say yes to one."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from recommender.film_stars import FilmStars
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
    film_stars: Sequence[FilmStars] | None = None,
) -> tuple[GroupPick, ...]:
    """The next n films to show, best first: those that all members most likely say yes to.

    `answers`, one a member, are those given so far (film id to yes or no). A film that anybody said no to is out, and
    so is one that all have answered; one that some said yes to comes earlier, since fewer can refuse it. The others
    keep their order: neither counting a yes as a rating nor more weight for whoever says it rarely made decks shorter.
    Everything else is as with `recommend_for_group`.

    The order is that of mean √P(yes) · (1 + ratings)^0.37, with P(yes) in proportion to appeal, or 1 once it is said;
    a cold film counts with the ratings it is expected to have. The root keeps one member's favourite from outweighing
    everybody else, without the noise that a product has from whoever likes a film least; and what more people have
    seen more people like.
    """
    if n < 0:
        raise ValueError(f"a deck cannot have {n} films")
    given: Sequence[Mapping[Id, bool]] = [{} for _ in profiles] if answers is None else answers
    if len(given) != len(profiles):
        raise ValueError("answers are one mapping a member")
    movies = model.movies
    group = GroupTaste.of(
        model, profiles, candidates=candidates, exclude=exclude, rewatch=rewatch, film_stars=film_stars
    )
    chance = YES_AT_FIRST * group.appeal
    unanswered = group.is_open.copy()
    for of_member, one in zip(chance, given, strict=True):
        of_member[movies.known(movie_id for movie_id, is_yes in one.items() if is_yes)] = 1.0
        unanswered[movies.known(movie_id for movie_id, is_yes in one.items() if not is_yes)] = False
    unanswered[movies.known(set.intersection(*map(set, given)))] = False
    scores = np.sqrt(chance).mean(axis=0) * (1.0 + model.expected_supports) ** POPULARITY_POWER
    scores = np.where(unanswered, scores, EXCLUDED)
    order = top_n(scores, n)
    return group.picks(order, scores[order])
