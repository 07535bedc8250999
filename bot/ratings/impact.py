"""What new ratings do to a member's ten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.lists import PLAIN, choose
from bot.members import Feedback
from bot.models import Serving
from bot.movies import MovieSearch
from data import Movie


@dataclass(frozen=True, slots=True)
class Moved:
    """A film that is new in the member's ten (`was` is None) or rose in it; ranks count from 1."""

    movie: Movie
    was: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What new ratings did: the model's guess before them, and the films that rose, in the order of the new ten."""

    guesses: Mapping[int, float]
    moves: tuple[Moved, ...]


def impact(
    serving: Serving, search: MovieSearch, before: Feedback, after: Feedback, movie_ids: Sequence[int]
) -> Impact:
    """What the step from `before` to `after` does; guesses only for films that were not rated before.

    Takes milliseconds: call it in a thread.
    """
    model, old = serving.model, before.ratings
    unseen = [one for one in movie_ids if one not in old and model.knows(one)]
    stars = model.predict(old, unseen, film_stars=before.film_stars) if unseen else ()
    old_ten, new_ten = (
        [one.movie_id for one in choose(serving, search.facets, feedback, PLAIN)] for feedback in (before, after)
    )
    guesses = {one: float(guess) for one, guess in zip(unseen, stars, strict=True)}
    return Impact(guesses, _moves(search, old_ten, new_ten))


def _moves(search: MovieSearch, old: Sequence[int], new: Sequence[int]) -> tuple[Moved, ...]:
    """What stands higher in `new` than in `old`; films that only moved up into a place set free do not count."""
    gone = [rank for rank, movie_id in enumerate(old, 1) if movie_id not in new]
    was = {movie_id: rank for rank, movie_id in enumerate(old, 1)}
    return tuple(
        Moved(search.named(movie_id), was.get(movie_id), now)
        for now, movie_id in enumerate(new, 1)
        if movie_id not in was or now < was[movie_id] - sum(rank < was[movie_id] for rank in gone)
    )
