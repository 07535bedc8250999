"""How alike two people's tastes are: by the films both have rated, and by the stars both are predicted.

What both have rated is compared as a Pearson correlation of deviations: stars against what people in general give that
film, and against how kind the person is. A correlation over few films says little, so it weighs n / (n + damping), as
in the significance weighting of Herlocker et al. 1999, "An algorithmic framework for performing collaborative
filtering"; the rest of the weight goes to the correlation of the predicted stars of well-known films.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from recommender.model import Recommender
from recommender.vocabulary import FloatArray, Id

OVERLAP_DAMPING = 20.0
"""Films in common at which both halves weigh the same."""

LANDMARKS = 300
"""Most rated films whose predicted stars are compared."""

SMALLEST_DEVIATION = 1e-3
"""Stars, root mean square; below there is nothing but rounding."""

KINDNESS_DAMPING = 5.0
"""Ratings of the usual kindness that are added to everybody's own."""


@dataclass(frozen=True, slots=True)
class Match:
    """`observed` is the correlation over the `overlap` films both have rated, `predicted` that of predicted stars."""

    observed: float
    predicted: float
    overlap: int

    @property
    def similarity(self) -> float:
        """In [-1, 1]; 0 of people who have nothing to do with each other."""
        weight = self.overlap / (self.overlap + OVERLAP_DAMPING)
        return weight * self.observed + (1 - weight) * self.predicted


def match(
    model: Recommender,
    one: Mapping[Id, float],
    other: Mapping[Id, float],
    *,
    but: Collection[Id] = (),
) -> Match:
    """Compare two people's ratings; the same either way round.

    Films the model does not know are left out, and among those that both have rated the ones of `but`.
    """
    common = model.known(sorted((one.keys() & other.keys()).difference(but)))
    predicted = _correlation(*_predicted_deviations(model, one, other))
    return Match(observed(model, one, other, common), predicted, len(common))


def observed(model: Recommender, one: Mapping[Id, float], other: Mapping[Id, float], movie_ids: list[Id]) -> float:
    """The correlation over films that both have rated and the model knows; 0 where there are none."""
    if not movie_ids:
        return 0.0
    return _correlation(_deviations(model, one, movie_ids), _deviations(model, other, movie_ids))


def _deviations(model: Recommender, ratings: Mapping[Id, float], movie_ids: list[Id]) -> FloatArray:
    """[m] stars beyond what the film gets from people in general, and beyond the person's kindness."""
    known = model.known(list(ratings))
    stars = np.array([ratings[movie_id] for movie_id in known])
    above = dict(zip(known, stars - model.usual_stars(known), strict=True))
    kindness = sum(above.values()) / (len(above) + KINDNESS_DAMPING)
    return np.array([above[movie_id] for movie_id in movie_ids]) - kindness


def _predicted_deviations(
    model: Recommender, one: Mapping[Id, float], other: Mapping[Id, float]
) -> tuple[FloatArray, FloatArray]:
    """[m] of each, over well-known films."""
    landmarks = model.most_rated(LANDMARKS)
    above = model.stars_of(model.tastes([one, other]), landmarks) - model.usual_stars(landmarks)
    first, second = above - above.mean(axis=1, keepdims=True)
    return first, second


def _correlation(first: FloatArray, second: FloatArray) -> float:
    """Of deviations, which are not centred again; 0 where one side has none that anybody would see."""
    lengths = float(np.linalg.norm(first)), float(np.linalg.norm(second))
    if min(lengths) < SMALLEST_DEVIATION * len(first) ** 0.5:
        return 0.0
    return float(first @ second) / (lengths[0] * lengths[1])
