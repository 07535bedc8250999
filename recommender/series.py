"""Series of films, found from titles, years and genres: Toy Story and Toy Story 2, the Harry Potter films.

A title is read as the name of a series and what tells its part: a number ("Rocky II", "Kill Bill: Vol. 2"), a subtitle
("Alien: Resurrection"), an adventure ("Harry Potter and the …") or a word of sequels ("Batman Returns"). Precision
comes first: a remake of the same title begins a series of its own, an unnumbered part comes soon after the one before
it, and parts share a genre.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from recommender.item_features import NO_GENRES, release_years
from recommender.ranking import EXCLUDED
from recommender.vocabulary import BoolArray, FloatArray, IndexArray, Vocabulary

NO_SERIES = -1

REACH = 50
"""Places of a list in which the parts of series are put in order."""

GAP_YEARS = 20
"""An unnumbered part comes at most so long after the part before it; later it is another adaptation."""

MISSING_PARTS = 2
"""A bare number is at most so far beyond the parts found: Iron Eagle IV is a part, Game 6 is not one of The Game."""

FIRST_YEAR = 1900
"""Greater numbers are years, as in Airport 1975, and may be any."""

KINDS = frozenset(("Animation", "Documentary"))
"""All parts have such a genre, or none: the animated Lord of the Rings is no part of the filmed one."""

TOO_COMMON = frozenset(("Comedy", "Documentary", "Drama"))
"""Genres that do not make films a series which share the words before a colon: stage shows of one comedian."""

_YEAR_AT_END = re.compile(r"\s*\(\d{4}[^()]*\)\s*$")
_BRACKETS = re.compile(r"(?<=\S)\s+\([^()]*\)")
_MOVED_ARTICLE = re.compile(r"^([^:]+), (the|a|an)\b(?=$|:| -)")
_ARTICLE = re.compile(r"^(?:the|an?) (?=.)")
_GLUED = re.compile(r"(?<=\S)(?=[²³⁴])|(?<=\d)(?=[½⅓])")
_SIGNS = re.compile(r"[^\w\s'&/.\[\]-]|(?<!\d)\.|\.(?!\d)")
_BREAK = re.compile(r":\s+|\s+[-–—]\s+")
_COUNTED = re.compile(r" (?:part|pt|vol|volume|chapter|episode)$")
_ADVENTURE = re.compile(r"(\S+ \S.*?) (?:and|&) the ")
_SEQUEL = (
    *(" returns", " reloaded", " revolutions", " forever", " forever after", " rises", " resurrection", " salvation"),
    *(" unleashed", " reborn", " rides again", " strikes again", " strikes back", " again", " beyond", " genisys"),
    *(" into darkness", " balboa", " the third"),
)
_ENGLISH = (
    *("one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve", "thirteen"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
_NUMERALS = {word: float(n) for words in (_ENGLISH, _ROMAN) for n, word in enumerate(words, 1)}
_DIGITS = re.compile(r"'?(\d+(?:\.\d)?)")

How = Literal["title", "number", "counted", "subtitle", "sequel"]
"""What makes it a part: the bare name, a number, a counted one ("Part 2", "2 1/2"), a subtitle, a word of sequels."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a title. `name` has no article; `article` is the one it had."""

    name: str
    article: str
    how: How
    number: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    movie_idx: int
    year: float
    genres: frozenset[str]
    reading: Reading


