"""The titles that films go by elsewhere, in any script: ten times as many as there are films, hence packed."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_AFTER_ALL = "\U0010ffff"
_MIN_UNFINISHED = 3
"""Letters from which on a name may be the beginning of a longer one: most films have some name that begins with D."""
_NOWHERE = np.empty(0, dtype=np.int32)


class _Packed(Sequence[str]):
    """Sorted texts in one piece of memory, looked at one by one."""

    def __init__(self, texts: pa.Array) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, at: int) -> str:  # type: ignore[override]
        text: str = self._texts[at].as_py()
        return text


class OtherTitles:
    """Folded titles and whose they are, found whole, by their beginning and by words."""

    def __init__(self, movie_ids: npt.NDArray[np.int32], folded: pa.Array) -> None:
        self._movie_ids = movie_ids
        self._folded = folded

    @classmethod
    def none(cls) -> "OtherTitles":
        return cls(np.empty(0, dtype=np.int32), pa.array([], pa.string()))

    def __len__(self) -> int:
        return len(self._folded)

    def at_places(self, movie_ids: npt.NDArray[np.int64]) -> "PlacedTitles":
        """Ready to be searched for films in that order; titles of other films are left out."""
        order = np.argsort(movie_ids)
        ordered = movie_ids[order]
        at = np.minimum(np.searchsorted(ordered, self._movie_ids), max(len(ordered) - 1, 0))
        known = ordered[at] == self._movie_ids if len(ordered) else np.zeros(len(self._movie_ids), dtype=bool)
        return PlacedTitles(
            self._folded.filter(pa.array(known)), order[at[known]].astype(np.int32) if len(ordered) else _NOWHERE
        )


class PlacedTitles:
    """An index over folded titles; a film is its place among all, the smaller the better known."""

    def __init__(self, folded: pa.Array, places: npt.NDArray[np.int32]) -> None:
        keys = pc.replace_substring(folded, " ", "")
        order = pc.sort_indices(keys)
        self._keys = _Packed(keys.take(order))
        self._places = places[order.to_numpy()]
        words, owners = _words_of(folded, places)
        codes = words.dictionary_encode()
        by_name = pc.sort_indices(codes.dictionary).to_numpy().astype(np.int64)
        rank = np.empty(len(by_name), dtype=np.int64)
        rank[by_name] = np.arange(len(by_name))
        # One entry a word and film, by word and in it by place.
        entries = np.sort((rank[codes.indices.to_numpy()] << 32) | owners)
        entries = entries[np.diff(entries, prepend=-1) != 0]
        self._words = _Packed(codes.dictionary.take(pa.array(by_name)))
        self._owners = (entries & 0xFFFFFFFF).astype(np.int32)
        self._starts = np.searchsorted(entries >> 32, np.arange(len(by_name) + 1)).astype(np.int32)
        pa.default_memory_pool().release_unused()  # what this took is several times what is kept

    def whole(self, keys: Sequence[str]) -> Iterator[int]:
        """The places of films with one of these titles, written without blanks."""
        for key in keys:
            start, end = bisect_left(self._keys, key), bisect_left(self._keys, key + "\0")
            yield from np.unique(self._places[start:end]).tolist()

    def with_prefix(self, keys: Sequence[str], limit: int) -> list[int]:
        """The places of the best known films with a title that begins so."""
        found = [
            self._places[bisect_left(self._keys, key) : bisect_left(self._keys, key + _AFTER_ALL)]
            for key in keys
            if _is_telling(key)
        ]
        return _first(np.concatenate(found), limit) if found else []

    def with_words(self, words: Sequence[str], limit: int) -> list[int]:
        """The places of the best known films whose titles have every word; the last may be unfinished."""
        *finished, last = words
        if not finished and not _is_telling(last):
            return []
        places = self._beginning(last) if _is_telling(last) else self._of_word(last)
        for word in finished:
            others = self._of_word(word)
            places = places[np.isin(places, others, assume_unique=False)] if len(others) else _NOWHERE
        return _first(places, limit)

    def _of_word(self, word: str) -> npt.NDArray[np.int32]:
        at = bisect_left(self._words, word)
        if at == len(self._words) or self._words[at] != word:
            return _NOWHERE
        return self._between(at, at + 1)

    def _beginning(self, begun: str) -> npt.NDArray[np.int32]:
        start, end = bisect_left(self._words, begun), bisect_left(self._words, begun + _AFTER_ALL)
        return self._between(start, end)

    def _between(self, start: int, end: int) -> npt.NDArray[np.int32]:
        """The places of films that have the words from `start` to before `end`."""
        places: npt.NDArray[np.int32] = self._owners[self._starts[start] : self._starts[end]]
        return places


def _words_of(folded: pa.Array, places: npt.NDArray[np.int32]) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    parts = pc.split_pattern(folded, " ")
    counts = pc.list_value_length(parts).to_numpy(zero_copy_only=False)
    return pc.list_flatten(parts), np.repeat(places.astype(np.int64), counts)


def _is_telling(text: str) -> bool:
    """Whether a beginning says something: a sign of a script without letters does so sooner."""
    return len(text) >= _MIN_UNFINISHED or (not text.isascii() and bool(text))


def _first(places: npt.NDArray[np.int32], limit: int) -> list[int]:
    """The smallest places, each once."""
    found = np.unique(places) if len(places) <= 8 * limit else _first_of_many(places, limit)
    first: list[int] = found[:limit].tolist()
    return first


def _first_of_many(places: npt.NDArray[np.int32], limit: int) -> npt.NDArray[np.int32]:
    """A film has several titles that begin alike, so more are looked at than are wanted."""
    near = np.unique(np.partition(places, 8 * limit)[: 8 * limit])
    return near if len(near) >= limit else np.unique(places)
