"""`why`, and the buttons and selects that ask for it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.host import Host
from bot.chat.sending import answer, replace, respond
from bot.errors import MissingArgumentError
from bot.movies import replies as films_ui
from bot.movies.completion import complete_movie
from bot.movies.search import Choice
from bot.why import replies as ui


class Explaining(commands.Cog):
    """Why a film is in your list."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid(aliases=("explain",), kind="list")
    @app_commands.describe(movie="The film's title")
    @app_commands.autocomplete(movie=complete_movie)
    async def why(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Which of your ratings pull a film's predicted stars up and down."""
        if not movie.strip():
            raise MissingArgumentError("why", "why Heat")
        found = self.bot.house.films.find(movie)
        if isinstance(found, Choice):
            await answer(ctx, films_ui.which(ctx.author.id, found, "why_chosen"))
            return
        made = await self.bot.house.explaining.why(ctx.author.id, found)
        await answer(ctx, ui.why(made, self.bot.prefix_in(ctx.guild)))

    @action("why_chosen", command="why", kind="list")
    async def why_chosen(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie = self.bot.house.films.by_id(press.chosen)
        made = await self.bot.house.explaining.why(interaction.user.id, movie)
        await replace(interaction, ui.why(made, "/"))

    @action("why_film", command="why", kind="list")
    async def why_film(self, interaction: discord.Interaction[Host], press: Press) -> None:
        """The film is the option chosen in a select, or the argument of a button."""
        movie = self.bot.house.films.by_id(press.subject)
        made = await self.bot.house.explaining.why(interaction.user.id, movie)
        await respond(interaction, ui.why(made, "/", ephemeral=True))


async def setup(bot: Host) -> None:
    await bot.add_cog(Explaining(bot))
