"""The buttons and selects that put films on the watchlist or hide them, wherever they stand."""

import discord
from discord.ext import commands

from bot.exts.actions import action
from bot.exts.host import Host
from bot.exts.replies import replace, respond
from bot.ui import shelves as ui
from bot.ui.components import Press
from data.store import Shelf

SHELVES: dict[str, Shelf] = {"watchlist": "watchlist", "hidden": "hidden"}


class Shelving(commands.Cog):
    """Put films aside."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @action("shelf_put", command="watchlist", kind="write")
    async def put(self, interaction: discord.Interaction[Host], press: Press) -> None:
        """The film chosen where several had the typed name."""
        movie, shelf = self.bot.house.films.by_id(press.chosen), press.word(0, SHELVES)
        result = await self.bot.house.shelves.put(interaction.user.id, shelf, movie, self.bot.time_of(interaction))
        await replace(interaction, ui.shelved(interaction.user.id, result))

    @action("shelf_take", command="watchlist", kind="write")
    async def take(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie, shelf = self.bot.house.films.by_id(press.chosen), press.word(0, SHELVES)
        result = await self.bot.house.shelves.take(interaction.user.id, shelf, movie, self.bot.time_of(interaction))
        await replace(interaction, ui.shelved(interaction.user.id, result))

    @action("shelf_toggle", command="watchlist", kind="write")
    async def toggle(self, interaction: discord.Interaction[Host], press: Press) -> None:
        """A card is everybody's: each learns for themselves where the film stands now."""
        shelf, movie = press.word(0, SHELVES), self.bot.house.films.by_id(press.number(1))
        at = self.bot.time_of(interaction)
        result = await self.bot.house.shelves.toggle(interaction.user.id, shelf, movie, at)
        await respond(interaction, ui.shelved(interaction.user.id, result, ephemeral=True))

    @action("shelf_undo", command="watchlist", kind="write")
    async def undo(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie, now, then = self.bot.house.films.by_id(press.number(0)), ui.read(press.text(1)), ui.read(press.text(2))
        result = await self.bot.house.shelves.undo(interaction.user.id, movie, now, then)
        await replace(interaction, ui.shelved(interaction.user.id, result, is_undone=True))


async def setup(bot: Host) -> None:
    await bot.add_cog(Shelving(bot))
