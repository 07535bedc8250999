"""Ids of the outside world as row indices of the tensors. An id and an index never share a name."""

import contextlib
import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender.errors import InvalidRatingError

IndexArray = npt.NDArray[np.int64]
Indices = npt.NDArray[np.integer[Any]]  # of any width
FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

IDS, JSON_IDS = "movie_ids", "movie_ids_json"
"""Names in model files: whole numbers, or the bytes of a JSON list."""

Id = Any
"""An id of the outside world: an int, or of whatever hashable type the training's table had."""

USUAL_WIDTH = 4.5
"""Width of the usual scale, ½ to 5 stars: who rates on it may be asked of data that hold a part of it alone."""

ANY = (-1e30, 1e30)

UNKNOWN = -1
"""The index of an id that is not in the vocabulary."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sorted distinct `ids`; the index of an id is its place, so the order of indices is the order of ids."""

    ids: npt.NDArray[Any]  # int64

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

    def __contains__(self, one_id: Hashable) -> bool:
        return bool(self.indices((one_id,))[0] != UNKNOWN)

    def indices(self, ids: Iterable[Any] | npt.NDArray[Any]) -> IndexArray:
        """The index of each id, UNKNOWN where there is none."""
        given = ids if isinstance(ids, np.ndarray) else list(ids)
        if not (given.dtype.kind == "i" if isinstance(given, np.ndarray) else {*map(type, given)} <= {int, np.int64}):
            return HashableVocabulary(self.ids).indices(given)  # text, say, which is none of ours
        wanted = np.asarray(given, dtype=np.int64)
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

    def known(self, ids: Iterable[Any]) -> IndexArray:
        """The indices of those ids that are in the vocabulary."""
        found = self.indices(ids)
        return np.asarray(found[found != UNKNOWN])

    def tensors(self) -> dict[str, npt.NDArray[Any]]:
        """What `restored` reads; raises TypeError where ids cannot be written down."""
        return {IDS: self.ids}

    @staticmethod
    def restored(tensors: "Mapping[str, npt.NDArray[Any]]") -> "Vocabulary":
        """Raises KeyError, ValueError or RecursionError where it is none."""
        if JSON_IDS in tensors:
            return HashableVocabulary(_objects(_tupled(json.loads(tensors[JSON_IDS].tobytes()))))
        if (np.diff(tensors[IDS]) <= 0).any():
            raise ValueError("the film ids are not ascending")
        return Vocabulary(tensors[IDS])


@dataclass(frozen=True, slots=True)
class HashableVocabulary(Vocabulary):
    """Distinct `ids` of any hashable type, in the order of their indices."""

    _place: dict[Any, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_place", dict(zip(self.ids.tolist(), range(len(self.ids)), strict=True)))
        if len(self._place) < len(self.ids):
            raise ValueError("an id stands twice")

    @classmethod
    def sorted(cls, ids: Iterable[Any]) -> Self:
        """In ascending order where they have one, else in the order in which they come."""
        distinct = list(dict.fromkeys(ids))
        with contextlib.suppress(TypeError):
            distinct.sort()
        return cls(_objects(distinct))

    def indices(self, ids: Iterable[Any] | npt.NDArray[Any]) -> IndexArray:
        return np.array([self._place.get(one, UNKNOWN) for one in ids], dtype=np.int64)

    def tensors(self) -> dict[str, npt.NDArray[Any]]:
        ids = self.ids.tolist()
        text = json.dumps(ids, ensure_ascii=False, default=str)
        if _tupled(json.loads(text)) != ids:
            raise TypeError("only whole numbers, text and tuples of these can be ids of a saved model")
        return {JSON_IDS: np.frombuffer(text.encode(), dtype=np.uint8)}


def _objects(ids: list[Any]) -> npt.NDArray[Any]:
    """[n] also of tuples, which numpy would make a table of."""
    array = np.empty(len(ids), dtype=object)
    array[:] = ids
    return array


def _tupled(ids: list[Any]) -> list[Any]:
    """What JSON made lists of."""

    def hashable(one: Any) -> Any:
        return tuple(map(hashable, one)) if isinstance(one, list) else one

    return [hashable(one) for one in ids]


class RatingHistory(dict[Any, float]):
    """Ratings in the order in which they were given, the newest last: lists look at what was rated of late too.

    Of any other mapping the order says nothing.
    """


@dataclass(frozen=True, slots=True)
class Profile:
    """One user's ratings of known films, by ascending index."""

    movie_idx: IndexArray  # [k]
    rating: FloatArray  # [k] stars
    age: IndexArray | None = None  # [k] how many ratings came after it, those of unknown films too; None: unknown order

    @classmethod
    def of(cls, ratings: Mapping[Any, float], movies: Vocabulary, limits: tuple[float, float] = ANY) -> Self:
        """Films outside the vocabulary are ignored.

        Raises InvalidRatingError for what is no finite number, and for a rating that is further outside of `limits`,
        the data's own range, than that is wide.
        """
        low, high = limits
        margin = max(high - low, USUAL_WIDTH)
        least, most = low - margin, high + margin
        rating = np.array(list(ratings.values())) if ratings else np.empty(0)
        if rating.dtype.kind not in "iuf" or not ((least <= rating) & (rating <= most)).all():  # false for NaN
            one: Any
            for movie_id, one in ratings.items():
                is_number = isinstance(one, int | float | np.number) and not isinstance(one, bool)
                if not (is_number and least <= one <= most):
                    raise InvalidRatingError(movie_id, one, low, high)
        idx = movies.indices(ratings)
        known = np.flatnonzero(idx != UNKNOWN)
        order = known[np.argsort(idx[known])]
        age = len(idx) - 1 - order if isinstance(ratings, RatingHistory) else None
        return cls(idx[order], rating[order].astype(np.float64), age)

    def __len__(self) -> int:
        return len(self.movie_idx)


def stable_argsort(group: Indices) -> IndexArray:
    """np.argsort(group, kind="stable"), but several times as fast.

    numpy sorts plain integers with vector instructions, so group and place are packed into one.
    """
    if (group[1:] >= group[:-1]).all():
        return np.arange(len(group))
    if len(group) and not 0 <= group.min() <= group.max() < 1 << 31:
        return np.argsort(group, kind="stable")
    packed = group.astype(np.int64)
    packed <<= 32
    packed |= np.arange(len(group))
    packed.sort()
    packed &= 0xFFFFFFFF
    return packed
