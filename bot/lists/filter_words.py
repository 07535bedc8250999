"""Reading filters as people type them: `comedy drama without:romance 90s popular watchlist 5`, in any order."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rapidfuzz import fuzz, process

from bot.errors import UserError
from bot.lists.filters import LIST_LENGTH, PLAIN, Depth, Filters, ListSource, Years

T = TypeVar("T")

NEAR_SCORE = 65.0
LONGEST_NAME = 3  # words: `science fiction films`
FIRST_YEAR, LAST_YEAR = 1870, 2099
"""Four digits outside of these are no year of a film."""

_DEPTHS: dict[str, Depth] = {
    "popular": "popular", "mainstream": "popular", "hit": "popular",
    "balanced": "balanced",
    "deep": "deep", "deepcut": "deep", "obscure": "deep", "hiddengem": "deep",
}  # fmt: skip
_SOURCES: dict[str, ListSource] = {"watchlist": "watchlist", "wl": "watchlist", "all": "all", "everything": "all"}
_NOUNS = frozenset({"film", "movie", "movy"})
_FILLERS = _NOUNS | {"but", "with", "please"}
"""Words that add nothing, as `_key` folds them."""
_JOINS = frozenset({",", "or", "and", "nor"})
"""What joins the genres of a list; several genres are either way any of them."""

_OTHER_NAMES = {
    "scifi": ("sciencefiction", "sf", "sciencefi"),
    "children": ("kid", "child", "family"),
    "filmnoir": ("noir",),
    "documentary": ("doc", "docu"),
    "romance": ("romantic",),
    "animation": ("animated", "cartoon"),
    "comedy": ("funny",),
    "horror": ("scary",),
    "thriller": ("suspense",),
}
"""What else genres are called, all as `_key` folds them."""

_SIDE = r"['’]?[0-9]{2,4}s?"
_SPAN = re.compile(rf"(?<![\w-])({_SIDE})\s*(?:[-–—]|\bto\b)\s*({_SIDE})(?!\w)", re.IGNORECASE)
_SIGN = re.compile(r"(?<!\S)(without|not?|since|from|after|before|until)\s*[:=]?\s+(?=\S)", re.IGNORECASE)
_SIGNED = re.compile(r"(?:(without|not?|since|from|after|before|until)[:=]|(-)(?=.))", re.IGNORECASE)
_JOIN = re.compile(r"[,&]|(?<=[^\W\d_])/(?=[^\W\d_])")
_NUMBER = re.compile(r"[+-]?\d[\d.,e_/]*", re.IGNORECASE)
_WITHOUT = frozenset({"without", "no", "not", "-"})


@dataclass(eq=False)
class CountError(UserError):
    """A list length outside what is offered."""

    given: str
    limit: int


@dataclass(eq=False)
class UnknownFilterError(UserError):
    """A word that is no genre, no year and no depth; `nearest` may have been meant, `genres` are the catalogue's."""

    word: str
    nearest: str | None
    genres: tuple[str, ...]


