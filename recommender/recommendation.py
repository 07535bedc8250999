"""What the recommender answers with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A rated film and what it did: `contribution` in predicted stars, signed; `share` in [0, 1]."""

    movie_id: int
    contribution: float
    share: float


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One line of a list, ordered by `score`.

    `stars` ± `stars_sd` is the predicted rating, `support` the number of training ratings of the film, and
    `reasons` the liked films with a genre or series in common that lifted its score most, each with its share of all
    that lifted it.
    """

    movie_id: int
    score: float
    stars: float
    stars_sd: float
    support: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Predicted stars taken apart: `base` + all contributions = `linear`; `stars` is that within range."""

    movie_id: int
    base: float
    linear: float
    stars: float
    stars_sd: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SimilarMovie:
    """A neighbour of a film; `score` in [−1, 1] is how much they are alike, near 1 for parts of one series."""

    movie_id: int
    score: float
    support: int
