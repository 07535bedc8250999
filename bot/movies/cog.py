"""`movie` and `similar`: one film, and the films like it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.host import Host
from bot.chat.sending import answer, replace, respond
from bot.errors import MissingArgumentError
from bot.movies import lines as lists_ui
from bot.movies import replies as ui
from bot.movies.completion import complete_movie
from bot.movies.search import Choice


class Films(commands.Cog):
    """Look a film up."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid(aliases=("film", "info"))
    @app_commands.describe(movie="The film's title")
    @app_commands.autocomplete(movie=complete_movie)
    async def movie(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """What I know of a film, and how you would rate it."""
        if not movie.strip():
            raise MissingArgumentError("movie", "movie Heat")
        found = self.bot.house.films.find(movie)
        if isinstance(found, Choice):
            await answer(ctx, ui.which(ctx.author.id, found, "movie_card"))
            return
        card = await self.bot.house.recommending.card(ctx.author.id, found)
        await answer(ctx, ui.card(card))

    @hybrid(aliases=("like",), kind="list")
    @app_commands.describe(movie="The film's title")
    @app_commands.autocomplete(movie=complete_movie)
    async def similar(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Ten films that people like who like this one."""
        if not movie.strip():
            raise MissingArgumentError("similar", "similar Heat")
        found = self.bot.house.films.find(movie)
        if isinstance(found, Choice):
            await answer(ctx, ui.which(ctx.author.id, found, "similar_to"))
            return
        films = await self.bot.house.recommending.similar(ctx.author.id, found)
        await answer(ctx, lists_ui.similar(films))

    @action("movie_card", command="movie")
    async def chosen_card(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie = self.bot.house.films.by_id(press.chosen)
        card = await self.bot.house.recommending.card(interaction.user.id, movie)
        await replace(interaction, ui.card(card))

    @action("similar_to", command="similar", kind="list")
    async def chosen_similar(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie = self.bot.house.films.by_id(press.chosen)
        films = await self.bot.house.recommending.similar(interaction.user.id, movie)
        await replace(interaction, lists_ui.similar(films))

    @action("similar", command="similar", kind="list")
    async def similar_press(self, interaction: discord.Interaction[Host], press: Press) -> None:
        """Anybody may press it, so the answer is for their eyes only."""
        movie = self.bot.house.films.by_id(press.number(0))
        films = await self.bot.house.recommending.similar(interaction.user.id, movie)
        await respond(interaction, lists_ui.similar(films, ephemeral=True))


async def setup(bot: Host) -> None:
    await bot.add_cog(Films(bot))
