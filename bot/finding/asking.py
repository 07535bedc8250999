"""A film's card, with ways on to others."""

from collections.abc import Sequence

from bot.chat.ask import Ask
from bot.chat.cards import ControlRow
from bot.chat.reply import Reply
from bot.movies import MovieService
from bot.movies.card_replies import movie_card
from bot.tmdb import TmdbService


async def card_of(
    ask: Ask, movies: MovieService, tmdb: TmdbService, movie_id: int, ways_on: Sequence[ControlRow]
) -> Reply:
    film = await movies.card(ask.user_id, movie_id, ask.guild_id)
    told = await tmdb.of(film.movie, ask.at)
    return movie_card(film, told, has_pictures=ask.has_pictures, ways_on=ways_on)
