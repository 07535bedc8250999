"""What is on a member's watchlist, and one film of it for tonight."""

import asyncio
from dataclasses import dataclass
from random import Random
from typing import Literal

from bot.chat.pages import PAGE, Page
from bot.errors import UserError
from bot.members import Feedback, FeedbackReader
from bot.models import ModelRegistry, Serving
from bot.movies import MovieSearch
from data import Movie

WatchlistOrder = Literal["newest", "best"]


class EmptyWatchlistError(UserError):
    """Nothing to pick from."""


@dataclass(frozen=True, slots=True)
class WantedMovie:
    """A film on the watchlist and its predicted stars, None where the model does not know the film yet."""

    movie: Movie
    stars: float | None
    stars_sd: float | None


@dataclass(frozen=True, slots=True)
class WatchlistPage:
    """`rated` films stand on the list too but are not shown, since they have been seen."""

    owner_id: int
    order: WatchlistOrder
    page: Page
    movies: tuple[WantedMovie, ...]
    rated: int


@dataclass(frozen=True, slots=True)
class Picked:
    """One film out of `among`."""

    film: WantedMovie
    among: int


class WatchlistService:
    """A watchlist is of films still to be seen: what was rated is left out, and back once the rating is gone."""

    def __init__(
        self, search: MovieSearch, models: ModelRegistry, feedback: FeedbackReader, chance: Random | None = None
    ) -> None:
        self._search = search
        self._models = models
        self._feedback = feedback
        self._chance = chance or Random()

    async def page(self, discord_id: int, order: WatchlistOrder, number: int) -> WatchlistPage:
        """One page of the watchlist, counted from 0: the newest first, or what the member would like best first."""
        feedback = await self._feedback.of(discord_id)
        serving = self._models.serving
        movies = self._unseen(feedback)
        page = Page.of(len(movies), number)
        shown = await asyncio.to_thread(self._shown, serving, feedback, movies, order, page)
        rated = sum(movie_id in feedback.rated for movie_id in feedback.watchlist)
        return WatchlistPage(discord_id, order, page, shown, rated)

    async def pick(self, discord_id: int, but: int | None = None) -> Picked:
        """A film by chance, better ones sooner, and another one than `but` where there is one.

        Film number k of the best-first list has a chance in proportion to 1/k. Raises EmptyWatchlistError.
        """
        feedback = await self._feedback.of(discord_id)
        serving = self._models.serving
        unseen = [movie for movie in self._unseen(feedback) if not movie.is_former]
        if not unseen:
            raise EmptyWatchlistError
        best = await asyncio.to_thread(_best_first, serving, feedback, tuple(unseen))
        ranked = [movie for movie in best if movie.movie_id != but] or list(unseen)
        (movie,) = self._chance.choices(ranked, weights=[1 / place for place in range(1, len(ranked) + 1)])
        (film,) = await asyncio.to_thread(_guessed, serving, feedback, [movie])
        return Picked(film, len(unseen))

    def _unseen(self, feedback: Feedback) -> tuple[Movie, ...]:
        return self._search.all_named(movie_id for movie_id in feedback.watchlist if movie_id not in feedback.rated)

    @staticmethod
    def _shown(
        serving: Serving, feedback: Feedback, movies: tuple[Movie, ...], order: WatchlistOrder, page: Page
    ) -> tuple[WantedMovie, ...]:
        ordered = _best_first(serving, feedback, movies) if order == "best" else list(movies)
        return _guessed(serving, feedback, ordered[page.first : page.first + PAGE])


def _best_first(serving: Serving, feedback: Feedback, movies: tuple[Movie, ...]) -> list[Movie]:
    """The order of the member's list; films it does not have, such as those of an adopted profile, come last."""
    ids = [movie.movie_id for movie in movies]
    best = serving.model.recommend(feedback.ratings, len(ids), candidates=ids, film_stars=feedback.film_stars)
    places = {one.movie_id: place for place, one in enumerate(best)}
    return sorted(movies, key=lambda movie: places.get(movie.movie_id, len(places)))


def _guessed(serving: Serving, feedback: Feedback, movies: list[Movie]) -> tuple[WantedMovie, ...]:
    known = [movie.movie_id for movie in movies if serving.model.knows(movie.movie_id)]
    stars, deviations = serving.model.predict(feedback.ratings, known, return_std=True, film_stars=feedback.film_stars)
    guesses = {one: (float(star), float(sd)) for one, star, sd in zip(known, stars, deviations, strict=True)}
    return tuple(WantedMovie(movie, *guesses.get(movie.movie_id, (None, None))) for movie in movies)
