"""What the catalogue says of films: year, genres, and series; what two films have in common by it."""

from dataclasses import dataclass, field, fields
from typing import Self

import numpy as np
import pandas as pd

from recommender.item_features import genre_flags, idf_weighted, release_years
from recommender.ranking import unit_rows
from recommender.series import NO_SERIES, find_series
from recommender.tensors import Tensors, checked, named
from recommender.vocabulary import BoolArray, FloatArray, IndexArray, Vocabulary

LEAST_KINSHIP = 0.2
"""Cosine of two films' genres, weighted by idf: below it they share little more than Drama or Comedy, as half of all
films do."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """One row per film. The names are those in model files."""

    year: FloatArray  # [movies] of release; NaN where it is not known
    genres: FloatArray  # [movies, genres] 0 or 1; zeros where they are not known
    series: IndexArray  # [movies] the number of its series, NO_SERIES without one
    place: IndexArray  # [movies] which part of its series it is, from 0
    kinds: FloatArray = field(init=False, repr=False, compare=False)  # [movies, genres] unit vectors by idf, or zeros
    _knows_kinds: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", unit_rows(idf_weighted(self.genres)))
        object.__setattr__(self, "_knows_kinds", bool(self.kinds.any()))

    @classmethod
    def of(cls, movies: pd.DataFrame | None, vocabulary: Vocabulary) -> Self:
        year = release_years(movies, vocabulary).astype(np.float32)
        genres = np.nan_to_num(genre_flags(movies, vocabulary)).astype(np.float32)
        return cls(year, genres, *find_series(movies, vocabulary))

    def have_in_common(self, movie_idx: IndexArray, others: IndexArray) -> BoolArray:
        """[m, k] whether two films are akin by genres or of one series; all are where no genres tell them apart."""
        if not self._knows_kinds:
            return np.ones((len(movie_idx), len(others)), dtype=bool)
        series = self.series[movie_idx]
        same_series = (series[:, None] == self.series[others]) & (series != NO_SERIES)[:, None]
        return np.asarray((self.kinds[movie_idx] @ self.kinds[others].T >= LEAST_KINSHIP) | same_series)

    def other_parts(self, movie_idx: int) -> IndexArray:
        """The other parts of a film's series: the next one first, the others by how near they are, later ones first."""
        if self.series[movie_idx] == NO_SERIES:
            return np.empty(0, dtype=np.int64)
        parts = np.flatnonzero(self.series == self.series[movie_idx])
        parts = parts[parts != movie_idx]
        later = self.place[parts] - self.place[movie_idx]
        return np.asarray(parts[np.lexsort((-later, np.abs(later), later != 1))])

    def tensors(self) -> dict[str, FloatArray]:
        return named(self, [one.name for one in fields(self) if one.init])

    @classmethod
    def restored(cls, tensors: Tensors, movies: int) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        shapes: dict[str, tuple[int, ...]] = {one.name: (movies,) for one in fields(cls) if one.init}
        return cls(**checked(tensors, **shapes | {"genres": (movies, tensors["genres"].shape[1])}))
