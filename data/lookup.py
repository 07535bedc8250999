"""The names of all films, indexed four ways: whole, by beginning, by word, by likeness."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from data.catalogue import Movie
from data.folding import respell
from data.names import Kind, names_of
from data.othertitles import OtherTitles
from data.trigrams import TrigramIndex

_AFTER_ALL = "\U0010ffff"
_MIN_UNFINISHED = 2
"""Letters from which on the last word may be the beginning of a longer one."""
_FUZZY_CANDIDATES = 150
_FUZZY_MIN_SCORE = 45.0
_SHORT_NAME = 7
"""Trigrams are blind to a slip in a name this short, so all names of about its length are compared."""
_SHORT_ONES = 50
_MIN_PART_OF_NAME = 5
_NOWHERE = np.empty(0, dtype=np.int32)


class Grade(IntEnum):
    """How exactly a whole name was typed."""

    LITERAL = 0
    RESPELT = 1
    """Numbers or short forms are written otherwise."""
    LOOSE = 2
    """Blanks differ, or the article is missing."""
    WITHOUT_ARTICLE = 3
    """The typed article had to be dropped or moved."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A film one of whose whole names was typed; the lower the level, the surer it is meant."""

    place: int
    kind: Kind
    grade: Grade

    @property
    def level(self) -> tuple[Kind, Grade]:
        return self.kind, self.grade


class NameLookup:
    """Indexes over the names of `movies`, the most rated film first.

    A film's position in `movies` is its `place`, so the smaller place wins every tie.
    """

    def __init__(self, movies: Sequence[Movie], others: OtherTitles | None = None) -> None:
        self._names: list[str] = []
        self._kinds: list[Kind] = []
        self._owners: list[int] = []
        by_key: defaultdict[str, list[int]] = defaultdict(list)
        by_word: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
        for place, movie in enumerate(movies):
            words: set[str] = set()
            for name in names_of(movie.raw_title):
                for form in name.forms:
                    by_key[form.replace(" ", "")].append(len(self._names))
                    words.update(form.split(" "))
                self._names.append(name.text)
                self._kinds.append(name.kind)
                self._owners.append(place)
            for word in words:
                by_word[word].append(place)
        self._by_key = dict(by_key)
        # Sorted, since films were added by place.
        self._by_word = {word: np.frombuffer(places, dtype=np.int32) for word, places in by_word.items()}
        self._keys = sorted(self._by_key)
        # Names were added by place, so the first one under a key belongs to its most rated film.
        self._key_places = np.array([self._owners[self._by_key[key][0]] for key in self._keys], dtype=np.int32)
        self._words = sorted(self._by_word)
        self._trigrams = TrigramIndex(self._names)
        ids = np.array([movie.movie_id for movie in movies], dtype=np.int64)
        self._others = (others or OtherTitles.none()).at_places(ids)
        self._short: defaultdict[int, dict[int, str]] = defaultdict(dict)
        for number, text in enumerate(self._names):
            if len(text) <= _SHORT_NAME + 1:
                self._short[len(text)][number] = text

    def whole(self, folded: str) -> list[Hit]:
        """The films of which `folded` is a whole name, each once with its surest hit, in no order."""
        if hits := self._whole(folded, Grade.LITERAL) or self._whole_elsewhere(folded):
            return hits
        first, _, rest = folded.partition(" ")
        if rest and first in {"the", "a", "an"}:
            return self._whole(rest, Grade.WITHOUT_ARTICLE)
        start, _, last = folded.rpartition(" ")
        if start and last == "the":
            return self._whole(start, Grade.WITHOUT_ARTICLE)
        return []

    def _whole(self, folded: str, surest: Grade) -> list[Hit]:
        spelled = respell(folded)
        best: dict[int, Hit] = {}
        for key in dict.fromkeys((_squash(folded), _squash(spelled))):
            for number in self._by_key.get(key, ()):
                grade = max(_grade(self._names[number], folded, spelled), surest)
                hit = Hit(self._owners[number], self._kinds[number], grade)
                if hit.place not in best or hit.level < best[hit.place].level:
                    best[hit.place] = hit
        return list(best.values())

    def _whole_elsewhere(self, folded: str) -> list[Hit]:
        """The films that go by this name elsewhere; asked only where no film here does."""
        return [Hit(place, Kind.OTHER, Grade.LITERAL) for place in self._others.whole(_keys_of(folded))]

    def with_prefix(self, folded: str, limit: int, whole_words: bool = False) -> list[int]:
        """The places of the most rated films with a name that begins with `folded`.

        With `whole_words` the films that have `folded` as whole words go before those with a longer last word.
        """
        numbers = self._beginning_with(folded, limit)
        unfinished = dict.fromkeys((self._owners[number] for number in numbers), True)
        for number in numbers if whole_words else ():
            if f" {folded} " in f" {self._names[number]} ":
                unfinished[self._owners[number]] = False
        found = sorted(unfinished, key=lambda place: (unfinished[place], place))[:limit]
        return (
            found if len(found) == limit else _filled(found, self._others.with_prefix(_keys_of(folded), limit), limit)
        )

    def going_on_after(self, folded: str, limit: int) -> set[int]:
        """The places of films with a name that goes on after `folded` as whole words, the article left out."""
        text = f"{respell(folded)} "
        numbers = self._beginning_with(folded, limit)
        return {self._owners[number] for number in numbers if f" {text}" in f" {respell(self._names[number])}"}

    def _beginning_with(self, folded: str, limit: int) -> set[int]:
        """Numbers of the names that begin with `folded`, those of the `limit` most rated films among them."""
        numbers: set[int] = set()
        for prefix in {_squash(folded), _squash(respell(folded))}:
            start = bisect_left(self._keys, prefix)
            end = bisect_left(self._keys, prefix + _AFTER_ALL)
            # A film has several keys, hence more keys than films are looked at.
            for at in _smallest(self._key_places[start:end], 4 * limit):
                numbers.update(self._by_key[self._keys[start + at]])
        return numbers

    def with_words(self, folded: str, limit: int) -> list[int]:
        """The places of the most rated films that have every word, in any order; the last may be unfinished."""
        *words, last = respell(folded).split(" ")
        finished = sorted((self._by_word.get(word, _NOWHERE) for word in words), key=len)
        places = self._with_word_begun(last)
        for others in finished:  # the rarest first, so that little is left for the most frequent
            places = _in_both(places, others)
        found = sorted(set(places.tolist()))[:limit]
        if len(found) == limit:
            return found
        return _filled(found, self._others.with_words(folded.split(" "), limit), limit)

    def _with_word_begun(self, last: str) -> npt.NDArray[np.int32]:
        """The places of films with this word, or with one that begins so; in no order, some of them twice."""
        if len(last) < _MIN_UNFINISHED:
            return self._by_word.get(last, _NOWHERE)
        start = bisect_left(self._words, last)
        end = bisect_left(self._words, last + _AFTER_ALL)
        lists = [self._by_word[word] for word in self._words[start:end]]
        return np.concatenate(lists) if lists else _NOWHERE

    def like(self, folded: str, limit: int) -> list[tuple[int, float]]:
        """Place and score (0–100) of the films with a name like `folded`, the most alike first."""
        numbers = self._trigrams.nearest(folded, _FUZZY_CANDIDATES).tolist()
        if len(folded) <= _SHORT_NAME:
            for length in range(len(folded) - 1, len(folded) + 2):
                names = self._short.get(length, {})
                numbers += [found[2] for found in process.extract(folded, names, scorer=fuzz.ratio, limit=_SHORT_ONES)]
        best: dict[int, float] = {}
        for number in numbers:
            score = _likeness(folded, self._names[number])
            place = self._owners[number]
            if score >= _FUZZY_MIN_SCORE and score > best.get(place, 0.0):
                best[place] = score
        return sorted(best.items(), key=lambda scored: (-round(scored[1]), scored[0]))[:limit]

    def slips_of(self, folded: str, share: float) -> set[int]:
        """The places of films with a name so near that at least this share of it is the same (see `Nearest`)."""
        text, numbers = _squash(folded), _numbers_in(folded)
        return {
            self._owners[number]
            for number in self._trigrams.nearest(folded, _FUZZY_CANDIDATES).tolist()
            if OSA.normalized_similarity(text, _squash(self._names[number])) >= share
            and _numbers_in(self._names[number]) == numbers
        }


