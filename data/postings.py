"""Which films have a value: rows by value, in three arrays however many values there are."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]

NO_ROWS: Rows = np.empty(0, dtype=np.int32)


class Postings:
    """Maps a value to the rows it stands in, ascending."""

    def __init__(self, places: dict[str, int], starts: Rows, rows: Rows) -> None:
        self._places = places
        self._starts = starts  # [values + 1]
        self._rows = rows

    @classmethod
    def of(cls, values: Iterable[Sequence[str]]) -> Self:
        """Of each row's values."""
        places: dict[str, int] = {}
        pairs = [(places.setdefault(one, len(places)), row) for row, of in enumerate(values) for one in of]
        place, row = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
        order = np.argsort(place, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(places)))]).astype(np.int32)
        return cls(places, starts, np.ascontiguousarray(row[order]))

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __contains__(self, value: object) -> bool:
        return value in self._places

    def rows(self, value: str) -> Rows:
        place = self._places.get(value)
        return NO_ROWS if place is None else self._rows[self._starts[place] : self._starts[place + 1]]
