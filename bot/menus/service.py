"""What the menu of a message offers."""

import asyncio

from bot.errors import UserError
from bot.menus.mentions import find_movies
from bot.movies import MovieSearch
from data import Movie


class NotMyMessageError(UserError):
    """A message of somebody else's, where one of the bot's is needed."""


class NotYourReplyError(UserError):
    """A reply that another member asked for."""


class MenuService:
    def __init__(self, search: MovieSearch) -> None:
        self._search = search

    async def movies_in(self, text: str) -> tuple[Movie, ...]:
        """The films that a message speaks of; its text is read here and dropped."""
        return await asyncio.to_thread(find_movies, self._search, text)
