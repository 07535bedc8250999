"""Finding films by what people type: exact, then prefix, then all words, then fuzzy."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from data.catalogue import Catalogue, Movie
from data.folding import fold
from data.lookup import Grade, Hit, NameLookup, nearest_name
from data.names import Kind
from data.namesakes import newer_namesakes
from data.othertitles import OtherTitles
from data.titles import read_name

TEXT_LIMIT = 300
"""Characters; nothing longer names a film."""
CANDIDATES = 10
NEAREST = 3

_TYPED_ID = re.compile(r"id\s*:\s*(\d{1,18})", re.ASCII | re.IGNORECASE)
_TYPED_YEAR = re.compile(
    r"(?P<title>.*\S)(?:\s*(?P<bracket>[(\[{])|[\s,]+)(?:(?P<year>(?:18|19|20)\d\d)|['’](?P<short>\d\d))"
    r"[)\]}]?[*_~`|!.,\"'”’]*",
    re.ASCII | re.DOTALL,
)
_NEWEST_SHORT_YEAR = 39
"""`'39` is 2039, `'40` is 1940."""
_FULL_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_REMARK = re.compile(r"(?P<title>.*\S)\s*[(\[][^()\[\]]*[)\]]", re.DOTALL)
_STARTED_YEAR = re.compile(r"(?P<title>.*\S)\s*\(\d{0,3}", re.ASCII | re.DOTALL)
_YEAR_TOLERANCE = 1
"""Years; films are dated by first showing here and by release there."""
_DATED_CANDIDATES = 150
_UNMISTAKABLE = 0.85
"""Closeness: one slip in seven letters."""
_LEAD = 0.05
_MIN_UNMISTAKABLE = 5
"""Letters; in anything shorter one slip makes another word."""
_MAYBE = 0.7
_PREFIX_SCORE, _WORDS_SCORE, _FUZZY_MAX_SCORE = 88.0, 84.0, 80.0
_POPULAR_SHARE = 0.2
"""A single word out of a longer title (Borat, 2001) is taken for the film only if that is among the most rated."""
_MUCH_MORE = 5
"""Times the ratings; so much better known is The Blair Witch Project than Blair Witch, and may be meant by that."""
_BEYOND_COMPARE = 15
"""Times the ratings; The Fugitive of 1993 has 190 in ml-latest-small and that of 1947 has one, which nobody means who
does not say so.
"""
_RIVALS_LOOKED_AT = 50
_FEW = 0.032
"""Of the ratings of the best known film; one with fewer may be meant less often than one that is not listed.

A title of one word is shared by 16 % of the films of ml-latest-small that have one, of two words by 6 %, of three by
4 %: the limit is divided by the words, so Persona (6 ratings of 329) is asked about, The Gold Rush (7) is not.
"""
_AGED_YEARS = 20
"""Before a film is so old, it has fewer ratings since there was less time for them, and fewer films after it."""


class Tier(IntEnum):
    """How a film was found, the surest first."""

    EXACT = 0
    PREFIX = 1
    WORDS = 2
    FUZZY = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A film found; `score` is 0–100."""

    movie: Movie
    score: float
    tier: Tier


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A match before its film is looked up."""

    place: int
    score: float
    tier: Tier


@dataclass(frozen=True, slots=True)
class Found:
    """The text means this film beyond doubt."""

    movie: Movie


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The text names this film alone, but a newer or better known one may be meant: so few have rated it, or a newer
    film that is not here is called the same.
    """

    movie: Movie


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text may mean any of these, up to ten, the likeliest first."""

    candidates: tuple[Movie, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No film has such a name; `nearest` are up to three, `asked_year` is the year in the text."""

    nearest: tuple[Movie, ...]
    asked_year: int | None


