"""What TMDB tells of a film, shown beside what we know of it; nothing rests on it."""

from bot.tmdb.service import TmdbService

__all__ = ["TmdbService"]