def _grade(name: str, folded: str, spelled: str) -> Grade:
    if name == folded:
        return Grade.LITERAL
    return Grade.RESPELT if respell(name) == spelled else Grade.LOOSE


@dataclass(frozen=True, slots=True)
class Nearest:
    """The name of a film that is closest to a text: 0–1, how few slips of the finger part them, and its kind.

    1 minus the optimal string alignment distance over the longer length, blanks left out.
    """

    share: float
    kind: Kind


def nearest_name(folded: str, movie: Movie) -> Nearest:
    """Names with other numbers do not count: they tell a film from its sequel, however alike the rest is."""
    spelled = respell(folded)
    best = Nearest(0.0, Kind.TITLE)
    for name in names_of(movie.raw_title):
        for form in name.forms:
            if _numbers_in(form) == _numbers_in(spelled):
                share = OSA.normalized_similarity(_squash(spelled), _squash(form))
                if share > best.share:
                    best = Nearest(share, name.kind)
    return best


def _numbers_in(folded: str) -> set[str]:
    return {word for word in respell(folded).split(" ") if word.isdecimal()}


def _likeness(folded: str, name: str) -> float:
    """0–100: the texts as a whole, their words in any order, `folded` inside a longer name, or words they share."""
    scores = [fuzz.ratio(folded, name), 0.95 * fuzz.token_sort_ratio(folded, name)]
    if _MIN_PART_OF_NAME <= len(folded) < len(name):
        scores.append(0.85 * fuzz.partial_ratio(folded, name))
    if len(name) >= _MIN_PART_OF_NAME:
        scores.append(0.7 * fuzz.token_set_ratio(folded, name))
    return max(scores)


def _keys_of(folded: str) -> list[str]:
    return list(dict.fromkeys((_squash(folded), _squash(respell(folded)))))


def _filled(found: list[int], others: list[int], limit: int) -> list[int]:
    """What was found, and behind it as many others as there is room for."""
    return list(dict.fromkeys((*found, *others)))[:limit]


def _squash(folded: str) -> str:
    return folded.replace(" ", "")


def _smallest(places: npt.NDArray[np.int32], count: int) -> list[int]:
    """Positions of the `count` smallest values, in no order."""
    if len(places) <= count:
        return list(range(len(places)))
    positions: list[int] = np.argpartition(places, count)[:count].tolist()
    return positions


def _in_both(places: npt.NDArray[np.int32], others: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Those of `places` that are among `others`, which are sorted."""
    if not len(others):
        return _NOWHERE
    at = np.minimum(np.searchsorted(others, places), len(others) - 1)
    common: npt.NDArray[np.int32] = places[others[at] == places]
    return common
