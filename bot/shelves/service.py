"""The watchlist, and the films a member wants to hear no more of: putting films there and taking them off."""

from dataclasses import dataclass

from bot.chat.pages import PAGE, Page
from bot.errors import UserError
from bot.movies import Choice, MovieSearch
from data import Movie
from data.folding import fold
from data.store import Profile, Shelf, Spot, Store


@dataclass(eq=False)
class AlreadyRatedError(UserError):
    """A film for the watchlist that was seen already."""

    movie: Movie
    stars: float


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
    """A film was put on `shelf` or taken off it; `changed` is False where it had been so already.

    `before` and `now` are where it stood and stands, which is all that taking this back needs.
    """

    movie: Movie
    shelf: Shelf
    is_on: bool
    changed: bool
    before: Spot | None = None
    now: Spot | None = None


@dataclass(frozen=True, slots=True)
class HiddenPage:
    owner_id: int
    page: Page
    movies: tuple[Movie, ...]


class ShelfService:
    """Members are Discord ids; times are UTC epoch seconds. A film moved to one shelf leaves the other."""

    def __init__(self, store: Store, search: MovieSearch) -> None:
        self._store = store
        self.search = search

    async def put(self, discord_id: int, shelf: Shelf, movie_id: int, at: int) -> Shelved:
        """Put a film on a shelf; raises AlreadyRatedError for the watchlist, which is for films still to be seen."""
        movie = self.search.by_id(movie_id)
        profile = await self._store.profiles.get_or_create(discord_id, at)
        if shelf == "watchlist":
            stars = (await self._store.ratings.ratings_of(profile.user_id)).get(movie.movie_id)
            if stars is not None:
                raise AlreadyRatedError(movie, stars)
        before, now = await self._store.shelves.move(profile.user_id, movie_id, shelf, at)
        return Shelved(movie, shelf, is_on=True, changed=before != now, before=before, now=now)

    async def take(self, discord_id: int, shelf: Shelf, movie_id: int, at: int) -> Shelved:
        movie = self.search.named(movie_id)
        profile = await self._store.profiles.get_or_create(discord_id, at)
        before = await self._store.shelves.remove(profile.user_id, shelf, movie.movie_id)
        return Shelved(movie, shelf, is_on=False, changed=before is not None, before=before)

    async def undo(self, discord_id: int, movie_id: int, now: Spot | None, then: Spot | None) -> Shelved:
        """Let a film stand as it did `then`; raises ShelfChangedError where it no longer stands as it does `now`."""
        movie = self.search.named(movie_id)
        profile = await self._store.profiles.find(discord_id)
        if profile is None or not await self._store.shelves.replace(profile.user_id, movie.movie_id, now, then):
            raise ShelfChangedError(movie)
        shelf = (then or now or Spot("watchlist", 0)).shelf
        return Shelved(movie, shelf, is_on=then is not None, changed=True, before=now, now=then)

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

    async def hidden(self, discord_id: int, number: int) -> HiddenPage:
        """One page of the films a member hid, the newest first."""
        movies = await self._on(discord_id, "hidden")
        page = Page.of(len(movies), number)
        return HiddenPage(discord_id, page, movies[page.first : page.first + PAGE])

    async def _on(self, discord_id: int, shelf: Shelf) -> tuple[Movie, ...]:
        profile: Profile | None = await self._store.profiles.find(discord_id)
        if profile is None:
            return ()
        return self.search.all_named(one.movie_id for one in await self._store.shelves.of(profile.user_id, shelf))


def _fits(typed: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in typed)