@dataclass(slots=True)
class Run:
    """Films of one name in the order of their parts, from the first film or a remake of it to the next remake."""

    parts: list[Part] = field(default_factory=list)

    def begins_anew(self, part: Part) -> bool:
        """Whether it is a film of the same title or number once more."""
        how = part.reading.how
        return how == "title" or (part.reading.number > 0 and part.reading.number in self._numbers())

    def admits(self, part: Part) -> bool:
        """Whether the film may continue the run."""
        if not self.parts:
            return part.reading.how != "sequel"
        first, last = self.parts[0], self.parts[-1]
        if first.genres and part.genres and not first.genres & part.genres:
            return False
        if part.reading.how == "subtitle" and part.reading.article != first.reading.article:
            return False
        if part.reading.how == "number":
            known = max({len(self.parts)} | self._numbers())
            return part.reading.number <= known + MISSING_PARTS or part.reading.number >= FIRST_YEAR
        return part.reading.how == "counted" or part.year - last.year <= GAP_YEARS

    def is_series(self) -> bool:
        """Whether anything but words in common says that these are parts of one whole."""
        if len(self.parts) < 2:
            return False
        hows = {part.reading.how for part in self.parts}
        numbers = self._numbers()
        if "title" in hows or "counted" in hows or any(number + 1 in numbers for number in numbers):
            return True
        if "subtitle" not in hows:
            return False
        genres = [part.genres for part in self.parts if part.genres]
        return bool(numbers or (genres and frozenset.intersection(*genres) - TOO_COMMON))

    def _numbers(self) -> set[float]:
        return {part.reading.number for part in self.parts} - {0.0}


@dataclass(frozen=True, slots=True)
class PartOrder:
    """Puts the parts of each series into their order within a list."""

    movies: int
    movie_idx: IndexArray  # [parts] series by series, each in the order of its parts
    series: npt.NDArray[np.complex128]  # [parts] the number of its series, as complex numbers to sort with

    @classmethod
    def of(cls, series: IndexArray, place: IndexArray, listed: BoolArray) -> Self:
        """Of the films [movies] that may be `listed`; series with a single one have no order."""
        parts = np.flatnonzero(listed & (series != NO_SERIES))
        parts = parts[np.bincount(series[parts], minlength=1)[series[parts]] > 1]
        parts = parts[np.lexsort((place[parts], series[parts]))]
        return cls(len(series), parts, series[parts].astype(np.complex128))

    def apply(self, scores: FloatArray, best: IndexArray) -> None:
        """In place: the scores that the parts of a series have go to them by their order, the highest to the first.

        So the first part that is not EXCLUDED stands where the best of them stood. Only parts among the REACH highest
        of the `best` films take part: a beginning that the scores put far behind does not take a sequel's place.
        """
        last = min(REACH, len(best))
        if not last:
            return
        own = scores[self.movie_idx]
        is_open = (own != EXCLUDED) & (own >= np.partition(scores[best], -last)[-last])
        by_series = self.series[is_open]
        by_series.imag = -own[is_open]
        by_series.sort()  # by series, then by score
        scores[self.movie_idx[is_open]] = -by_series.imag

    def in_list(self, listed: IndexArray, pool: IndexArray) -> IndexArray:
        """The same places of a list, but of each series the first parts of the pool it was chosen from."""
        scores = np.full(self.movies, EXCLUDED, dtype=np.float32)
        scores[pool] = 0
        scores[listed] = np.arange(len(listed), 0, -1)
        self.apply(scores, pool)
        return np.asarray(pool[np.argsort(-scores[pool], kind="stable")][: len(listed)])

    def together(self, listed: IndexArray) -> IndexArray:
        """The same films, those of a series right behind the first of them."""
        series = np.full(self.movies, NO_SERIES)
        series[self.movie_idx] = self.series.real
        of = series[listed]
        alone = -1 - np.arange(len(listed))
        _, first, group = np.unique(np.where(of == NO_SERIES, alone, of), return_index=True, return_inverse=True)
        return np.asarray(listed[np.argsort(first[group], kind="stable")])


def find_series(movies: pd.DataFrame | None, vocabulary: Vocabulary) -> tuple[IndexArray, IndexArray]:
    """[movies] the number of each film's series, NO_SERIES without one, and [movies] its place in it, from 0.

    Places follow the years of release, then the numbers in the titles. Films without a title or year are of none.
    """
    series = np.full(len(vocabulary), NO_SERIES, dtype=np.int64)
    place = np.zeros(len(vocabulary), dtype=np.int64)
    found = 0
    for same_name in _by_name(movies, vocabulary):
        for run in _runs(part for part in same_name if series[part.movie_idx] == NO_SERIES):
            if run.is_series():
                idx = [part.movie_idx for part in run.parts]
                series[idx], place[idx] = found, np.arange(len(idx))
                found += 1
    return series, place