@dataclass(eq=False)
class ContradictionError(UserError):
    """Two wishes that no film can fulfil together."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class _Word:
    """One word as it was typed, and what stood before it: `without:romance` is `romance` under `without`."""

    text: str
    sign: str = ""

    @property
    def typed(self) -> str:
        return f"{self.sign}{'' if self.sign in ('', '-') else ':'}{self.text}"


@dataclass(slots=True)
class _Asked:
    """What was read so far, each with the word that said it."""

    genres: dict[str, str] = field(default_factory=dict)
    without: dict[str, str] = field(default_factory=dict)
    depth: dict[Depth, str] = field(default_factory=dict)
    source: dict[ListSource, str] = field(default_factory=dict)
    count: dict[int, str] = field(default_factory=dict)
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    bounds: list[tuple[Years, str]] = field(default_factory=list)


class FilterWords:
    """Reads words against the genres of one catalogue, whose newest film is of `last_year`."""

    def __init__(self, genres: Sequence[str], last_year: int) -> None:
        self.genres = tuple(genres)
        self._last_year = last_year
        self._genre_of = {_key(genre): genre for genre in genres}
        for name, others in _OTHER_NAMES.items():
            if name in self._genre_of:
                self._genre_of |= dict.fromkeys(others, self._genre_of[name])

    def read(self, text: str) -> Filters:
        """What was asked for; raises UnknownFilterError, ContradictionError and CountError."""
        words = self._signed(list(_words(text)))
        asked = _Asked()
        place = 0
        while place < len(words):
            place += self._take_number(words[place], asked) or self._take_name(words[place:], asked)
        for genre in asked.genres.keys() & asked.without.keys():
            raise ContradictionError(asked.genres[genre], asked.without[genre])
        return Filters(
            genres=tuple(asked.genres),
            without=tuple(asked.without),
            years=_years(asked),
            depth=_one(asked.depth, "balanced"),
            source=_one(asked.source, "all"),
            count=_one(asked.count, LIST_LENGTH),
        )

    def read_parts(self, genre: str, without: str, years: str, depth: Depth, source: ListSource, count: int) -> Filters:
        """The same where each wish has a place of its own; raises what `read` raises."""
        left_out = self.read(without)
        if replace(left_out, genres=()) != PLAIN:
            raise UnknownFilterError(without, None, self.genres)
        words = [genre, years, *(f"without:{one}" for one in left_out.genres)]
        return replace(self.read(" ".join(words)), depth=depth, source=source, count=count)

    def complete(self, text: str, limit: int) -> list[str]:
        """What a list of genres that is being typed may become: `Comedy, dr` becomes `Comedy, Drama`."""
        before, comma, begun = text.rpartition(",")
        typed = _key(begun)
        named = [genre for key, genre in self._genre_of.items() if typed and key.startswith(typed)]
        head = f"{before.strip()}, " if comma else ""
        offered = dict.fromkeys(named if typed else self.genres)
        return [f"{head}{genre}" for genre in offered if genre not in before][:limit]

    def _signed(self, words: Sequence[_Word]) -> list[_Word]:
        """The words without what joins them, and each genre under the sign of its list.

        `without horror, thriller or war` leaves out all three: a list goes on as long as its genres are joined, by a
        comma too (`no horror, comedy`), and ends at anything else, such as `but`, `with`, a year or a count.
        """
        signed: list[_Word] = []
        sign, is_joined, place = "", False, 0
        while place < len(words):
            word = words[place]
            if not word.sign and word.text.casefold() in _JOINS:
                is_joined = True
                place += 1
                continue
            width = self._genre_width(words[place:])
            if width and is_joined and not word.sign:
                word = replace(word, sign=sign)
            if width or _key(word.text) not in _NOUNS:
                sign = word.sign if width and word.sign in _WITHOUT else ""
            signed += [word, *words[place + 1 : place + width]]
            is_joined = False
            place += max(width, 1)
        return signed

    def _genre_width(self, words: Sequence[_Word]) -> int:
        """How many words the longest genre that begins here has; 0 where none does."""
        for width in range(min(LONGEST_NAME, len(words)), 0, -1):
            key = _key("".join(word.text for word in words[:width]))
            if key in self._genre_of and not any(word.sign or word.text == "," for word in words[1:width]):
                return width
        return 0

    def _take_number(self, word: _Word, asked: _Asked) -> int:
        """Read a count, a year or a stretch of years; 1 if the word was one."""
        span = self._span(word.text)
        if span is not None and word.sign not in _WITHOUT:
            first, last = span
            match word.sign:
                case "since":
                    asked.bounds.append((Years(first, None), word.typed))
                case "after":
                    asked.bounds.append((Years(last + 1, None), word.typed))
                case "before":
                    asked.bounds.append((Years(None, first - 1), word.typed))
                case "until":
                    asked.bounds.append((Years(None, last), word.typed))
                case "from" if first == last:
                    asked.bounds.append((Years(first, None), word.typed))
                case _:
                    asked.spans.append((first, last, word.typed))
            return 1
        if not _NUMBER.fullmatch(word.text):
            return 0
        if word.sign or not re.fullmatch("[0-9]{1,3}", word.text) or not 1 <= int(word.text) <= LIST_LENGTH:
            raise CountError(word.typed, LIST_LENGTH)
        asked.count.setdefault(int(word.text), word.typed)
        return 1

    def _span(self, text: str) -> tuple[int, int] | None:
        """First and last year of `1994`, `90s`, `1990-1999` or `80s-90s`; a span may be written from its end."""
        start, dash, end = re.sub("['’]", "", text.lower()).partition("-")
        if dash and re.fullmatch("[0-9]{4}", start) and re.fullmatch("[0-9]{2}", end):
            end = start[:2] + end
        sides = [self._side(side) for side in ((start, end) if dash else (start,))]
        known = [side for side in sides if side is not None]
        if len(known) < len(sides):
            return None
        return min(first for first, _ in known), max(last for _, last in known)

    def _side(self, text: str) -> tuple[int, int] | None:
        """`90s` is the latest decade of that name that has begun in the catalogue."""
        if re.fullmatch("[0-9]0s", text):
            first = 2000 + int(text[:2])
            first -= 100 if first > self._last_year else 0
        elif re.fullmatch("[0-9]{4}|[0-9]{3}0s", text):
            first = int(text[:4])
        else:
            return None
        return (first, first + 9 * text.endswith("s")) if FIRST_YEAR <= first <= LAST_YEAR else None

    def _take_name(self, words: Sequence[_Word], asked: _Asked) -> int:
        """Read the longest name that begins here; how many words it took. Raises UnknownFilterError."""
        for width in range(min(LONGEST_NAME, len(words)), 0, -1):
            if any(word.sign for word in words[1:width]):
                continue
            key = _key("".join(word.text for word in words[:width]))
            sign = words[0].sign
            typed = " ".join(word.typed for word in words[:width])
            if key in self._genre_of and sign in {"", *_WITHOUT}:
                chosen = asked.without if sign else asked.genres
                chosen.setdefault(self._genre_of[key], typed)
            elif not sign and key in _DEPTHS:
                asked.depth.setdefault(_DEPTHS[key], typed)
            elif key in _SOURCES and sign in {"", "from"}:
                asked.source.setdefault(_SOURCES[key], typed)
            elif sign or key not in _FILLERS:
                continue
            return width
        raise UnknownFilterError(words[0].typed, self._nearest(words[0].text), self.genres)

    def _nearest(self, text: str) -> str | None:
        names = {**self._genre_of, "popular": "popular", "balanced": "balanced", "deep": "deep", "wl": "watchlist"}
        names["watchlist"] = "watchlist"
        near = process.extractOne(_key(text), list(names), scorer=fuzz.ratio, score_cutoff=NEAR_SCORE)
        return names[near[0]] if near is not None else None


def _words(text: str) -> Iterator[_Word]:
    """Words with what stands before them; commas, `&` and the `/` of `horror/war` are words `,` of their own."""
    folded = unicodedata.normalize("NFKC", text).replace('"', " ").replace("“", " ").replace("”", " ")
    folded = _SIGN.sub(r"\1:", _JOIN.sub(" , ", _SPAN.sub(r"\1-\2", folded)))
    for typed in folded.split():
        signed = _SIGNED.match(typed)
        sign = (signed[1] or signed[2]).lower() if signed else ""
        if text := typed[signed.end() if signed else 0 :]:
            yield _Word(text, sign)


def _key(text: str) -> str:
    """A name as it is compared: letters and digits alone, in the singular."""
    letters = "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())
    if letters.endswith("ies") and len(letters) > 4:
        return letters[:-3] + "y"
    return letters[:-1] if letters.endswith("s") and len(letters) > 3 else letters


def _one(said: dict[T, str], otherwise: T) -> T:
    """The one value that was said; raises ContradictionError where there are two."""
    if len(said) > 1:
        one, other, *_ = said.values()
        raise ContradictionError(one, other)
    return next(iter(said), otherwise)


def _years(asked: _Asked) -> Years:
    """All stretches joined, where they touch, and then bounded; raises ContradictionError where nothing is left."""
    first, last, said = None, None, ""
    for start, end, typed in sorted(asked.spans):
        if last is not None and start > last + 1:
            raise ContradictionError(said, typed)
        first = start if first is None else first
        last, said = (end, typed) if last is None or end > last else (last, said)
    for bound, typed in asked.bounds:
        first = max((one for one in (first, bound.first) if one is not None), default=None)
        last = min((one for one in (last, bound.last) if one is not None), default=None)
        if first is not None and last is not None and first > last:
            raise ContradictionError(said, typed)
        said = typed
    return Years(first, last)
