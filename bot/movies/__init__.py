"""One film: found by what somebody types, its card, and the films like it."""

from bot.movies.search import Choice, MovieSearch, UnknownTitleError
from bot.movies.service import MovieCard, MovieService, NotLearnedError, SimilarMovies

__all__ = [
    "Choice",
    "MovieCard",
    "MovieSearch",
    "MovieService",
    "NotLearnedError",
    "SimilarMovies",
    "UnknownTitleError",
]
