"""One film: found by what somebody types, its card, and the films like it."""

from bot.movies.adding import AddingService, NewFilm
from bot.movies.search import Choice, FormerMovieError, MovieSearch, UnknownTitleError
from bot.movies.service import MovieService, NotLearnedError, ServerMean

__all__ = [
    "AddingService",
    "Choice",
    "FormerMovieError",
    "MovieSearch",
    "MovieService",
    "NewFilm",
    "NotLearnedError",
    "ServerMean",
    "UnknownTitleError",
]
