"""Statistics of items for the re-ranker: popularity, mean rating, where in histories they stand; and their metadata."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import pandas as pd

from recommender.interactions import Interactions
from recommender.item_features import genre_flags, idf_weighted, release_years
from recommender.popularity import damped_movie_means
from recommender.ranking import Weighting, scaled
from recommender.tensors import Tensors, checked, named
from recommender.vocabulary import FloatArray, Vocabulary


@dataclass(frozen=True, slots=True)
class ItemMetadata:
    """What the catalogue says of every film."""

    year: FloatArray  # [movies] of release; the median where it is not known
    genres: FloatArray  # [movies, genres] 0 or 1

    @classmethod
    def of(cls, movies: pd.DataFrame | None, vocabulary: Vocabulary) -> Self:
        year = release_years(movies, vocabulary)
        known = year[np.isfinite(year)]
        median = float(np.median(known)) if len(known) else 0.0
        return cls(np.nan_to_num(year, nan=median), np.nan_to_num(genre_flags(movies, vocabulary)))


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One row per film, float32. The names are those in model files."""

    popularity: FloatArray  # [movies] logarithm of 1 + its ratings
    liked: FloatArray  # [movies] the same of the ratings weighted by preference
    rating: FloatArray  # [movies] its mean, damped, 0 at the lower end of the scale and 1 at the upper
    lateness: FloatArray  # [movies] its mean position in histories, from −½ (first) to ½ (last), damped
    year: FloatArray  # [movies] of release
    genres: FloatArray  # [movies, genres] 0 or 1
    genre_share: FloatArray  # [genres] of all ratings

    @classmethod
    def of(cls, data: Interactions, position: FloatArray, metadata: ItemMetadata, weighting: Weighting) -> Self:
        """`position` [ratings] is where each stands in its user's history."""
        rating = scaled(data.rating.astype(np.float64), data.rating_range)
        mean = data.per_rating(rating.sum())
        support = data.support
        statistics = {
            "popularity": np.log1p(support),
            "liked": np.log1p(data.movie_sums(data.movie_idx, weighting(data.rating))),
            "rating": mean + damped_movie_means(data, rating - mean),
            "lateness": damped_movie_means(data, position - 0.5),
            "year": metadata.year,
            "genres": metadata.genres,
            "genre_share": support @ metadata.genres / max(data.ratings_count, 1),
        }
        return cls(**{name: np.asarray(values, dtype=np.float32) for name, values in statistics.items()})

    def idf_genres(self) -> FloatArray:
        """[movies, genres] each film's genres, weighted by the logarithm of how few films have them."""
        return idf_weighted(self.genres)

    def tensors(self) -> dict[str, FloatArray]:
        return named(self, [field.name for field in fields(self)])

    @classmethod
    def restored(cls, tensors: Tensors) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, genres = tensors["genres"].shape
        shapes: dict[str, tuple[int, ...]] = {field.name: (movies,) for field in fields(cls)}
        return cls(**checked(tensors, **{**shapes, "genres": (movies, genres), "genre_share": (genres,)}))
