"""Where the films of a file are looked for that nobody here knows: in IMDb's files, if they are kept, and at TMDB."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from threading import Event

from bot.imports.plan import Finding, Wanted
from bot.movies import MovieSearch
from bot.movies.adding import Addition
from bot.tmdb import TmdbService
from bot.tmdb.service import YEAR_TOLERANCE
from data.errors import SourceFileError, TmdbUnavailableError
from data.folding import fold
from data.imdb.finding import find_films, has_titles
from data.store.staging import StagedFilm

ASKED_AT_ONCE = 4
"""Films that TMDB is asked for by all imports; what members wait for shares its places with them."""

OnLookedUp = Callable[[int], Awaitable[None]]
"""Hears how many films were looked for."""

log = logging.getLogger(__name__)


class Sources:
    """`imdb_files` is where IMDb's files would be."""

    def __init__(self, search: MovieSearch, tmdb: TmdbService, imdb_files: Path) -> None:
        self._search = search
        self._tmdb = tmdb
        self._imdb_files = imdb_files
        self._reading = asyncio.Semaphore(1)
        self._asking = asyncio.Semaphore(ASKED_AT_ONCE)

    @property
    def are_there(self) -> bool:
        return self._tmdb.is_on or has_titles(self._imdb_files)

    async def look_up(
        self, wanted: Sequence[Wanted], found: dict[Wanted, Finding | None], on_looked_up: OnLookedUp
    ) -> None:
        """Put into `found` what each of them is, None for nothing; where a source fails, only as far as it came."""
        try:
            found |= await self._find_in_files(wanted)
        except SourceFileError as error:
            log.warning("IMDb's files were not looked through for an import: %s", error)
            if not self._tmdb.is_on:
                return
        waiting = iter([one for one in wanted if one not in found])
        if not self._tmdb.is_on:
            found |= dict.fromkeys(waiting)
            return

        async def look_up_some() -> None:
            for one in waiting:
                async with self._asking:
                    found[one] = await self._find_at_tmdb(one)
                await on_looked_up(len(found))

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(ASKED_AT_ONCE):
                    group.create_task(look_up_some())
        except* TmdbUnavailableError:
            pass  # nothing is lost: the rest can be looked for later

    async def _find_at_tmdb(self, wanted: Wanted) -> Finding | None:
        """Only what has its number or its year is surely the film that is meant.

        All members read what a new film is called, so it has to be called so there, as its number alone does not say.
        """
        film = await self._tmdb.identify(wanted.title, wanted.year, wanted.imdb_id, wanted.tmdb_id)
        if film is None or (year := wanted.year or film.year) is None:
            return None
        is_sure = bool(wanted.year or wanted.imdb_id or wanted.tmdb_id)
        finding = self._finding(Addition(wanted.title, year, film.imdb_id, film.tmdb_id), is_sure=is_sure)
        if isinstance(finding.film, Addition) and fold(film.title) != fold(wanted.title):
            called_so = await self._tmdb.identify(wanted.title, wanted.year, None, None)
            return finding if called_so is not None and called_so.tmdb_id == film.tmdb_id else None
        return finding

    async def _find_in_files(self, wanted: Sequence[Wanted]) -> dict[Wanted, Finding | None]:
        """Those that have their number there, or the one film of that title from that year, or from one beside it.

        They are called as there, and not as the file calls them: all members will read it.
        """
        if not wanted or not has_titles(self._imdb_files):
            return {}
        numbers, is_over = {one.imdb_id for one in wanted if one.imdb_id is not None}, Event()
        titles = {one.title for one in wanted if one.year is not None}
        try:
            async with self._reading:
                films = await asyncio.to_thread(find_films, self._imdb_files, numbers, titles, is_over.is_set)
        finally:
            is_over.set()
        by_number, by_title = _by_number_and_title(films)
        meant = {
            one: by_number.get(one.imdb_id or 0) or _of_year(by_title[fold(one.title)], one.year) for one in wanted
        }
        return {
            one: self._finding(
                Addition(
                    film.title, year, film.imdb_id, one.tmdb_id, tuple(film.genres.split("|")) if film.genres else ()
                )
            )
            for one, film in meant.items()
            if film is not None and (year := film.year or one.year) is not None
        }

    def _finding(self, film: Addition, *, is_sure: bool = True) -> Finding:
        """The film, or the one of the catalogue that it is."""
        known = self._search.linked(imdb_id=film.imdb_id or 0, tmdb_id=film.tmdb_id or 0)
        return Finding(film if known is None else known.movie_id, is_sure)


def _by_number_and_title(
    films: Sequence[StagedFilm],
) -> tuple[dict[int, StagedFilm], defaultdict[str, list[StagedFilm]]]:
    by_title: defaultdict[str, list[StagedFilm]] = defaultdict(list)
    for film in films:
        for title in {fold(film.title), fold(film.original_title or film.title)}:
            by_title[title].append(film)
    return {film.imdb_id: film for film in films}, by_title


def _of_year(films: Sequence[StagedFilm], year: int | None) -> StagedFilm | None:
    """The one film of that year, or else of the years beside it."""
    if year is None:
        return None
    near = [film for film in films if film.year is not None and abs(film.year - year) <= YEAR_TOLERANCE]
    dated = [film for film in near if film.year == year] or near
    return dated[0] if len(dated) == 1 else None
