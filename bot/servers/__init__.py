"""What all topics of a server rest on: its members, what they rated, and who may be shown to the others."""

from bot.servers.by_movie import ByMovie
from bot.servers.film_stars import FilmStarsReader
from bot.servers.ratings import ServerRatings, ServerRatingsReader

__all__ = ["ByMovie", "FilmStarsReader", "ServerRatings", "ServerRatingsReader"]
