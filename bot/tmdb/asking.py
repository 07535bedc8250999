"""Posters for a list, where they are wanted."""

from collections.abc import Iterable, Mapping

from bot.chat.ask import Ask
from bot.tmdb.service import TmdbService
from data import Movie
from data.tmdb.film import TmdbFilm


async def posters_for(ask: Ask, tmdb: TmdbService, movies: Iterable[Movie]) -> Mapping[int, TmdbFilm]:
    """What TMDB tells of the films, by movie id; nothing, and nothing is asked, where pictures are not wanted."""
    return await tmdb.of_all(movies, ask.at) if ask.has_pictures else {}
