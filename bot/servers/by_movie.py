"""Ratings film by film, and how they are brought up to date when a few members have changed theirs."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

_PLACE_BITS = 32
_PLACE = (1 << _PLACE_BITS) - 1

Ints = npt.NDArray[np.int64]
Stars = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ByMovie:
    """`movie_ids` are sorted; the ratings of film i lie in `places` (of members) and `stars` from starts[i] on."""

    movie_ids: Ints
    starts: Ints
    places: Ints
    stars: Stars

    @classmethod
    def made(cls, movie_ids: Ints, places: Ints, stars: Stars) -> Self:
        """Of one film, one member and their stars a row, in any order."""
        keys = _keys(movie_ids, places)
        order = np.argsort(keys)
        return cls._sorted(keys[order], stars[order])

    @classmethod
    def _sorted(cls, keys: Ints, stars: Stars) -> Self:
        movies = keys >> _PLACE_BITS
        first = np.flatnonzero(np.diff(movies, prepend=-1))
        return cls(movies[first], np.append(first, len(keys)), keys & _PLACE, stars)

    def of(self, movie_id: int) -> tuple[Ints, Stars]:
        """Who rated a film, as places among the members, and their stars."""
        found = int(np.searchsorted(self.movie_ids, movie_id))
        if found == len(self.movie_ids) or self.movie_ids[found] != movie_id:
            return self.places[:0], self.stars[:0]
        here = slice(self.starts[found], self.starts[found + 1])
        return self.places[here], self.stars[here]

    def renewed(self, now: Ints, movie_ids: Ints, places: Ints, stars: Stars) -> "ByMovie":
        """The same where member i stands at now[i], those at a negative place are left out, and new ratings come in.

        Members keep their order, so that nothing is sorted but what is new.
        """
        moved = now[self.places]
        kept = np.flatnonzero(moved >= 0)
        movies = np.repeat(self.movie_ids, np.diff(self.starts))
        keys = _keys(movies[kept], moved[kept])
        new = _keys(movie_ids, places)
        order = np.argsort(new)
        at = np.searchsorted(keys, new[order])
        return self._sorted(np.insert(keys, at, new[order]), np.insert(self.stars[kept], at, stars[order]))


def _keys(movie_ids: Ints, places: Ints) -> Ints:
    """One number a rating, in the order of films and, within one, of members."""
    return (movie_ids.astype(np.int64) << _PLACE_BITS) | places
