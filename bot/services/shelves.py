"""The watchlist, and the films a member wants to hear no more of."""

from dataclasses import dataclass

from bot.services.films import Films
from data import Movie
from data.store import Shelf, Store


@dataclass(frozen=True, slots=True)
class Shelved:
    """A film was put on a shelf or taken off it; `changed` is False where it had been so before."""

    movie: Movie
    shelf: Shelf
    is_on: bool
    changed: bool


class Shelves:
    def __init__(self, store: Store, films: Films) -> None:
        self._store = store
        self._films = films

    async def put(self, discord_id: int, shelf: Shelf, movie: Movie, at: int) -> Shelved:
        profile = await self._store.profiles.get_or_create(discord_id, at)
        added = await self._store.shelves.add(profile.user_id, shelf, [movie.movie_id], at)
        return Shelved(movie, shelf, is_on=True, changed=bool(added))

    async def take(self, discord_id: int, shelf: Shelf, movie: Movie, at: int) -> Shelved:
        profile = await self._store.profiles.get_or_create(discord_id, at)
        changed = await self._store.shelves.remove(profile.user_id, shelf, movie.movie_id)
        return Shelved(movie, shelf, is_on=False, changed=changed)
