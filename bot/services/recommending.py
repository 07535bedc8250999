"""Which films for a member, and what the model thinks of one."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakValueDictionary

from bot.errors import CountError, StaleComponentError
from bot.services.films import Films
from bot.services.models import ModelShelf, Serving
from bot.services.tastes import Taste, Tastes
from data import Movie
from data.store import Store
from recommender import Recommendation

LIST_LENGTH = 10
"""How many films a list has, unless fewer are asked for."""


@dataclass(frozen=True, slots=True)
class ListedFilm:
    """One line of a list: predicted stars, their standard deviation, and how many ratings stand behind the film."""

    rank: int
    movie: Movie
    stars: float
    stars_sd: float
    support: int


@dataclass(frozen=True, slots=True)
class FilmList:
    """A list somebody was shown; `list_id` continues it, `rated` is how many ratings it was made from."""

    list_id: int
    owner_id: int
    films: tuple[ListedFilm, ...]
    rated: int
    top_stars: float


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
    """All that is known of one film, for one member."""

    movie: Movie
    own_stars: float | None
    predicted: float
    predicted_sd: float
    support: int
    top_stars: float


@dataclass(frozen=True, slots=True)
class SimilarFilms:
    movie: Movie
    films: tuple[ListedFilm, ...]
    top_stars: float


class Recommending:
    """Use cases of recommending: every answer is a fold-in of the member's ratings as they are now."""

    def __init__(self, store: Store, films: Films, shelf: ModelShelf, tastes: Tastes) -> None:
        self._store = store
        self._films = films
        self._shelf = shelf
        self._tastes = tastes
        self._going_on: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def top(
        self, discord_id: int, at: int, n: int = LIST_LENGTH, *, among: Sequence[int] | None = None
    ) -> FilmList:
        """The member's best `n` unseen films, if need be `among` some only; raises CountError outside 1–10."""
        if not 1 <= n <= LIST_LENGTH:
            raise CountError(str(n), LIST_LENGTH)
        profile = await self._store.profiles.get_or_create(discord_id, at)
        taste = await self._tastes.of_profile(profile)
        serving = self._shelf.serving
        best = await self._best(serving, taste, n, among=among)
        list_id = await self._store.lists.create(
            profile.user_id, [one.movie_id for one in best], json.dumps({"n": n}), at
        )
        return self._listed(list_id, discord_id, best, len(taste.ratings), 0, serving)

    async def more(self, discord_id: int, list_id: int) -> FilmList:
        """The next films of a list: none it has shown, none rated since; raises StaleComponentError."""
        # One press after the other, or two at once would show the same films.
        async with self._going_on.setdefault(list_id, asyncio.Lock()):
            return await self._go_on(discord_id, list_id)

    async def _go_on(self, discord_id: int, list_id: int) -> FilmList:
        profile = await self._store.profiles.find(discord_id)
        shown = await self._store.lists.get(list_id)
        if profile is None or shown is None or shown.user_id != profile.user_id:
            raise StaleComponentError
        taste = await self._tastes.of_profile(profile)
        serving = self._shelf.serving
        best = await self._best(serving, taste, int(json.loads(shown.query)["n"]), shown.movie_ids)
        await self._store.lists.append(list_id, [one.movie_id for one in best])
        return self._listed(list_id, discord_id, best, len(taste.ratings), len(shown.movie_ids), serving)

    async def _best(
        self,
        serving: Serving,
        taste: Taste,
        n: int,
        shown: Sequence[int] = (),
        among: Sequence[int] | None = None,
    ) -> list[Recommendation]:
        exclude = [*serving.outside_catalogue, *taste.hidden, *shown]
        return await asyncio.to_thread(serving.model.recommend, taste.ratings, n, exclude=exclude, candidates=among)

    def _listed(
        self,
        list_id: int,
        discord_id: int,
        best: Sequence[Recommendation],
        rated: int,
        offset: int,
        serving: Serving,
    ) -> FilmList:
        films = tuple(
            ListedFilm(offset + rank, self._films.by_id(one.movie_id), one.stars, one.stars_sd, one.support)
            for rank, one in enumerate(best, 1)
        )
        return FilmList(list_id, discord_id, films, rated, serving.top_stars)

    async def impact(self, before: Taste, after: Taste, movie_ids: Sequence[int]) -> Impact:
        """What the step from `before` to `after` did; guesses only for films that were not rated before."""
        serving = self._shelf.serving
        old, new = before.ratings, after.ratings

        def compare() -> Impact:
            unseen = [one for one in movie_ids if one not in old and serving.model.knows(one)]
            stars = serving.model.predict(old, unseen) if unseen else ()
            exclude = [*serving.outside_catalogue, *after.hidden]
            old_ten = serving.model.recommend(old, LIST_LENGTH, exclude=exclude)
            new_ten = serving.model.recommend(new, LIST_LENGTH, exclude=exclude)
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
            raise StaleComponentError
        stars, sd = await asyncio.to_thread(serving.model.predict, ratings, [movie.movie_id], return_std=True)
        support = serving.model.support(movie.movie_id)
        return MovieCard(
            movie, taste.rated.get(movie.movie_id), float(stars[0]), float(sd[0]), support, serving.top_stars
        )

    async def similar(self, discord_id: int, movie: Movie) -> SimilarFilms:
        """The films nearest to one, with the stars this member would give them."""
        ratings = (await self._tastes.of(discord_id)).ratings
        serving = self._shelf.serving

        def nearest() -> list[tuple[int, float, float]]:
            if not serving.model.knows(movie.movie_id):
                raise StaleComponentError
            near = serving.model.similar(movie.movie_id, n=LIST_LENGTH)
            ids = [one.movie_id for one in near if self._films.catalogue.get(one.movie_id) is not None]
            if not ids:
                return []
            stars, sds = serving.model.predict(ratings, ids, return_std=True)
            return [(one, float(star), float(sd)) for one, star, sd in zip(ids, stars, sds, strict=True)]

        films = tuple(
            ListedFilm(rank, self._films.by_id(one), stars, sd, serving.model.support(one))
            for rank, (one, stars, sd) in enumerate(await asyncio.to_thread(nearest), 1)
        )
        return SimilarFilms(movie, films, serving.top_stars)
