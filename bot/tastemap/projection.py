"""The map itself: two axes, and where genres stand on it. The same for everybody for as long as the model is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data import Movie
from data.catalogue import FORMATS
from recommender import Recommender

Vectors = npt.NDArray[np.floating[Any]]

GENRE_FILMS, LEAST_GENRE_FILMS = 20, 5
"""So many of a genre's best-known films, all of them loved, stand for it; where there are fewer it has no place."""

MOST_GENRES = 20
LEAST_GENRES = 3
"""Two axes need three genres."""


@dataclass(frozen=True, slots=True)
class Projection:
    """`axes` [2, d] are orthonormal: all tastes lie within a unit circle, as `places` [genres, 2] do."""

    genres: tuple[str, ...]
    axes: Vectors
    places: Vectors

    def of(self, vectors: Vectors) -> Vectors:
        """[n, 2] where these vectors of taste stand."""
        return np.asarray(vectors @ self.axes.T)


def projection(model: Recommender, movies: Iterable[Movie]) -> Projection | None:
    """The two directions in which the lovers of different genres differ most (principal component analysis).

    None where the films have too few genres, or the model knows no differences between their lovers.
    """
    known: defaultdict[str, list[Movie]] = defaultdict(list)
    for movie in sorted(movies, key=lambda one: (-one.ratings_count, one.movie_id)):
        if model.knows(movie.movie_id):
            for genre in set(movie.genres) - FORMATS:
                known[genre].append(movie)
    loved = {genre: films[:GENRE_FILMS] for genre, films in known.items() if len(films) >= LEAST_GENRE_FILMS}
    genres = sorted(sorted(loved, key=lambda one: (-sum(film.ratings_count for film in known[one]), one))[:MOST_GENRES])
    if len(genres) < LEAST_GENRES:
        return None
    highest = model.rating_range[1]
    vectors = model.embed([{film.movie_id: highest for film in loved[genre]} for genre in genres])
    _, strength, axes = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    if strength[1] < 1e-3:
        return None
    axes = axes[:2]
    axes = axes * np.sign(axes[np.arange(2), np.abs(axes).argmax(axis=1)])[:, None]  # which way is up is no chance
    return Projection(tuple(genres), axes, vectors @ axes.T)
