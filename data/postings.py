"""Which films have a value: rows by value, in three arrays however many values there are."""

from collections.abc import Iterator, Sequence
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
    def of(cls, values: Sequence[Sequence[str]]) -> Self:
        """Of each row's values."""
        places: dict[str, int] = {}
        place = np.array([places.setdefault(one, len(places)) for of in values for one in of], dtype=np.int32)
        row = np.repeat(np.arange(len(values), dtype=np.int32), [len(of) for of in values])
        order = np.argsort(place, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(places)))]).astype(np.int32)
        return cls(places, starts, np.ascontiguousarray(row[order]))

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __contains__(self, value: object) -> bool:
        return value in self._places

    def sums(self, of_rows: npt.NDArray[np.int64]) -> dict[str, int]:
        """Of each value, over its rows."""
        place = np.repeat(np.arange(len(self._places)), np.diff(self._starts))
        totals = np.bincount(place, of_rows[self._rows], len(self._places))
        return dict(zip(self._places, totals.astype(np.int64).tolist(), strict=True))

    def rows(self, value: str) -> Rows:
        place = self._places.get(value)
        return NO_ROWS if place is None else self._rows[self._starts[place] : self._starts[place + 1]]
