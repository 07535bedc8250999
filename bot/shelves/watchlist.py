"""What is on a member's watchlist, and one film of it for tonight."""

import asyncio
from dataclasses import dataclass
from random import Random
from typing import Literal

from bot.chat.pages import PAGE, Page
from bot.errors import EmptyWatchlistError
from bot.members.feedback import Taste, Tastes
from bot.models.registry import ModelShelf, Serving
from bot.movies.search import Films
from data import Movie

WatchlistOrder = Literal["newest", "best"]


@dataclass(frozen=True, slots=True)
class WantedFilm:
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
    films: tuple[WantedFilm, ...]
    rated: int


@dataclass(frozen=True, slots=True)
class Picked:
    """One film out of `among`."""

    film: WantedFilm
    among: int


class Watchlist:
    """A watchlist is of films still to be seen: what was rated is left out, and back once the rating is gone."""

    def __init__(self, films: Films, shelf: ModelShelf, tastes: Tastes, chance: Random | None = None) -> None:
        self._films = films
        self._shelf = shelf
        self._tastes = tastes
        self._chance = chance or Random()

    async def page(self, discord_id: int, order: WatchlistOrder, number: int) -> WatchlistPage:
        """One page of the watchlist, counted from 0: the newest first, or what the member would like best first."""
        taste = await self._tastes.of(discord_id)
        serving = self._shelf.serving
        movies = self._unseen(taste)
        page = Page.of(len(movies), number)
        shown = await asyncio.to_thread(self._shown, serving, taste, movies, order, page)
        rated = sum(movie_id in taste.rated for movie_id in taste.watchlist)
        return WatchlistPage(discord_id, order, page, shown, rated)

    async def pick(self, discord_id: int, but: int | None = None) -> Picked:
        """A film by chance, better ones sooner, and another one than `but` where there is one.

        Film number k of the best-first list has a chance in proportion to 1/k. Raises EmptyWatchlistError.
        """
        taste = await self._tastes.of(discord_id)
        serving = self._shelf.serving
        unseen = self._unseen(taste)
        if not unseen:
            raise EmptyWatchlistError
        best = await asyncio.to_thread(_best_first, serving, taste, unseen)
        ranked = [movie for movie in best if movie.movie_id != but] or list(unseen)
        (movie,) = self._chance.choices(ranked, weights=[1 / place for place in range(1, len(ranked) + 1)])
        (film,) = await asyncio.to_thread(_guessed, serving, taste, [movie])
        return Picked(film, len(unseen))

    def _unseen(self, taste: Taste) -> tuple[Movie, ...]:
        return self._films.of_ids([movie_id for movie_id in taste.watchlist if movie_id not in taste.rated])

    @staticmethod
    def _shown(
        serving: Serving, taste: Taste, movies: tuple[Movie, ...], order: WatchlistOrder, page: Page
    ) -> tuple[WantedFilm, ...]:
        ordered = _best_first(serving, taste, movies) if order == "best" else list(movies)
        return _guessed(serving, taste, ordered[page.first : page.first + PAGE])


def _best_first(serving: Serving, taste: Taste, movies: tuple[Movie, ...]) -> list[Movie]:
    """The order of the member's list; films it does not have, such as those of an adopted profile, come last."""
    ids = [movie.movie_id for movie in movies]
    best = serving.model.recommend(taste.ratings, len(ids), candidates=ids)
    places = {one.movie_id: place for place, one in enumerate(best)}
    return sorted(movies, key=lambda movie: places.get(movie.movie_id, len(places)))


def _guessed(serving: Serving, taste: Taste, movies: list[Movie]) -> tuple[WantedFilm, ...]:
    known = [movie.movie_id for movie in movies if serving.model.knows(movie.movie_id)]
    stars, deviations = serving.model.predict(taste.ratings, known, return_std=True)
    guesses = {one: (float(star), float(sd)) for one, star, sd in zip(known, stars, deviations, strict=True)}
    return tuple(WantedFilm(movie, *guesses.get(movie.movie_id, (None, None))) for movie in movies)
