"""Which film a round asks about: one people know, and not always one with many stars."""

from collections.abc import Collection, Mapping, Sequence
from random import Random

import numpy as np

from bot.game.scoring import nearest_half
from bot.members import Feedback
from recommender import Recommender


def choose(
    model: Recommender,
    feedback: Feedback,
    well_known: Sequence[int],
    raters: Mapping[int, int],
    asked: Collection[int],
    chance: Random,
) -> tuple[int, float] | None:
    """A film and its predicted stars; None where none is left.

    It is among the `well_known` or those of others in the server (`raters`: how many rated each), and neither rated
    nor hidden nor `asked` about before. First a number of stars is drawn from those there are, each as likely as the
    others, then one of its films, more likely one that more others have rated: what is liked most would be the same
    answer every time.
    """
    out = {*feedback.ratings, *feedback.left_out, *asked}
    left = np.array([one for one in dict.fromkeys([*well_known, *raters]) if one not in out], dtype=np.int64)
    movie_ids = left[np.isin(left, model.movie_ids)].tolist()
    if not movie_ids:
        return None
    by_stars: dict[float, list[tuple[int, float]]] = {}
    predicted = model.predict(feedback.ratings, movie_ids, film_stars=feedback.film_stars)
    for movie_id, stars in zip(movie_ids, predicted.tolist(), strict=True):
        by_stars.setdefault(nearest_half(stars), []).append((movie_id, stars))
    films = by_stars[chance.choice(sorted(by_stars))]
    (chosen,) = chance.choices(films, weights=[1 + raters.get(movie_id, 0) for movie_id, _ in films])
    return chosen
