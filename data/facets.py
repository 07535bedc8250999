"""Which films are of a genre or a year: the catalogue as columns, so that no question walks through all films."""

from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt

from data.catalogue import Movie

NO_YEAR = 0


class Facets:
    """Columns over the films, in the order given."""

    def __init__(self, movies: Iterable[Movie]) -> None:
        films = list(movies)
        self.ids: npt.NDArray[np.int64] = np.array([film.movie_id for film in films], dtype=np.int64)
        self._years = np.array([film.year or NO_YEAR for film in films], dtype=np.int64)
        self._genres = {
            genre: np.array([genre in film.genres for film in films])
            for genre in sorted({genre for film in films for genre in film.genres})
        }

    def matching(
        self,
        genres: Collection[str] = (),
        without: Collection[str] = (),
        first: int | None = None,
        last: int | None = None,
    ) -> npt.NDArray[np.int64]:
        """Ids of the films of any of `genres` (all films where there is none) and none of `without`, `first` to `last`.

        A film without a year is in no range of years; a genre nobody knows has no films.
        """
        kept = self._any_of(genres) if genres else np.ones(len(self.ids), dtype=bool)
        kept &= ~self._any_of(without)
        if first is not None:
            kept &= self._years >= first
        if last is not None:
            kept &= (self._years <= last) & (self._years != NO_YEAR)
        return np.asarray(self.ids[kept])

    def decades(self) -> tuple[int, ...]:
        """The first years of the decades that have films, in order."""
        years = self._years[self._years != NO_YEAR]
        return tuple(int(decade) for decade in np.unique(years // 10 * 10))

    def _any_of(self, genres: Collection[str]) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(self.ids), dtype=bool)
        for genre in genres:
            if genre in self._genres:
                found |= self._genres[genre]
        return found
