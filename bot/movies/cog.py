"""`movie` and `similar`: one film, and the films like it."""

from typing import Annotated, ClassVar

from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import by_prefix, hybrid
from bot.chat.reply import Reply
from bot.movies import card_replies, replies
from bot.movies.adding import AddingService
from bot.movies.asking import MovieNamed, SimilarNamed, films_meant
from bot.movies.card_replies import movie_card
from bot.movies.pronouns import names_place
from bot.movies.sayings import Saying, saying
from bot.movies.service import MovieService
from bot.tmdb import TmdbService
from bot.tmdb.asking import posters_for
from data import Movie


class MoviesCog(commands.Cog, name="Movies", description="Find something to watch"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, movies: MovieService, tmdb: TmdbService, adding: AddingService) -> None:
        self._movies = movies
        self._tmdb = tmdb
        self.adding = adding
        self.search = movies.search

    def hears(self, ask: Ask, text: str) -> str | None:
        """`why?` and `more like the second one`, said of the film of a card, or of one of a list; `number 3` alone."""
        said = saying(text)
        if said is None and names_place(text) and not text.lower().startswith("no."):  # no. 3!
            said = Saying("movie", text)
        if said is None:
            return None
        films = films_meant(ask, self.search, said.title)
        if not films and said.command == "trailer" and self.search.is_name(said.title):
            return f"{said.command} {said.title}"
        return f"{said.command} id:{films[0]}" if len(films) == 1 else None

    @hybrid(aliases=("film", "info"), examples=("movie The Matrix",))
    @app_commands.describe(movie="The film's title")
    async def movie(self, ask: Ask, *, movie: Annotated[Movie, MovieNamed("movie_card")]) -> None:
        """What I know of a film, and how you would rate it."""
        await ask.reply(await self._card(ask, movie.movie_id))

    @hybrid(aliases=("like",), kind="list", examples=("similar Alien",))
    @app_commands.describe(movie="The film's title")
    async def similar(self, ask: Ask, *, movie: Annotated[Movie, SimilarNamed("similar_to")]) -> None:
        """Ten films that people like who like this one."""
        await ask.reply(await self._similar(ask, movie.movie_id))

    @by_prefix(hidden=True, examples=("trailer Heat",))
    async def trailer(self, ask: Ask, *, movie: Annotated[Movie, MovieNamed("movie_card")]) -> None:
        """Where a film's trailer is to be seen."""
        await ask.reply(card_replies.trailer(movie, await self._tmdb.of(movie, ask.at)))

    @action("movie_card", command="movie")
    async def chosen_card(self, ask: Ask, press: Press) -> None:
        await ask.replace(await self._card(ask, press.chosen))

    async def _card(self, ask: Ask, movie_id: int) -> Reply:
        card = await self._movies.card(ask.user_id, movie_id, ask.guild_id)
        told = await self._tmdb.of(card.movie, ask.at)
        return movie_card(card, told, has_pictures=ask.has_pictures)

    @action("similar_to", command="similar", kind="list")
    async def chosen_similar(self, ask: Ask, press: Press) -> None:
        await ask.replace(await self._similar(ask, press.chosen))

    async def _similar(self, ask: Ask, movie_id: int, *, ephemeral: bool = False) -> Reply:
        similar = await self._movies.similar(ask.user_id, movie_id)
        told = await posters_for(ask, self._tmdb, (one.movie for one in similar.similar))
        return replies.similar(similar, told, ephemeral=ephemeral)

    @action("similar", command="similar", kind="list", film=0)
    async def similar_press(self, ask: Ask, press: Press) -> None:
        """Anybody may press it, so the answer is for their eyes only."""
        await ask.reply(await self._similar(ask, press.number(0), ephemeral=True))

    @action("add_film", command="movie", kind="write")
    async def add_film(self, ask: Ask, press: Press) -> None:
        """From its card it can be rated and put anywhere."""
        await ask.replace(await self._card(ask, (await self.adding.add(ask.user_id, press.number(0))).movie_id))

    @action("none_of_these", command="rate")
    async def none_of_these(self, ask: Ask, press: Press) -> None:
        await ask.replace(replies.how_to_name(self.search.catalogue.last_year))
