"""What the model thinks of a film, and what a rating did to the lists."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import NotLearnedError
from bot.lists.choosing import choose
from bot.lists.filters import LIST_LENGTH, PLAIN
from bot.members.feedback import Taste, Tastes
from bot.models.registry import ModelShelf
from bot.movies.search import Films
from data import Movie


@dataclass(frozen=True, slots=True)
class Because:
    """The rated film that speaks most for another one; `is_liked` by the member's own stars."""

    movie: Movie
    is_liked: bool


@dataclass(frozen=True, slots=True)
class ListedFilm:
    """One line of a list: predicted stars, their standard deviation, and how many ratings stand behind the film.

    `own_stars` are what the member gave it, where a list holds rated films too.
    """

    rank: int
    movie: Movie
    stars: float
    stars_sd: float
    support: int
    because: Because | None = None
    own_stars: float | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A film that is new in the member's ten (`was` is None) or rose in it; ranks count from 1."""

    movie: Movie
    was: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What new ratings did: the model's guess before them, and the films that rose, in the order of the new ten."""

    guesses: Mapping[int, float]
    moves: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class MovieCard:
    """All that is known of one film, for one member; no prediction where the model does not know the film yet."""

    movie: Movie
    own_stars: float | None
    predicted: float | None = None
    predicted_sd: float | None = None
    support: int = 0


@dataclass(frozen=True, slots=True)
class SimilarFilms:
    movie: Movie
    films: tuple[ListedFilm, ...]


class Recommending:
    """Use cases of recommending: every answer is a fold-in of the member's ratings as they are now."""

    def __init__(self, films: Films, shelf: ModelShelf, tastes: Tastes) -> None:
        self._films = films
        self._shelf = shelf
        self._tastes = tastes

    async def impact(self, before: Taste, after: Taste, movie_ids: Sequence[int]) -> Impact:
        """What the step from `before` to `after` did; guesses only for films that were not rated before."""
        serving = self._shelf.serving
        old = before.ratings

        def compare() -> Impact:
            unseen = [one for one in movie_ids if one not in old and serving.model.knows(one)]
            stars = serving.model.predict(old, unseen) if unseen else ()
            old_ten = choose(serving, self._films.facets, before, PLAIN)
            new_ten = choose(serving, self._films.facets, after, PLAIN)
            guesses = {one: float(guess) for one, guess in zip(unseen, stars, strict=True)}
            return Impact(guesses, self._moves([one.movie_id for one in old_ten], [one.movie_id for one in new_ten]))

        return await asyncio.to_thread(compare)

    def _moves(self, old: Sequence[int], new: Sequence[int]) -> tuple[Moved, ...]:
        """What stands higher in `new` than in `old`; films that only moved up into a place set free do not count."""
        gone = [rank for rank, movie_id in enumerate(old, 1) if movie_id not in new]
        was = {movie_id: rank for rank, movie_id in enumerate(old, 1)}
        return tuple(
            Moved(self._films.named(movie_id), was.get(movie_id), now)
            for now, movie_id in enumerate(new, 1)
            if movie_id not in was or now < was[movie_id] - sum(rank < was[movie_id] for rank in gone)
        )

    async def card(self, discord_id: int, movie: Movie) -> MovieCard:
        """What the model thinks of one film for one member, from all their other ratings."""
        taste = await self._tastes.of(discord_id)
        ratings = taste.ratings
        ratings.pop(movie.movie_id, None)
        serving = self._shelf.serving
        if not serving.model.knows(movie.movie_id):
            return MovieCard(movie, taste.rated.get(movie.movie_id))
        stars, sd = await asyncio.to_thread(serving.model.predict, ratings, [movie.movie_id], return_std=True)
        support = serving.model.support(movie.movie_id)
        return MovieCard(movie, taste.rated.get(movie.movie_id), float(stars[0]), float(sd[0]), support)

    async def similar(self, discord_id: int, movie: Movie) -> SimilarFilms:
        """The films nearest to one, with the stars this member gave or would give them; raises NotLearnedError."""
        taste = await self._tastes.of(discord_id)
        ratings = taste.ratings
        serving = self._shelf.serving
        if not serving.model.knows(movie.movie_id):
            raise NotLearnedError(movie)

        def nearest() -> list[tuple[int, float, float]]:
            near = serving.model.similar(movie.movie_id, n=LIST_LENGTH)
            ids = [one.movie_id for one in near if self._films.catalogue.get(one.movie_id) is not None]
            if not ids:
                return []
            stars, sds = serving.model.predict(ratings, ids, return_std=True)
            return [(one, float(star), float(sd)) for one, star, sd in zip(ids, stars, sds, strict=True)]

        films = tuple(
            ListedFilm(
                rank, self._films.by_id(one), stars, sd, serving.model.support(one), own_stars=taste.rated.get(one)
            )
            for rank, (one, stars, sd) in enumerate(await asyncio.to_thread(nearest), 1)
        )
        return SimilarFilms(movie, films)
