"""`hide`: films to hear no more of."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import MissingArgumentError
from bot.exts.actions import action
from bot.exts.completing import CHOICES, choices, complete_movie
from bot.exts.declaring import hybrid_group, rest, subcommand
from bot.exts.host import Host
from bot.exts.replies import answer, replace
from bot.services.films import Choice
from bot.ui import films as films_ui
from bot.ui import shelves as ui
from bot.ui.components import Press


class Hiding(commands.Cog):
    """Films you want to hear no more of."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid_group(fallback="list", aliases=("notinterested",))
    async def hide(self, ctx: commands.Context[Host]) -> None:
        """Keep a film out of your lists, or see which ones you keep out."""
        if text := rest(ctx):  # !hide Heat
            await self._add(ctx, text)
            return
        shown = await self.bot.house.shelves.hidden(ctx.author.id, 0)
        await answer(ctx, ui.hidden(shown, self.bot.prefix_in(ctx.guild)))

    @subcommand(hide, kind="write")
    @app_commands.describe(movie="The film you want to hear no more of")
    @app_commands.autocomplete(movie=complete_movie)
    async def add(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Keep a film out of your lists."""
        await self._add(ctx, movie)

    async def _add(self, ctx: commands.Context[Host], text: str) -> None:
        if not text.strip():
            raise MissingArgumentError("hide add", "hide add Heat")
        found = self.bot.house.films.look_up(text)
        if isinstance(found, Choice):
            await answer(ctx, films_ui.which(ctx.author.id, found, "shelf_put", "hidden"))
            return
        result = await self.bot.house.shelves.put(ctx.author.id, "hidden", found, self.bot.time_of(ctx))
        await answer(ctx, ui.shelved(ctx.author.id, result))

    @subcommand(hide, kind="write")
    @app_commands.describe(movie="A film you hid")
    async def remove(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Let a film come up in your lists again."""
        if not movie.strip():
            raise MissingArgumentError("hide remove", "hide remove Heat")
        found = await self.bot.house.shelves.look_up(ctx.author.id, "hidden", movie)
        if isinstance(found, Choice):
            await answer(ctx, films_ui.which(ctx.author.id, found, "shelf_take", "hidden"))
            return
        result = await self.bot.house.shelves.take(ctx.author.id, "hidden", found, self.bot.time_of(ctx))
        await answer(ctx, ui.shelved(ctx.author.id, result))

    @remove.autocomplete("movie")
    async def complete_hidden(
        self, interaction: discord.Interaction[Host], current: str
    ) -> list[app_commands.Choice[str]]:
        movies = await self.bot.house.shelves.complete(interaction.user.id, "hidden", current, CHOICES)
        return choices(movies)

    @action("hidden_page", command="hide")
    async def turn_page(self, interaction: discord.Interaction[Host], press: Press) -> None:
        shown = await self.bot.house.shelves.hidden(interaction.user.id, press.number(0))
        await replace(interaction, ui.hidden(shown, self.bot.prefix_in(interaction.guild)))


async def setup(bot: Host) -> None:
    await bot.add_cog(Hiding(bot))
