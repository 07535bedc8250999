"""How well the bot guesses: what the model said of films just before a member rated them, against their stars."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.movies import MovieSearch
from data import Movie
from data.store import Guess

LEAST_GUESSES = 5
"""Guesses below which an average says nothing."""

LEAST_SURPRISE = 1.0
"""Stars between guess and rating from which a film is worth telling of."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """The film that was guessed worst."""

    movie: Movie
    guessed: float
    stars: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`off` is the mean of |guess - stars|, `bias` that of guess - stars.

    `crowd_off` is how far off each film's MovieLens mean would have been: what can be said without knowing anybody.
    """

    guesses: int
    off: float
    bias: float
    crowd_off: float
    surprise: Surprise | None


def accuracy(guesses: Sequence[Guess], search: MovieSearch) -> Accuracy | None:
    """The accuracy over films that have a MovieLens mean; None where there are too few."""
    judged = [
        (movie, guess.guessed, guess.stars, movie.ratings_mean)
        for guess in guesses
        if (movie := search.catalogue.get(guess.movie_id)) is not None and movie.ratings_mean is not None
    ]
    if len(judged) < LEAST_GUESSES:
        return None
    movie, guessed, stars, _ = max(judged, key=lambda one: abs(one[1] - one[2]))
    return Accuracy(
        guesses=len(judged),
        off=sum(abs(guessed - stars) for _, guessed, stars, _ in judged) / len(judged),
        bias=sum(guessed - stars for _, guessed, stars, _ in judged) / len(judged),
        crowd_off=sum(abs(mean - stars) for _, _, stars, mean in judged) / len(judged),
        surprise=Surprise(movie, guessed, stars) if abs(guessed - stars) >= LEAST_SURPRISE else None,
    )
