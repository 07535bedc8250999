"""A film that nobody here knows yet, and TMDB does: found by its title, and added at a press."""

import json
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from string import capwords

from bot.errors import StaleComponentError
from bot.movies.search import Choice, MovieSearch
from bot.tmdb import TmdbService
from data import Movie
from data.store import Store
from data.titles import read_name

KIND = "add"
"""What a list is called that is no list, but a film about to be added."""

Refresh = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class NewFilm:
    """A film that may be added; `draft_id` is what a press names. `directors` are for the question alone."""

    draft_id: int
    title: str
    year: int
    directors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """A film that the catalogue lacks, with its numbers at IMDb and TMDB, of which it has one at least.

    Genres are IMDb's, never TMDB's.
    """

    title: str
    year: int
    imdb_id: int | None
    tmdb_id: int | None
    genres: tuple[str, ...] = ()


class AddingService:
    """Of what TMDB tells only the numbers are kept for good, and the year; the title was typed, or is IMDb's.

    `refresh` has the whole bot know the films that the database knows. Members are Discord ids.
    """

    def __init__(self, store: Store, search: MovieSearch, tmdb: TmdbService, refresh: Refresh) -> None:
        self._store = store
        self._search = search
        self._tmdb = tmdb
        self._refresh = refresh

    async def find(self, discord_id: int, text: str, at: int) -> NewFilm | Choice | None:
        """The film that was meant: a new one, or one that is called otherwise here; None where TMDB has none either."""
        title, year = _parted(text)
        film = await self._tmdb.search(title, year)
        if film is None and year is not None:  # Blade Runner 2049
            title = text
            film = await self._tmdb.search(title, None)
        if film is None or film.year is None:
            return None
        known = self._search.linked(imdb_id=film.imdb_id or 0, tmdb_id=film.tmdb_id)
        if known is not None:
            return Choice(text, (known,))
        profile = await self._store.profiles.get_or_create(discord_id, at)
        name = _tidy(title)
        draft = {"kind": KIND, "title": name, "year": film.year, "imdb": film.imdb_id, "tmdb": film.tmdb_id}
        draft_id = await self._store.lists.create(profile.user_id, (), json.dumps(draft), at)
        return NewFilm(draft_id, name, film.year, film.directors)

    async def add(self, discord_id: int, draft_id: int) -> Movie:
        """Add the film, unless it is there by now; raises StaleComponentError where there is no such draft."""
        draft = await self._store.lists.get(draft_id)
        profile = await self._store.profiles.find(discord_id)
        if draft is None or profile is None or draft.user_id != profile.user_id or draft.kind != KIND:
            raise StaleComponentError
        told = json.loads(draft.query)
        film = Addition(told["title"], told["year"], told["imdb"], told["tmdb"])
        return self._search.by_id((await self.add_all([film]))[film])

    async def add_all(self, films: Iterable[Addition]) -> dict[Addition, int]:
        """Add these films, unless they are there by now; their ids."""
        ids, is_news = {}, False
        for film in films:
            known = self._search.linked(imdb_id=film.imdb_id or 0, tmdb_id=film.tmdb_id or 0)
            if known is None:
                told = film.title, film.year, film.genres, film.imdb_id, film.tmdb_id
                ids[film], _ = await self._store.films.add(*told)
                is_news = True
            else:
                ids[film] = known.movie_id
        if is_news:
            await self._refresh()
        return ids


def _parted(text: str) -> tuple[str, int | None]:
    """Title and year of `Oppenheimer 2023`, in whatever brackets."""
    match = re.fullmatch(r"(.*\S)\s*[\s(\[]((?:19|20)\d\d)[)\]]?", text.strip(), re.ASCII)
    title, year = (text, None) if match is None else (match[1], int(match[2]))
    return read_name(" ".join(title.split())).text, year


def _tidy(title: str) -> str:
    """A title typed in haste, as titles are written."""
    return capwords(title) if title == title.lower() else title