def readings(title: str) -> Iterator[Reading]:
    """All ways to read a title, as MovieLens writes it or as a person says it."""
    pieces = [_words(piece) for piece in _BREAK.split(_plain(title))]
    pieces = [piece for piece in pieces if piece]
    for size in range(1, len(pieces) + 1):
        whole = " ".join(pieces[:size])
        name = _ARTICLE.sub("", whole)
        article = whole[: len(whole) - len(name)]
        numbered = _numbered(name, article)
        if numbered is not None:
            yield numbered
        yield Reading(name, article, "title" if size == len(pieces) else "subtitle")
        if name.endswith(_SEQUEL):
            words = next(words for words in _SEQUEL if name.endswith(words))
            yield Reading(name.removesuffix(words), article, "sequel")
        if size == 1 and " the " in name and (match := _ADVENTURE.match(name)):
            yield Reading(match[1], article, "subtitle")


def _by_name(movies: pd.DataFrame | None, vocabulary: Vocabulary) -> list[list[Part]]:
    """The films of each name and kind, the broadest names first: Star Wars before Star Wars: The Clone Wars."""
    if movies is None or "title" not in movies or "year" not in movies:
        return []
    named: defaultdict[tuple[str, frozenset[str]], dict[int, Part]] = defaultdict(dict)
    rows = movies.drop_duplicates("movie_id").set_index("movie_id").reindex(vocabulary.ids)
    genres = rows["genres"].fillna("").astype(str).tolist() if "genres" in rows else [""] * len(rows)
    titles = rows["title"].fillna("").astype(str).tolist()
    for idx, (title, year, of) in enumerate(zip(titles, release_years(movies, vocabulary), genres, strict=True)):
        if np.isfinite(year):
            flags = frozenset(of.split("|")) - {"", NO_GENRES}
            for reading in readings(title):
                same_name = named[reading.name, flags & KINDS]
                if idx not in same_name or reading.number:
                    same_name[idx] = Part(idx, float(year), flags, reading)
    several = (key for key, parts in named.items() if len(parts) > 1)
    in_order = sorted(several, key=lambda key: (len(key[0]), key[0], sorted(key[1])))
    return [list(named[key].values()) for key in in_order]


def _runs(parts: Iterable[Part]) -> list[Run]:
    runs = [Run()]
    for part in sorted(parts, key=lambda part: (part.year, part.reading.number, part.movie_idx)):
        if runs[-1].begins_anew(part):
            runs.append(Run())
        if runs[-1].admits(part):
            runs[-1].parts.append(part)
    return runs


def _numbered(name: str, article: str) -> Reading | None:
    """The name before a number at the end of it, if there is one."""
    text, _, fraction = name.rpartition(" ") if name.endswith((" 1/2", " 1/3")) else (name, "", "")
    before, _, last = text.rpartition(" ")
    match = _DIGITS.fullmatch(last)
    number = float(match[1]) if match else _NUMERALS.get(last, 0.0)
    number += FIRST_YEAR * last.startswith("'")
    series = _COUNTED.sub("", before)
    is_counted = series != before
    if not series or number <= (0 if is_counted else 1):
        return None
    how: How = "counted" if is_counted or fraction else "number"
    return Reading(series, article, how, number + 0.5 * bool(fraction))


def _plain(title: str) -> str:
    """In lower case without accents, year and other titles in brackets; a moved article stands first again."""
    title = _BRACKETS.sub("", _YEAR_AT_END.sub("", title)) if "(" in title else title
    if not title.isascii():
        title = unicodedata.normalize("NFKD", _GLUED.sub(" ", title))
        title = title.replace("\N{FRACTION SLASH}", "/").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        title = "".join(sign for sign in title if not unicodedata.combining(sign))
    return _MOVED_ARTICLE.sub(r"\2 \1", title.lower().strip())


def _words(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", text).split())