Resolution = Found | Doubtful | Ambiguous | Unknown


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, folded: as a whole, and cut into title and year. All empty where it cannot be a title."""

    whole: str
    title: str
    year: int | None
    bracketed: bool = False

    @classmethod
    def read(cls, text: str) -> "Query":
        text = text.translate(_FULL_WIDTH).strip()
        if len(text) > TEXT_LIMIT:
            return cls("", "", None)
        whole = fold(read_name(text).text)
        if (dated := _TYPED_YEAR.fullmatch(text)) and (title := fold(read_name(dated["title"]).text)):
            return cls(whole, title, _year_of(dated), dated["bracket"] is not None)
        return cls(whole, whole, None)

    def readings(self) -> list[tuple[str, int | None]]:
        """Title and year as they may be meant: `blade runner 2049` is a title, `2012 (2009)` is not."""
        if self.year is None:
            return [(self.whole, None)]
        readings: list[tuple[str, int | None]] = [(self.whole, None), (self.title, self.year)]
        return readings[::-1] if self.bracketed else readings


class TitleIndex:
    """All names of a catalogue's films, ready to be searched, and those they go by elsewhere; it never changes.

    Of films that share title and year (the data sets list a few twice) only the most rated is known by name.
    """

    def __init__(self, catalogue: Catalogue, others: OtherTitles | None = None) -> None:
        self._catalogue = catalogue
        renown = {movie_id: catalogue.renown(movie) for movie_id, movie in catalogue.items()}
        self._movies = _without_twins(
            sorted(catalogue.values(), key=lambda movie: (-renown[movie.movie_id], movie.movie_id))
        )
        self._renown = [renown[movie.movie_id] for movie in self._movies]
        self._lookup = NameLookup(self._movies, others)
        self._newer = self._newer_titles()

    def search(self, text: str, limit: int = 10) -> list[Match]:
        """Up to `limit` films, the surest tier first and in it the most rated first.

        A year in `text` leaves only the films of that year, if any fit.
        """
        if typed_id := _TYPED_ID.fullmatch(text.strip()[:TEXT_LIMIT]):
            movie = self._catalogue.get(int(typed_id[1]))
            return [] if movie is None else [Match(movie, 100.0, Tier.EXACT)]
        found = self._search(Query.read(text), limit, finished=True)
        return [Match(self._movies[one.place], one.score, one.tier) for one in found]

    def autocomplete(self, text: str, limit: int = 25) -> list[Movie]:
        """Up to `limit` films for what has been typed so far; the most rated ones where nothing has been."""
        text = text.strip()
        if not text:
            return self._movies[:limit]
        if _TYPED_ID.fullmatch(text[:TEXT_LIMIT]):
            return [match.movie for match in self.search(text, limit)]
        if len(text) <= TEXT_LIMIT and (started := _STARTED_YEAR.fullmatch(text)):
            text = started["title"]
        return list(self._at(self._search(Query.read(text), limit, finished=False)))

    def exact(self, text: str) -> tuple[Movie, ...]:
        """The films of which `text`, after folding, is a whole name; the most rated first."""
        hits = self._lookup.whole(Query.read(text).whole)
        return tuple(self._movies[place] for place in sorted(hit.place for hit in hits))

    def with_words(self, text: str, limit: int) -> tuple[Movie, ...]:
        """Up to `limit` films with all these words in a name, the last one perhaps longer, the most rated first."""
        whole = Query.read(text).whole
        return tuple(self._movies[place] for place in self._lookup.with_words(whole, limit)) if whole else ()

    def is_name(self, text: str) -> bool:
        """Whether `text`, after folding, is a whole name of some film, or one with its year."""
        readings = Query.read(text).readings()
        return any(self._dated(self._lookup.whole(title), year) for title, year in readings if title)

    def resolve(self, text: str) -> Resolution:
        """The one film `text` means, the films to choose from, or the nearest ones. Never raises."""
        if typed_id := _TYPED_ID.fullmatch(text.strip()[:TEXT_LIMIT]):
            movie = self._catalogue.get(int(typed_id[1]))
            return Unknown((), None) if movie is None else Found(movie)
        query = Query.read(text)
        if not query.title:
            return Unknown((), None)
        for title, year in query.readings():
            if hits := self._dated(self._lookup.whole(title), year):
                return self._choose(title, year, hits)
        if query.year is not None and not query.bracketed:
            slips = self._lookup.slips_of(query.whole, _UNMISTAKABLE)  # `blade runer 2049`
            if slips:
                return self._choose(query.whole, None, [Hit(place, Kind.TITLE, Grade.LOOSE) for place in slips])
        if hits := self._lookup.whole(query.title):
            return self._other_year(query, self._likeliest(hits))
        found = self._resolve_inexact(query)
        if isinstance(found, Unknown) and (remarked := _REMARK.fullmatch(text.strip())):
            return self._without_remark(remarked["title"], found)
        return found

    def _without_remark(self, title: str, unknown: Unknown) -> Resolution:
        """What is asked where the end in brackets, as in `Volver (Almodóvar)`, is no part of any name."""
        hits = self._lookup.whole(Query.read(title).whole)
        return Ambiguous(self._likeliest(hits)) if hits else unknown

    def _choose(self, title: str, year: int | None, hits: list[Hit]) -> Resolution:
        """One film where a single one has the surest hit and no better known film may be meant by it too."""
        surest = min(hits, key=lambda hit: (hit.level, hit.place))
        rivalled = any(
            hit.place < surest.place or (hit.level == surest.level and not self._outshines(surest, hit.place))
            for hit in hits
            if hit != surest
        )
        telling = surest.kind is not Kind.PART or " " in title or self._is_popular(surest.place)
        overshadowing = [] if rivalled else self._overshadowing(title, year, surest.place)
        if telling and not rivalled and not overshadowing:
            movie = self._movies[surest.place]
            is_doubtful = read_name(title).bare in self._newer or self._is_little_known(surest.place, title)
            return Doubtful(movie) if year is None and is_doubtful else Found(movie)
        others = [Hit(place, Kind.PART, Grade.LOOSE) for place in overshadowing[: CANDIDATES // 2]]
        return Ambiguous(self._likeliest([*hits, *others]))

    def _outshines(self, surest: Hit, other: int) -> bool:
        """Whether a film is so much better known than an older one of its name that nobody means that by the name.

        A newer one may be meant.
        """
        year, others_year = self._movies[surest.place].year, self._movies[other].year
        if surest.grade > Grade.RESPELT or year is None or others_year is None or others_year > year:
            return False
        return self._renown[surest.place] >= _BEYOND_COMPARE * max(1, self._renown[other])

    def _newer_titles(self) -> frozenset[str]:
        """Folded titles, without their articles, of films that are not here and may be taken for older ones."""
        named = ((fold(title), year) for title, year in newer_namesakes())
        return frozenset(
            read_name(title).bare
            for title, year in named
            if not any(_near(self._movies[hit.place], year) for hit in self._lookup.whole(title))
        )

    def _is_little_known(self, place: int, title: str) -> bool:
        """Whether a film has too few ratings to be meant by `title` alone, which the more words it has the surer is."""
        words = len(read_name(title).bare.split(" "))
        year = self._movies[place].year
        age = _AGED_YEARS if year is None else self._catalogue.last_year - year
        return self._renown[place] < _FEW * self._renown[0] * min(age / _AGED_YEARS, 1) / words

    def _overshadowing(self, title: str, year: int | None, place: int) -> list[int]:
        """Much better known films of the year whose name goes on after `title`, or is a slip of the finger away."""
        if self._is_popular(place):
            return []
        enough = _MUCH_MORE * max(1, self._renown[place])

        def is_rival(other: int) -> bool:
            is_better_known = other < place and self._renown[other] >= enough
            return is_better_known and (year is None or _near(self._movies[other], year))

        rivals = {other for other in self._lookup.going_on_after(title, _RIVALS_LOOKED_AT) if is_rival(other)}
        if len(title) >= _MIN_UNMISTAKABLE:
            rivals |= {other for other in self._lookup.slips_of(title, _UNMISTAKABLE) if is_rival(other)}
        return sorted(rivals)

    def _resolve_inexact(self, query: Query) -> Resolution:
        found = self._collect(query.title, 2 * CANDIDATES, finished=True)
        dated = [one for one in found if query.year is None or _near(self._movies[one.place], query.year)]
        if not dated and query.year is not None and query.year > self._catalogue.last_year:
            return Unknown(self._at(found[:NEAREST]), query.year)
        near = {one.place: nearest_name(query.title, self._movies[one.place]) for one in dated or found}
        best = max((one.share for one in near.values()), default=0.0)
        if dated and len(query.title) >= _MIN_UNMISTAKABLE and best >= _UNMISTAKABLE:
            close = (one for one in near if near[one].share > best - _LEAD)
            return self._choose(query.title, query.year, [Hit(one, near[one].kind, Grade.LOOSE) for one in close])
        maybe = [one for one in dated or found if one.tier < Tier.FUZZY or near[one.place].share >= _MAYBE]
        if maybe:
            return Ambiguous(self._at(maybe[:CANDIDATES]))
        return Unknown(self._at(found[:NEAREST]), query.year)

    def _other_year(self, query: Query, films: tuple[Movie, ...]) -> Resolution:
        """The title is known, but from no such year: another film if it is newer than all here, else a slip.

        A film of that year whose longer title has all the words may be meant as well.
        """
        if query.year is not None and query.year > self._catalogue.last_year:
            return Unknown(films[:NEAREST], query.year)
        longer = (self._movies[place] for place in self._lookup.with_words(query.title, _DATED_CANDIDATES))
        dated = [movie for movie in longer if query.year is not None and _near(movie, query.year)]
        return Ambiguous(tuple(dict.fromkeys((*dated[: CANDIDATES // 2], *films)))[:CANDIDATES])

    def _dated(self, hits: list[Hit], year: int | None) -> list[Hit]:
        """The hits of that year, or else of the years beside it."""
        if year is None:
            return hits
        exact = [hit for hit in hits if self._movies[hit.place].year == year]
        return exact or [hit for hit in hits if _near(self._movies[hit.place], year)]

    def _likeliest(self, hits: list[Hit]) -> tuple[Movie, ...]:
        """The films of the surest hits, the most rated first."""
        surest = sorted(hits, key=lambda hit: (hit.level, hit.place))[:CANDIDATES]
        return tuple(self._movies[place] for place in sorted(hit.place for hit in surest))

    def _at(self, found: Sequence[_Candidate]) -> tuple[Movie, ...]:
        return tuple(self._movies[one.place] for one in found)

    def _is_popular(self, place: int) -> bool:
        return place < _POPULAR_SHARE * len(self._movies)

    def _search(self, query: Query, limit: int, *, finished: bool) -> list[_Candidate]:
        if query.year is None or self._lookup.whole(query.whole):
            return self._collect(query.whole, limit, finished=finished)
        found = self._collect(query.title, max(limit, _DATED_CANDIDATES), finished=finished)
        return ([one for one in found if self._movies[one.place].year == query.year] or found)[:limit]

    def _collect(self, folded: str, limit: int, *, finished: bool) -> list[_Candidate]:
        """Up to `limit` films by one tier after the other, each film once.

        What is `finished` is made of whole words, so films with these words go before films with longer ones;
        what is still being typed gets likenesses only where nothing else fits.
        """
        found: dict[int, _Candidate] = {}
        for tier, ask in self._tiers(folded, limit, finished) if folded else ():
            if len(found) >= limit or (tier is Tier.FUZZY and found and not finished):
                break
            for place, score in ask():
                found.setdefault(place, _Candidate(place, score, tier))
        return list(found.values())[:limit]

    def _tiers(
        self, folded: str, limit: int, finished: bool
    ) -> Iterator[tuple[Tier, Callable[[], list[tuple[int, float]]]]]:
        """Places and scores, tier by tier, as calls: a dear tier is asked only where the others did not do."""
        lookup = self._lookup
        yield Tier.EXACT, lambda: _scored(lookup.whole(folded))
        yield (
            Tier.PREFIX,
            lambda: [(place, _PREFIX_SCORE) for place in lookup.with_prefix(folded, limit, finished)],
        )
        yield Tier.WORDS, lambda: [(place, _WORDS_SCORE) for place in lookup.with_words(folded, limit)]
        yield (
            Tier.FUZZY,
            lambda: [(place, min(score, _FUZZY_MAX_SCORE)) for place, score in lookup.like(folded, limit)],
        )


def _scored(hits: list[Hit]) -> list[tuple[int, float]]:
    """Whole names by how sure they are: 100 for the title letter for letter, less for what differs."""
    ordered = sorted(hits, key=lambda hit: (hit.level, hit.place))
    return [(hit.place, 100.0 - 4 * hit.kind - hit.grade) for hit in ordered]


def _without_twins(movies: Iterable[Movie]) -> list[Movie]:
    first: dict[object, Movie] = {}
    for movie in movies:
        name = movie.movie_id if movie.year is None else movie.raw_title.strip().casefold()
        first.setdefault(name, movie)
    return list(first.values())


def _year_of(dated: re.Match[str]) -> int:
    if dated["year"]:
        return int(dated["year"])
    short = int(dated["short"])
    return short + (2000 if short <= _NEWEST_SHORT_YEAR else 1900)


def _near(movie: Movie, year: int) -> bool:
    return movie.year is not None and abs(movie.year - year) <= _YEAR_TOLERANCE
