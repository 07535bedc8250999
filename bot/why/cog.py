"""`why`, and the buttons and selects that ask for it."""

from typing import Annotated

from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.movies.asking import MovieNamed
from bot.why import replies
from bot.why.service import WhyService
from data import Movie


class WhyCog(commands.Cog, name="Why", description="Find something to watch"):
    def __init__(self, why: WhyService) -> None:
        self._why = why

    @hybrid(aliases=("explain",), kind="list", examples=("why Heat",))
    @app_commands.describe(movie="The film's title")
    async def why(self, ask: Ask, *, movie: Annotated[Movie, MovieNamed("why_chosen")]) -> None:
        """Which of your ratings pull a film's predicted stars up and down."""
        await ask.reply(replies.why(await self._why.why(ask.user_id, movie.movie_id), ask.prefix))

    @action("why_chosen", command="why", kind="list")
    async def why_chosen(self, ask: Ask, press: Press) -> None:
        await ask.replace(replies.why(await self._why.why(ask.user_id, press.chosen), ask.prefix))

    @action("why_film", command="why", kind="list")
    async def why_film(self, ask: Ask, press: Press) -> None:
        """The film is the option chosen in a select, or the argument of a button."""
        made = await self._why.why(ask.user_id, press.subject)
        await ask.reply(replies.why(made, ask.prefix, ephemeral=True))
