"""Ids of the outside world as row indices of the tensors. An id and an index never share a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

IndexArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

UNKNOWN = -1
"""The index of an id that is not in the vocabulary."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sorted distinct `ids`; the index of an id is its place, so the order of indices is the order of ids."""

    ids: IndexArray

    @classmethod
    def of(cls, *ids: npt.ArrayLike) -> Self:
        """All ids that occur in any of the arrays."""
        arrays = [array for some in ids if (array := np.asarray(some, dtype=np.int64).ravel()).size]
        if not arrays:
            return cls(np.empty(0, dtype=np.int64))
        first, last = min(array.min() for array in arrays), max(array.max() for array in arrays)
        if last - first >= sum(map(len, arrays)):
            return cls(np.unique(np.concatenate(arrays)))
        occurs = np.zeros(last - first + 1, dtype=bool)  # dense ids: marking them is faster than sorting
        for array in arrays:
            occurs[array - first] = True
        return cls(np.flatnonzero(occurs) + first)

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, one_id: int) -> bool:
        return bool(self.indices((one_id,))[0] != UNKNOWN)

    def indices(self, ids: Iterable[int] | npt.NDArray[Any]) -> IndexArray:
        """The index of each id, UNKNOWN where there is none."""
        wanted = np.asarray(ids if isinstance(ids, np.ndarray) else list(ids), dtype=np.int64)
        if not len(self.ids):
            return np.full(len(wanted), UNKNOWN, dtype=np.int64)
        first, last = self.ids[0], self.ids[-1]
        if last - first < len(wanted):  # a table of all ids in between is smaller than what is asked
            table = np.full(last - first + 1, UNKNOWN, dtype=np.int64)
            table[self.ids - first] = np.arange(len(self.ids))
            inside = (wanted >= first) & (wanted <= last)
            return np.where(inside, table[np.where(inside, wanted - first, 0)], UNKNOWN)
        places = np.searchsorted(self.ids, wanted)
        places[places == len(self.ids)] = 0
        places[self.ids[places] != wanted] = UNKNOWN
        return places

    def known(self, ids: Iterable[int]) -> IndexArray:
        """The indices of those ids that are in the vocabulary."""
        found = self.indices(ids)
        return np.asarray(found[found != UNKNOWN])


@dataclass(frozen=True, slots=True)
class Profile:
    """One user's ratings of known films, by ascending index, so that the order they came in changes nothing."""

    movie_idx: IndexArray  # [k]
    rating: FloatArray  # [k] stars

    @classmethod
    def of(cls, ratings: Mapping[int, float], movies: Vocabulary) -> Self:
        """Films outside the vocabulary are ignored. Raises ValueError for a rating that is not a number."""
        rating = np.fromiter(ratings.values(), dtype=np.float64, count=len(ratings))
        if not np.isfinite(rating).all():
            raise ValueError("a rating is not a finite number")
        idx = movies.indices(np.fromiter(ratings, dtype=np.int64, count=len(ratings)))
        known = np.flatnonzero(idx != UNKNOWN)
        order = known[np.argsort(idx[known])]
        return cls(idx[order], rating[order])

    def __len__(self) -> int:
        return len(self.movie_idx)


def stable_argsort(group: IndexArray) -> IndexArray:
    """np.argsort(group, kind="stable"), but several times as fast.

    numpy sorts plain integers with vector instructions, so group and place are packed into one.
    """
    if len(group) and not 0 <= group.min() <= group.max() < 1 << 31:
        return np.argsort(group, kind="stable")
    packed = (group.astype(np.int64) << 32) | np.arange(len(group))
    packed.sort()
    packed &= 0xFFFFFFFF
    return packed
