"""Which films are of a genre, a year, a length or somebody: the catalogue as columns, so that no question walks it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from data.catalogue import MAIN_TAGS, Movie
from data.people import People, Role
from data.postings import NO_ROWS, Postings

NO_YEAR = 0
NO_RUNTIME = 0
HEAD = 2 / 3
"""Of all ratings; on ml-latest-small these are the films with 20 or more, one in eight."""

FIRM = 50
"""Ratings that weigh as much as what films usually get; a twentieth of the best known film's where that is less."""
IMDB_PER_STAR = 2.0

Mask = npt.NDArray[np.bool_]
Origins = Mapping[int, Sequence[str]]
"""Languages and countries in English, by movie id."""


class Facets:
    """Columns over the films, in the order given; `renown` is how many know a film."""

    def __init__(
        self, movies: Iterable[Movie], renown: Callable[[Movie], float] = lambda movie: movie.ratings_count
    ) -> None:
        films = list(movies)
        self.ids: npt.NDArray[np.int64] = np.array([film.movie_id for film in films], dtype=np.int64)
        self.people = People(films)
        self.tags = Postings.of([film.main_tags for film in films])
        self._other_tags = Postings.of([film.tags[MAIN_TAGS:] for film in films])
        self._years = np.array([film.year or NO_YEAR for film in films], dtype=np.int64)
        self._runtimes = np.array([film.runtime_min or NO_RUNTIME for film in films], dtype=np.int64)
        known = np.array([renown(film) for film in films], dtype=np.float64)
        self.is_well_known = _head(known)
        self._standing = _standing(films, known)
        self._by_id = np.argsort(self.ids)
        self._genres = {
            genre: np.array([genre in film.genres for film in films])
            for genre in sorted({genre for film in films for genre in film.genres})
        }
        self._own_origins = [(*film.languages, *film.countries) for film in films]
        self.tell_origins({})

    def tell_origins(self, told: Origins) -> None:
        """From now on films come from where `told` has it, too, beside what they tell themselves."""
        named = zip(self.ids.tolist(), self._own_origins, strict=True)
        origins = [[one.casefold() for one in (*own, *told.get(movie_id, ()))] for movie_id, own in named]
        self.origins, self.told_origins = Postings.of(origins), told
        self.has_origin: Mask = np.array([bool(names) for names in origins], dtype=bool)

    @property
    def has_runtimes(self) -> bool:
        """Whether any film tells how long it is."""
        return bool((self._runtimes != NO_RUNTIME).any())

    def any_of(self, genres: Collection[str]) -> Mask:
        """[films] of at least one of the genres."""
        found = np.zeros(len(self.ids), dtype=bool)
        for genre in genres:
            if genre in self._genres:
                found |= self._genres[genre]
        return found

    def all_of(self, genres: Collection[str]) -> Mask:
        """[films] of every one of the genres."""
        found = np.ones(len(self.ids), dtype=bool)
        for genre in genres:
            found &= self.any_of((genre,))
        return found

    def dated(self, first: int | None, last: int | None) -> Mask:
        """[films] from those years; a film without a year is in no range of them."""
        return _between(self._years, first, last, NO_YEAR)

    def lasting(self, least: int | None, most: int | None) -> Mask:
        """[films] of so many minutes; a film of unknown length is in no range of them."""
        return _between(self._runtimes, least, most, NO_RUNTIME)

    def of_person(self, name: str, roles: Iterable[Role]) -> Mask:
        """[films] that somebody directs or plays in."""
        return self.at([self.people.rows(name, role) for role in roles])

    def any_of_people(self, people: Iterable[tuple[str, Iterable[Role]]]) -> Mask:
        """[films] that any of them directs or plays in."""
        return self.at([self.people.rows(name, role) for name, roles in people for role in roles])

    def from_any(self, origins: Iterable[str]) -> Mask:
        """[films] of any of these languages and countries, as the films write them in small letters."""
        return self.at([self.origins.rows(one) for one in origins])

    def tagged(self, tags: Iterable[str], *, by_few: bool = False) -> Mask:
        """[films] that any of the tags says what they are; with `by_few`, those too that few gave one of them."""
        every = (self.tags, self._other_tags) if by_few else (self.tags,)
        return self.at([postings.rows(tag) for tag in tags for postings in every])

    def at(self, rows: Iterable[npt.NDArray[np.int32]]) -> Mask:
        """[films] that stand in any of these rows."""
        found = np.zeros(len(self.ids), dtype=bool)
        found[np.concatenate([NO_ROWS, *rows])] = True
        return found

    def standing(self, movie_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """[movie_ids] mean stars of these films, drawn to those of all ratings where a film has few (`_standing`)."""
        return np.asarray(self._standing[self._by_id[np.searchsorted(self.ids, movie_ids, sorter=self._by_id)]])

    def decades(self) -> tuple[int, ...]:
        """The first years of the decades that have films, in order."""
        years = self._years[self._years != NO_YEAR]
        return tuple(int(decade) for decade in np.unique(years // 10 * 10))


def _head(renown: npt.NDArray[np.float64]) -> Mask:
    """[films] the short head: as few as together have HEAD of all renown."""
    best_first = np.argsort(-renown, kind="stable")
    before = np.cumsum(renown[best_first]) - renown[best_first]
    found = np.zeros(len(renown), dtype=bool)
    found[best_first[before < HEAD * renown.sum()]] = True
    return found


def _standing(films: Sequence[Movie], renown: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """[films] mean stars, drawn to those of all ratings by FIRM of these, as IMDb weighs its top list.

    Of those who know a film but have not rated it here, IMDb's mean is taken.
    """
    count = np.array([film.ratings_count if film.ratings_mean is not None else 0 for film in films], dtype=np.float64)
    total = count * np.array([film.ratings_mean or 0.0 for film in films])
    usual = total.sum() / max(1.0, count.sum())
    elsewhere = np.array([0.0 if film.source_mean is None else film.source_mean / IMDB_PER_STAR for film in films])
    others = np.where(elsewhere > 0.0, np.maximum(renown - count, 0.0), 0.0)
    firm = min(float(FIRM), max(2.0, renown.max(initial=0.0) / 20.0))
    return np.asarray((total + others * elsewhere + firm * usual) / (count + others + firm))


def _between(values: npt.NDArray[np.int64], least: int | None, most: int | None, unknown: int) -> Mask:
    kept = np.ones(len(values), dtype=bool)
    if least is not None:
        kept &= values >= least
    if most is not None:
        kept &= (values <= most) & (values != unknown)
    return kept
