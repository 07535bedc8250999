"""The watchlist, hidden films and films seen without stars: putting films there and taking them off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from bot.chat.pages import PAGE, Page
from bot.errors import UserError
from bot.movies import Choice, MovieSearch
from data import Movie
from data.folding import fold
from data.store import Change, Profile, Shelf, Spot, Store


@dataclass(eq=False)
class AlreadyRatedError(UserError):
    """A film for the watchlist, or to be seen without stars, that has stars already."""

    movie: Movie
    stars: float
    shelf: Shelf


@dataclass(eq=False)
class NotShelvedError(UserError):
    """`name` is the film's, or what was typed where several films have that name."""

    name: str
    shelf: Shelf


@dataclass(eq=False)
class ShelfChangedError(UserError):
    """A film that was moved again since."""

    movie: Movie


@dataclass(frozen=True, slots=True)
class Shelved:
    """A film was put on `shelf` or taken off it, by the change `change_id`; None where it had been so already.

    `left` is the shelf it stood on before.
    """

    movie: Movie
    shelf: Shelf
    is_on: bool
    change_id: int | None = None
    left: Shelf | None = None


@dataclass(frozen=True, slots=True)
class ShelvedAll:
    """Several films that stand on a shelf now; the `rated` ones do not, since they have stars.

    `change_id` is of the entry that put them there; None where all had stood there already.
    """

    movies: tuple[Movie, ...]
    shelf: Shelf
    change_id: int | None
    rated: tuple[Movie, ...]


@dataclass(frozen=True, slots=True)
class ShelfPage:
    owner_id: int
    shelf: Shelf
    page: Page
    movies: tuple[Movie, ...]


class ShelfService:
    """Members are Discord ids; times are UTC epoch seconds. A film moved to one shelf leaves the other."""

    def __init__(self, store: Store, search: MovieSearch) -> None:
        self._store = store
        self.search = search

    async def put(self, discord_id: int, shelf: Shelf, movie_id: int, at: int) -> Shelved:
        """Put a film on a shelf; raises AlreadyRatedError for the watchlist and for films seen without stars."""
        movie = self.search.by_id(movie_id)
        profile = await self._store.profiles.get_or_create(discord_id, at)
        stars = (await self._store.ratings.ratings_of(profile.user_id)).get(movie.movie_id)
        if stars is not None and shelf != "hidden":
            raise AlreadyRatedError(movie, stars, shelf)
        change = await self._store.shelves.move(profile.user_id, movie_id, shelf, at)
        done = _shelved(movie, shelf, change, is_on=True)
        return replace(done, left=None) if done.left == "seen" and stars is not None else done

    async def put_all(self, discord_id: int, shelf: Shelf, movie_ids: Sequence[int], at: int) -> ShelvedAll:
        """Put several films on a shelf, as one change; not those with stars, where `put` would raise."""
        movies = tuple(self.search.by_id(movie_id) for movie_id in movie_ids)
        profile = await self._store.profiles.get_or_create(discord_id, at)
        rated = {} if shelf == "hidden" else await self._store.ratings.ratings_of(profile.user_id)
        put = tuple(movie for movie in movies if movie.movie_id not in rated)
        changes = await self._store.shelves.move_all(profile.user_id, [one.movie_id for one in put], shelf, at)
        left_out = tuple(movie for movie in movies if movie.movie_id in rated)
        return ShelvedAll(put, shelf, changes[0].change_id if changes else None, left_out)

    async def take(self, discord_id: int, shelf: Shelf, movie_id: int, at: int) -> Shelved:
        movie = self.search.named(movie_id)
        profile = await self._store.profiles.get_or_create(discord_id, at)
        change = await self._store.shelves.remove(profile.user_id, shelf, movie.movie_id, at)
        return _shelved(movie, shelf, change, is_on=False)

    async def go_back(self, discord_id: int, movie_id: int, now: Spot | None, then: Spot | None, at: int) -> Shelved:
        """Let a film stand as it did `then`; raises ShelfChangedError where it no longer stands as it does `now`.

        That is what buttons of earlier versions ask for.
        """
        movie = self.search.named(movie_id)
        profile = await self._store.profiles.find(discord_id)
        change = None
        if profile is not None:
            change = await self._store.shelves.replace(profile.user_id, movie.movie_id, now, then, at)
        if change is None:
            raise ShelfChangedError(movie)
        shelf = (then or now or Spot("watchlist", 0)).shelf
        return _shelved(movie, shelf, change, is_on=then is not None)

    async def look_up(self, discord_id: int, shelf: Shelf, text: str) -> Movie | Choice:
        """The film of a shelf that `text` names; raises UnknownTitleError and NotShelvedError."""
        found = self.search.find_kept(text)
        candidates = found.candidates if isinstance(found, Choice) else (found,)
        shelved = {movie.movie_id for movie in await self._on(discord_id, shelf)}
        meant = tuple(movie for movie in candidates if movie.movie_id in shelved)
        if not meant:
            raise NotShelvedError(text if isinstance(found, Choice) else found.label, shelf)
        return meant[0] if len(meant) == 1 else Choice(text, meant)

    async def complete(self, discord_id: int, shelf: Shelf, text: str, limit: int) -> tuple[Movie, ...]:
        """The films of a shelf in whose names every typed word begins a word, the newest first."""
        typed = fold(text).split()
        movies = await self._on(discord_id, shelf)
        return tuple(movie for movie in movies if _fits(typed, fold(movie.label).split()))[:limit]

    async def page(self, discord_id: int, shelf: Shelf, number: int) -> ShelfPage:
        """One page of the films on a shelf, the newest first."""
        movies = await self._on(discord_id, shelf)
        page = Page.of(len(movies), number)
        return ShelfPage(discord_id, shelf, page, movies[page.first : page.first + PAGE])

    async def _on(self, discord_id: int, shelf: Shelf) -> tuple[Movie, ...]:
        profile: Profile | None = await self._store.profiles.find(discord_id)
        if profile is None:
            return ()
        return self.search.all_named(one.movie_id for one in await self._store.shelves.of(profile.user_id, shelf))


def _shelved(movie: Movie, shelf: Shelf, change: Change | None, *, is_on: bool) -> Shelved:
    if change is None:
        return Shelved(movie, shelf, is_on)
    left = cast("Shelf", change.before.value) if change.before is not None else None
    return Shelved(movie, shelf, is_on, change.change_id, left)


def _fits(typed: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in typed)
