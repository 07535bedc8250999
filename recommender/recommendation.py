"""What the recommender answers with."""

from dataclasses import dataclass

from recommender.vocabulary import Id


@dataclass(frozen=True, slots=True)
class Reason:
    """A rated film and what it did: `contribution` in predicted stars, signed; `share` in [0, 1].

    Of implicit feedback, where no stars are predicted, the contribution is 0.
    """

    movie_id: Id
    contribution: float
    share: float


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One line of a list, ordered by `score`.

    `stars` ± `stars_sd` is the predicted rating, `support` the number of training ratings of the film, and
    `reasons` the liked films of its series or akin by genres that lifted its score most, each with its share of all
    that lifted it.
    Stars are NaN where the model is one of implicit feedback.
    """

    movie_id: Id
    score: float
    stars: float
    stars_sd: float
    support: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Predicted stars taken apart: `base` + all contributions = `linear`; `stars` is that within range."""

    movie_id: Id
    base: float
    linear: float
    stars: float
    stars_sd: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SimilarMovie:
    """A neighbour of a film; `score` in [−1, 1] is how much they are alike, near 1 for parts of one series."""

    movie_id: Id
    score: float
    support: int
