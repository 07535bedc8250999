"""`hide`: films to hear no more of."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid_group, rest, subcommand
from bot.chat.host import Host
from bot.chat.sending import answer, replace
from bot.movies.completion import complete_movie
from bot.shelves import replies as ui
from bot.shelves.cog import complete_on, put_named, take_named


class Hiding(commands.Cog):
    """Films you want to hear no more of."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid_group(fallback="list", aliases=("notinterested",))
    async def hide(self, ctx: commands.Context[Host]) -> None:
        """Keep a film out of your lists, or see which ones you keep out."""
        if text := rest(ctx):  # !hide Heat
            await put_named(ctx, "hidden", text)
            return
        shown = await self.bot.house.shelves.hidden(ctx.author.id, 0)
        await answer(ctx, ui.hidden(shown, self.bot.prefix_in(ctx.guild)))

    @subcommand(hide, kind="write")
    @app_commands.describe(movie="The film you want to hear no more of")
    @app_commands.autocomplete(movie=complete_movie)
    async def add(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Keep a film out of your lists."""
        await put_named(ctx, "hidden", movie)

    @subcommand(hide, kind="write")
    @app_commands.describe(movie="A film you hid")
    async def remove(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Let a film come up in your lists again."""
        await take_named(ctx, "hidden", movie)

    @remove.autocomplete("movie")
    async def complete_hidden(
        self, interaction: discord.Interaction[Host], current: str
    ) -> list[app_commands.Choice[str]]:
        return await complete_on(interaction, "hidden", current)

    @action("hidden_page", command="hide")
    async def turn_page(self, interaction: discord.Interaction[Host], press: Press) -> None:
        shown = await self.bot.house.shelves.hidden(interaction.user.id, press.number(0))
        await replace(interaction, ui.hidden(shown, self.bot.prefix_in(interaction.guild)))


async def setup(bot: Host) -> None:
    await bot.add_cog(Hiding(bot))
