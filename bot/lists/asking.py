"""A list as who asked for it wants to see it."""

from collections.abc import Sequence

from bot.chat.ask import Ask
from bot.chat.reply import Reply
from bot.lists.replies import recommendations
from bot.lists.service import MovieList
from bot.lists.wishes import Unread
from bot.tmdb import TmdbService
from bot.tmdb.asking import posters_for


async def with_posters(ask: Ask, shown: MovieList, tmdb: TmdbService, unread: Sequence[Unread] = ()) -> Reply:
    """The list, with its films' posters where they are wanted and there in time."""
    told = await posters_for(ask, tmdb, (one.movie for one in shown.movies))
    return recommendations(shown, ask.prefix, told, unread)
