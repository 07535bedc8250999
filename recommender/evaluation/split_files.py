"""Published splits of implicit feedback: a file each for training, test and perhaps validation, one line a user.

A line holds a user's id and then the ids of their items, as LightGCN (He et al. 2020) and its successors publish them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from recommender.errors import SplitFileError
from recommender.vocabulary import IndexArray

Items = Mapping[int, IndexArray]
"""User ids to the ids of their items, each once and in the file's order; a user may have none."""

_ID = re.compile("[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SplitFiles:
    """`repeated` counts the items that stood in a line before; they were left out."""

    training: Items
    test: Items
    validation: Items
    repeated: int

    @classmethod
    def read(cls, training: Path, test: Path, validation: Path | None = None) -> Self:
        """Raises SplitFileError for a file that cannot be read, or that is not made of such lines."""
        files = [_read(path) for path in (training, test, validation) if path is not None]
        (trained, _), (tested, _), *validated = files
        for path, items in ((training, trained), (test, tested)):
            if not any(map(len, items.values())):
                raise SplitFileError(path, "no line has an item")
        return cls(trained, tested, validated[0][0] if validated else {}, sum(repeated for _, repeated in files))


def _read(path: Path) -> tuple[Items, int]:
    """The items by user, and how many were repeated."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise SplitFileError(path, (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise SplitFileError(path, "it is not a text file") from error
    found: dict[int, IndexArray] = {}
    repeated = 0
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words:
            continue
        wrong = next((word for word in words if not _ID.fullmatch(word)), None)
        if wrong is not None:
            raise SplitFileError(path, f"line {number}: “{wrong}” is not a whole number")
        user_id, *items = map(int, words)
        if user_id in found:
            raise SplitFileError(path, f"line {number}: user {user_id} had a line before")
        distinct = dict.fromkeys(items)
        repeated += len(items) - len(distinct)
        found[user_id] = np.array(list(distinct), dtype=np.int64)
    return found, repeated
