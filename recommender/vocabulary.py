"""Ids of the outside world against row indices of the tensors. An id and an index never share a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

IndexArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.floating[Any]]

UNKNOWN = -1
"""The index of an id that is not in the vocabulary."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sorted distinct `ids`; the index of an id is its place, so the order of indices is the order of ids."""

    ids: IndexArray

    @classmethod
    def of(cls, *ids: npt.ArrayLike) -> "Vocabulary":
        return cls(np.unique(np.concatenate([np.asarray(some, dtype=np.int64).ravel() for some in ids])))

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, one_id: int) -> bool:
        return bool(self.indices((one_id,))[0] != UNKNOWN)

    def indices(self, ids: Iterable[int] | npt.NDArray[Any]) -> IndexArray:
        """The index of each id, UNKNOWN where there is none."""
        wanted = np.asarray(ids if isinstance(ids, np.ndarray) else list(ids), dtype=np.int64)
        if not len(self.ids):
            return np.full(len(wanted), UNKNOWN, dtype=np.int64)
        places = np.searchsorted(self.ids, wanted)
        places[places == len(self.ids)] = 0
        return np.where(self.ids[places] == wanted, places, UNKNOWN)

    def known(self, ids: Iterable[int]) -> IndexArray:
        """The indices of those ids that are in the vocabulary."""
        found = self.indices(ids)
        return np.asarray(found[found != UNKNOWN])


def grouping(group: IndexArray) -> IndexArray:
    """The places of all entries, by group and in it by place: a stable argsort, but several times as fast.

    numpy sorts plain integers with vector instructions, so group and place are packed into one.
    """
    packed = (group.astype(np.int64) << 32) | np.arange(len(group))
    packed.sort()
    packed &= 0xFFFFFFFF
    return packed
