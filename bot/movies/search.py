"""Finding the film somebody means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from bot.errors import StaleComponentError, UserError
from bot.movies.abbreviations import read_abbreviations
from data import Ambiguous, Catalogue, Doubtful, Found, Movie, Resolution, TitleIndex, Unknown
from data.facets import Facets
from data.folding import fold
from data.lookup import nearest_name
from data.search import Query, Tier

CANDIDATES = 10
LONGEST_ABBREVIATION = 24
_ID = re.compile(r"id:[0-9]+", re.ASCII)
_AND = re.compile(r"\s*(?:,\s*(?:and|und)\b|,|&|\b(?:and|und)\b)\s*", re.IGNORECASE)
_NEAR, _NEAR_WORD = 0.6, 0.75
"""Likeness of a title and of a word, 0–1, from which on it may be a slip."""
_SLIP = 0.7
"""Likeness of a title, where films are listed that nobody asked for by name."""
_TELLING = 4
"""Letters of a word that tells one title from another."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Several films fit, or a single one that may not be meant; the member is asked."""

    text: str
    candidates: tuple[Movie, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Films by a part of their title; `is_near` where no title has it."""

    movies: tuple[Movie, ...]
    is_near: bool


@dataclass(eq=False)
class UnknownTitleError(UserError):
    """No film matches; `nearest` are those that may be meant all the same, `last_year` is where the catalogue ends."""

    text: str
    nearest: tuple[Movie, ...]
    last_year: int
    asked_year: int | None

    @property
    def is_newer(self) -> bool:
        """Whether it is of a year that the catalogue does not reach."""
        return self.asked_year is not None and self.asked_year > self.last_year


@dataclass(eq=False)
class FormerMovieError(UserError):
    """The film is in the catalogue no more; what was kept about it still is."""

    movie: Movie


@dataclass(eq=False)
class PlaceError(UserError):
    """A place in a list, where a title is asked for: `number 3`."""

    text: str


@dataclass(eq=False)
class NarrowedError(UserError):
    """A film with a wish behind it, where a title alone is asked for: `The Matrix but older`."""

    text: str


class MovieSearch:
    """The catalogue, its genres and years, and its title search."""

    def __init__(self, catalogue: Catalogue, index: TitleIndex) -> None:
        self.catalogue = catalogue
        self.facets = Facets(catalogue.values(), catalogue.renown)
        self._index = index
        self._former = TitleIndex(Catalogue(catalogue.former.values()))
        self._abbreviations = read_abbreviations(index.exact)

    def become(self, other: "MovieSearch") -> None:
        """Search another catalogue from now on."""
        self.__dict__ = dict(vars(other))  # at once, whatever is being asked in a thread

    def look_up(self, text: str) -> Movie | Choice:
        """The film `text` names beyond doubt, or the ones to choose from.

        Raises UnknownTitleError, and FormerMovieError where the only film of that name is in the catalogue no more.
        """
        if (short := self._abbreviated(text)) and (films := self.titled(text)):
            return short[0] if len(films) == 1 else Choice(text, films)
        found = self._index.resolve(text)
        if not isinstance(found, Unknown):
            return _chosen(text, found)
        if former := self._former_named(text):
            raise FormerMovieError(former[0])
        near = tuple(movie for movie in found.nearest if is_near(text, movie))
        raise UnknownTitleError(text, near, self.catalogue.last_year, found.asked_year)

    def find_kept(self, text: str) -> Movie | Choice:
        """As `find`, among former films too: for taking back what was kept about one."""
        former = self._former_named(text)
        found = self._index.resolve(text)
        if isinstance(found, Unknown) and former:
            return former[0] if len(former) == 1 else Choice(text, former[:CANDIDATES])
        if not former:
            return self.find(text)
        films = _chosen(text, found)
        others = films.candidates if isinstance(films, Choice) else (films,)
        return Choice(text, (*former, *others)[:CANDIDATES])

    def _former_named(self, text: str) -> tuple[Movie, ...]:
        """The former films that `text` names."""
        match self._former.resolve(text):
            case Found(movie) | Doubtful(movie):
                return (movie,)
            case Ambiguous(candidates) if self._former.is_name(text):
                return candidates
        return ()

    def complete_kept(self, text: str, limit: int) -> Sequence[Movie]:
        """As `complete`, former films coming last."""
        return [*self._index.autocomplete(text, limit=limit), *self._former.autocomplete(text, limit=limit)][:limit]

    def find(self, text: str) -> Movie | Choice:
        """The same where nothing is written that could be wrong: a little-known film of that name alone is taken.

        So is the only film with all those words, while one whose title is merely alike is asked about.
        """
        found = self.look_up(text)
        if not isinstance(found, Choice) or len(found.candidates) > 1:
            return found
        is_meant = not self.matching(text, 1).is_near or isinstance(self._index.resolve(text), Doubtful)
        return found.candidates[0] if is_meant else found

    def by_id(self, movie_id: int) -> Movie:
        """The film a button names; raises StaleComponentError where a new catalogue dropped it."""
        movie = self.catalogue.get(movie_id)
        if movie is None:
            raise StaleComponentError
        return movie

    def named(self, movie_id: int) -> Movie:
        """The film of a stored rating; one that neither this catalogue nor an earlier one named goes by its number."""
        title = f"Film {movie_id}"
        known = self.catalogue.get(movie_id) or self.catalogue.former.get(movie_id)
        return known or Movie(movie_id, title, None, (), title, is_former=True)

    def all_named(self, movie_ids: Iterable[int]) -> tuple[Movie, ...]:
        """The films of stored rows, in this order, former ones too."""
        return tuple(self.named(movie_id) for movie_id in movie_ids)

    def is_named(self, movie_id: int) -> bool:
        """Whether the film has, or had, a title here."""
        return movie_id in self.catalogue or movie_id in self.catalogue.former

    def of_ids(self, movie_ids: Sequence[int]) -> tuple[Movie, ...]:
        """The films of these ids, in this order, without the ones the catalogue does not have."""
        movies = (self.catalogue.get(movie_id) for movie_id in movie_ids)
        return tuple(movie for movie in movies if movie is not None)

    def linked(self, *, imdb_id: int = 0, tmdb_id: int = 0) -> Movie | None:
        """The film of that number at IMDb or TMDB."""
        return self._by_imdb.get(imdb_id) or self._by_tmdb.get(tmdb_id)

    @cached_property
    def _by_imdb(self) -> dict[int, Movie]:
        return {movie.imdb_id: movie for movie in self._least_known_first if movie.imdb_id is not None}

    @cached_property
    def _by_tmdb(self) -> dict[int, Movie]:
        return {movie.tmdb_id: movie for movie in self._least_known_first if movie.tmdb_id is not None}

    @property
    def _least_known_first(self) -> list[Movie]:
        # A few films stand twice under one number; the better known one is meant, and takes the place of the other.
        return sorted(self.catalogue.values(), key=lambda movie: movie.ratings_count)

    def matching(self, text: str, limit: int) -> "Matching":
        """Up to `limit` films with that in their title, the likeliest first; else those with one most like it."""
        found = self._index.search(text, limit)
        surest = [one.movie for one in found if one.tier < Tier.FUZZY]
        short = self._abbreviated(text)
        near = () if surest or short else (one.movie for one in found if is_near(text, one.movie, _SLIP))
        return Matching(tuple(dict.fromkeys((*short, *surest, *near)))[:limit], is_near=not (surest or short))

    def titled(self, text: str) -> tuple[Movie, ...]:
        """The films whose whole title is `text`, after folding, or an abbreviation of it."""
        short = self._abbreviated(text)
        return tuple(dict.fromkeys((*short, *self._index.exact(text)))) if short else self._index.exact(text)

    def with_words(self, text: str, limit: int) -> tuple[Movie, ...]:
        """Up to `limit` films with all these words in a name, the most rated first."""
        return self._index.with_words(text, limit)

    def is_name(self, text: str) -> bool:
        """Whether a film is called just that, perhaps with its year behind, or for short."""
        return self._index.is_name(text) or bool(self._abbreviated(text))

    def each_named(self, text: str) -> tuple[Movie, ...]:
        """The films that are named one after another, `Rocky and Jaws`, each beyond doubt; none where one is not."""
        for cut in (None, *_AND.finditer(text)):
            title = text if cut is None else text[: cut.start()]
            found = self.look_up(title) if self.is_name(title) or _ID.fullmatch(title) else None
            others = self.each_named(text[cut.end() :]) if cut is not None and isinstance(found, Movie) else ()
            if isinstance(found, Movie) and (cut is None or others):
                return found, *others
        return ()

    def _abbreviated(self, text: str) -> tuple[Movie, ...]:
        """The films called so for short."""
        return self._abbreviations.get(fold(text), ()) if len(text) <= LONGEST_ABBREVIATION else ()

    def others_like(self, movie: Movie) -> tuple[Movie, ...]:
        """What somebody may have meant who was understood as `movie`."""
        matches = self._index.search(movie.title, limit=CANDIDATES + 1)
        return tuple(match.movie for match in matches if match.movie.movie_id != movie.movie_id)[:CANDIDATES]

    def complete(self, text: str, limit: int) -> Sequence[Movie]:
        """What a title that is being typed may become."""
        return self._index.autocomplete(text, limit=limit)


def is_near(text: str, movie: Movie, least: float = _NEAR) -> bool:
    """Whether somebody may have meant that film: its title is like what was typed, or has a word that is."""
    title = Query.read(text).title
    if nearest_name(title, movie).share >= least:
        return True
    words = fold(movie.raw_title).split()
    return any(
        OSA.normalized_similarity(typed, word) >= _NEAR_WORD
        for typed in title.split()
        if len(typed) >= _TELLING
        for word in words
    )


def _chosen(text: str, found: Resolution) -> Movie | Choice:
    match found:
        case Found(movie):
            return movie
        case Doubtful(movie):
            return Choice(text, (movie,))
        case Ambiguous(candidates):
            return Choice(text, tuple(candidates[:CANDIDATES]))
    return Choice(text, found.nearest)
