"""One film: found by what somebody types, its card, and the films like it."""

from bot.movies.search import Choice, FormerMovieError, MovieSearch, UnknownTitleError
from bot.movies.service import MovieService, NotLearnedError, ServerMean

__all__ = [
    "Choice",
    "FormerMovieError",
    "MovieSearch",
    "MovieService",
    "NotLearnedError",
    "ServerMean",
    "UnknownTitleError",
]
