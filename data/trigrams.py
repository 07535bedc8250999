"""Which texts share most with a misspelt one: a trigram index that picks candidates for exact comparison."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_BUCKETS = 1 << 16
"""Trigrams are hashed; a collision only adds a candidate."""


class TrigramIndex:
    """Posting lists from hashed trigrams to text numbers, in two flat arrays."""

    def __init__(self, texts: Sequence[str]) -> None:
        lengths = np.fromiter((len(text) + 2 for text in texts), dtype=np.int32, count=len(texts))
        owners = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        hashes = _hashes("".join(f" {text} " for text in texts))
        inside = owners[2:] == owners[:-2]
        hashes, owners = hashes[inside], owners[2:][inside]
        self._owners = owners[np.argsort(hashes, kind="stable")]
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(hashes, minlength=_BUCKETS))))
        self._sizes = (lengths - 2).astype(np.float32)

    def nearest(self, text: str, count: int) -> npt.NDArray[np.intp]:
        """Up to `count` numbers of the texts with the largest share of common trigrams (Dice), in no order."""
        hashes = np.unique(_hashes(f" {text} "))
        lists = [self._owners[self._starts[one] : self._starts[one + 1]] for one in hashes]
        if not lists or len(self._sizes) == 0:
            return np.empty(0, dtype=np.intp)
        common = np.bincount(np.concatenate(lists), minlength=len(self._sizes))
        shared = np.flatnonzero(common)
        if len(shared) > count:
            dice = common[shared] / (self._sizes[shared] + len(hashes))
            shared = shared[np.argpartition(dice, -count)[-count:]]
        return shared


def _hashes(text: str) -> npt.NDArray[np.uint16]:
    letters = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    mixed = (letters[:-2] * np.uint32(0x9E37) + letters[1:-1]) * np.uint32(0x85EB) + letters[2:]
    return (mixed ^ (mixed >> np.uint32(16))).astype(np.uint16)
