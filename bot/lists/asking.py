"""A list as who asked for it wants to see it."""

from collections.abc import Sequence

from bot.chat.ask import Ask
from bot.chat.reply import Reply
from bot.lists.following import Following
from bot.lists.replies import recommendations
from bot.lists.service import ListService, MovieList
from bot.lists.wishes import Unread
from bot.tmdb import TmdbService
from bot.tmdb.asking import posters_for
from data import Movie


def followed(ask: Ask, lists: ListService, text: str) -> tuple[int, int, Following] | None:
    """Which list of the asker's a text goes on with, the place of its first film here, from 0, and how.

    Other than by more films only where that list is replied to.
    """
    if (listed := ask.list_spoken_of) is None or listed.list_id is None or listed.owner_id != ask.user_id:
        return None
    asked = lists.following(text)
    if asked is None or not (ask.is_reply or asked == Following()):
        return None
    return listed.list_id, listed.first - 1, asked


async def with_posters(
    ask: Ask, shown: MovieList, tmdb: TmdbService, unread: Sequence[Unread] = (), namesake: Movie | None = None
) -> Reply:
    """The list, with its films' posters where they are wanted and there in time."""
    told = await posters_for(ask, tmdb, (one.movie for one in shown.movies))
    return recommendations(shown, ask.prefix, told, unread, namesake)
