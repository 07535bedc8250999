"""What a member likes more than the rest of what they watch."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from data import Movie

LEAST_FILMS = 3
"""Films of a kind below which nothing is said of it."""

SHRINKAGE = 3.0
"""Films' worth of indifference that each kind starts from."""

LEAST_LIFT = 0.1
"""Stars above a member's mean from which a kind counts as liked."""

K = TypeVar("K", str, int)


@dataclass(frozen=True, slots=True)
class Favourite(Generic[K]):
    """A kind of film: `films` of it were rated, `lift` stars above what its member gives otherwise."""

    kind: K
    films: int
    lift: float


def favourites(
    rated: Sequence[tuple[Movie, float]], kinds_of: Callable[[Movie], Iterable[K]], n: int
) -> tuple[Favourite[K], ...]:
    """The `n` kinds of film that get more stars than the member's films in general, best first.

    The lift of a kind is the mean of (stars - own mean) over its films, shrunk towards 0 where there are few:
    sum(stars - own mean) / (films + SHRINKAGE). What is merely watched often has none.
    """
    if not rated:
        return ()
    mean = sum(stars for _, stars in rated) / len(rated)
    above: defaultdict[K, list[float]] = defaultdict(list)
    for movie, stars in rated:
        for kind in kinds_of(movie):
            above[kind].append(stars - mean)
    found = [
        Favourite(kind, len(each), sum(each) / (len(each) + SHRINKAGE))
        for kind, each in above.items()
        if len(each) >= LEAST_FILMS
    ]
    liked = [one for one in found if one.lift >= LEAST_LIFT]
    return tuple(sorted(liked, key=lambda one: (-one.lift, one.kind))[:n])


def decade_of(movie: Movie) -> tuple[int, ...]:
    """The decade of a film as its only kind; none where the year is not known."""
    return () if movie.year is None else (movie.year // 10 * 10,)
