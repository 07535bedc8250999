"""What a re-ranker may know of a film beside its directions: how known, how good, how old, how late it is found."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import pandas as pd

from recommender.film_features import film_genres, film_years
from recommender.interactions import Interactions
from recommender.popularity import damped_mean
from recommender.ranking import Weighting
from recommender.rating import check_shapes, scaled
from recommender.vocabulary import FloatArray, Vocabulary


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """One row per film, float32."""

    popularity: FloatArray  # [movies] logarithm of 1 + its ratings
    liked: FloatArray  # [movies] the same of those that like it
    rating: FloatArray  # [movies] its mean, damped, 0 at the lower end of the scale and 1 at the upper
    lateness: FloatArray  # [movies] where in people's histories it stands, from −½ (first) to ½ (last), damped
    year: FloatArray  # [movies] of its making; the median where it is not known
    genres: FloatArray  # [movies, genres] 0 or 1
    genre_share: FloatArray  # [genres] of all ratings

    @classmethod
    def of(cls, data: Interactions, share: FloatArray, described: "Described", weighting: Weighting) -> Self:
        """`share` [ratings] is where each stands in its user's history."""
        movies = len(data.movies)
        rating = scaled(data.rating.astype(np.float64), data.rating_range)
        total, ratings = data.processes.totals(rating.sum(), len(data))
        mean = total / max(ratings, 1)
        support = data.support
        likers = np.bincount(data.movie_idx, weights=weighting(data.rating), minlength=movies).astype(np.float64)
        data.processes.sum(likers)
        facts = {
            "popularity": np.log1p(support),
            "liked": np.log1p(likers),
            "rating": mean + damped_mean(rating - mean, data.movie_idx, movies, data.processes),
            "lateness": damped_mean(share - 0.5, data.movie_idx, movies, data.processes),
            "year": described.year,
            "genres": described.genres,
            "genre_share": support @ described.genres / max(ratings, 1),
        }
        return cls(**{name: np.asarray(values, dtype=np.float32) for name, values in facts.items()})

    def telling_genres(self) -> FloatArray:
        """[movies, genres] each film's genres, weighted by the logarithm of how few films have them."""
        share = (self.genres.sum(axis=0) + 1) / (len(self.genres) + 1)
        return np.asarray(self.genres * -np.log(share), dtype=np.float32)

    def tensors(self) -> dict[str, FloatArray]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def restored(cls, tensors: Mapping[str, FloatArray]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        own = {field.name: tensors[field.name] for field in fields(cls)}
        movies, genres = own["genres"].shape
        columns = {name: (movies,) for name in own if name not in ("genres", "genre_share")}
        check_shapes(own, genre_share=(genres,), **columns)
        return cls(**own)


@dataclass(frozen=True, slots=True)
class Described:
    """What the catalogue says of every film."""

    year: FloatArray  # [movies]
    genres: FloatArray  # [movies, genres]

    @classmethod
    def of(cls, movies: pd.DataFrame | None, vocabulary: Vocabulary) -> Self:
        year = film_years(movies, vocabulary)
        known = year[np.isfinite(year)]
        middle = float(np.median(known)) if len(known) else 0.0
        return cls(np.nan_to_num(year, nan=middle), np.nan_to_num(film_genres(movies, vocabulary)))
