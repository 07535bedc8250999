"""Long lists, ten at a time."""

from dataclasses import dataclass
from typing import Self

PAGE = 10


@dataclass(frozen=True, slots=True)
class Page:
    """One of `pages`, counted from 0, of `total` rows; there is always one."""

    number: int
    pages: int
    total: int

    @classmethod
    def of(cls, total: int, wanted: int) -> Self:
        """The page that was asked for, or the nearest there still is."""
        pages = max(1, -(-total // PAGE))
        return cls(min(max(wanted, 0), pages - 1), pages, total)

    @property
    def first(self) -> int:
        """How many rows stand before this page."""
        return self.number * PAGE
