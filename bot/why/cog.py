"""`why`, and the buttons and selects that ask for it."""

from dataclasses import replace as changed
from typing import Annotated

from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.reply import Reply
from bot.why import replies
from bot.why.asking import WhyNamed
from bot.why.service import WhyService
from data import Movie


class WhyCog(commands.Cog, name="Why", description="Find something to watch"):
    def __init__(self, why: WhyService) -> None:
        self._why = why

    @hybrid(aliases=("explain",), kind="list", examples=("why Heat",))
    @app_commands.describe(movie="The film's title")
    async def why(self, ask: Ask, *, movie: Annotated[Movie, WhyNamed("why_chosen")]) -> None:
        """Which of the films you rated speak for a film, and which against it."""
        await ask.reply(await self._told(ask, movie.movie_id))

    @action("why_chosen", command="why", kind="list")
    async def why_chosen(self, ask: Ask, press: Press) -> None:
        await ask.replace(await self._told(ask, press.chosen))

    @action("why_film", command="why", kind="list", film=0)
    async def why_film(self, ask: Ask, press: Press) -> None:
        """The film is the option chosen in a select, or the argument of a button."""
        await ask.reply(changed(await self._told(ask, press.subject), ephemeral=True))

    @action("why_details", command="why", kind="list", film=0)
    async def why_details(self, ask: Ask, press: Press) -> None:
        await ask.reply(replies.details(await self._why.why(ask.user_id, press.number(0))))

    async def _told(self, ask: Ask, movie_id: int) -> Reply:
        return replies.why(await self._why.why(ask.user_id, movie_id), ask.user_id, ask.prefix)
