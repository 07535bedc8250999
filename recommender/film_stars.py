"""Stars that people gave a film after the training: they move it for everybody at once.

Nothing is kept: they come with each question, as sum and number, so what is taken back is gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.rating import Attribution, FoldedIn, RatingHead
from recommender.vocabulary import UNKNOWN, FloatArray, Id, IndexArray, Profile, Vocabulary

MOST_SUPPORT = 20
"""Training ratings from which on a film is settled: what a community adds to it waits for the next training."""

FilmStars = Mapping[Id, tuple[float, int]]
"""Of each film the sum and the number of the stars that others gave it after the training."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What people in general give each film, and how sure that is: what stars to come are compared with."""

    stars: FloatArray  # [movies]
    deviation: FloatArray  # [movies] of one rating to come
    film_variance: FloatArray  # [movies] the part of its square that is the same for everybody
    limits: tuple[float, float]  # ends of the data's own range

    @classmethod
    def of(cls, rating: RatingHead, movies: Vocabulary, limits: tuple[float, float]) -> Self:
        every = np.arange(len(movies))
        return cls(*rating.fold_in(Profile.of({}, movies)).predict(every), rating.film_variance(every), limits)


@dataclass(frozen=True, slots=True)
class Shifts:
    """How far films move, and what share of the variance of a rating to come is gone with it."""

    movie_idx: IndexArray  # [m] ascending
    number: IndexArray  # [m] of the stars given
    shift: FloatArray  # [m] stars
    known: FloatArray  # [m] in [0, 1)
    limits: tuple[float, float]

    @classmethod
    def of(cls, given: FilmStars, movies: Vocabulary, support: IndexArray, usual: Usual) -> "Shifts | None":
        """Posterior of each film's level, n stars with the sum s known: (s − n · usual stars) · v / (w + n · v),

        v the variance of the level, w of one rating around it. Of films of small support that are known; None
        where there are none. A mean outside of the data's range is its end. Raises ValueError for what is no number.
        """
        ids = list(given)
        movie_idx = movies.indices(ids)
        total, number = np.array([given[one] for one in ids], dtype=np.float64).reshape(-1, 2).T
        is_wrong = ~np.isfinite(total) | ~(number >= 0)
        if is_wrong.any():
            one = ids[int(is_wrong.argmax())]
            raise ValueError(f"film {one} cannot have {given[one][1]} stars with the sum {given[one][0]}")
        is_moved = (movie_idx != UNKNOWN) & (number > 0)
        is_moved[is_moved] = support[movie_idx[is_moved]] < MOST_SUPPORT
        if not is_moved.any():
            return None
        order = np.argsort(movie_idx[is_moved])
        idx, total, number = (values[is_moved][order] for values in (movie_idx, total, number))
        total = np.clip(total, number * usual.limits[0], number * usual.limits[1])
        whole, level = np.square(usual.deviation[idx]), usual.film_variance[idx].astype(np.float64)
        within = whole - level
        shift = (total - number * usual.stars[idx]) * level / (within + number * level)
        known = number * np.square(level) / (within + number * level) / whole
        return cls(idx, number.astype(np.int64), shift, known, usual.limits)

    def places(self, movie_idx: IndexArray) -> tuple[IndexArray, IndexArray]:
        """Which of these films move, and where they stand here."""
        place = np.searchsorted(self.movie_idx, movie_idx).clip(max=len(self.movie_idx) - 1)
        moved = np.flatnonzero(self.movie_idx[place] == movie_idx)
        return moved, place[moved]


@dataclass(frozen=True, slots=True)
class ShiftedRating:
    """A rating head whose films have moved."""

    rating: RatingHead
    shifts: Shifts

    def fold_in(self, profile: Profile) -> "ShiftedUser":
        """What somebody gave a film says of them only how far it is from what it is worth by now."""
        moved, place = self.shifts.places(profile.movie_idx)
        if len(moved):
            rating = profile.rating.copy()
            rating[moved] -= self.shifts.shift[place]
            profile = Profile(profile.movie_idx, rating)
        return ShiftedUser(self.rating.fold_in(profile), self.shifts)


@dataclass(frozen=True, slots=True)
class ShiftedUser:
    """Somebody folded into a rating head whose films have moved."""

    user: FoldedIn
    shifts: Shifts

    def stars(self, movie_idx: IndexArray) -> FloatArray:
        stars = self.user.stars(movie_idx)
        moved, _ = self.shifts.places(movie_idx)
        if len(moved):
            stars[moved] = self.attribute(movie_idx[moved]).stars
        return stars

    def predict(self, movie_idx: IndexArray) -> tuple[FloatArray, FloatArray]:
        stars, deviation = self.user.predict(movie_idx)
        moved, _ = self.shifts.places(movie_idx)
        if len(moved):
            exact = self.attribute(movie_idx[moved])
            stars[moved], deviation[moved] = exact.stars, exact.deviation
        return stars, deviation

    def attribute(self, movie_idx: IndexArray) -> Attribution:
        found = self.user.attribute(movie_idx)
        moved, place = self.shifts.places(movie_idx)
        base, stars, deviation = found.base.copy(), found.stars.copy(), found.deviation.copy()
        base[moved] += self.shifts.shift[place]
        stars[moved] = np.clip(base[moved] + found.contributions[moved].sum(axis=1), *self.shifts.limits)
        deviation[moved] *= np.sqrt(1 - self.shifts.known[place])
        return Attribution(stars, deviation, base, found.contributions)
