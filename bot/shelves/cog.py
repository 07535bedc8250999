"""Putting films on the watchlist or hiding them: by words, and by the buttons and selects wherever they stand."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.host import Host
from bot.chat.sending import answer, replace, respond
from bot.errors import MissingArgumentError
from bot.movies import replies as films_ui
from bot.movies.completion import CHOICES, choices
from bot.movies.search import Choice
from bot.shelves import replies as ui
from data.store import Shelf

SHELVES: dict[str, Shelf] = {"watchlist": "watchlist", "hidden": "hidden"}
GROUPS: dict[Shelf, str] = {"watchlist": "watchlist", "hidden": "hide"}
"""The command of each shelf."""


async def put_named(ctx: commands.Context[Host], shelf: Shelf, text: str) -> None:
    """Put the film that `text` names on a shelf, or ask which."""
    _check_named(text, shelf, "add")
    house = ctx.bot.house
    found = house.films.look_up(text)
    if isinstance(found, Choice):
        await answer(ctx, films_ui.which(ctx.author.id, found, "shelf_put", shelf))
        return
    result = await house.shelves.put(ctx.author.id, shelf, found, ctx.bot.time_of(ctx))
    await answer(ctx, ui.shelved(ctx.author.id, result))


async def take_named(ctx: commands.Context[Host], shelf: Shelf, text: str) -> None:
    """Take the film that `text` names off a shelf, or ask which of those that are on it."""
    _check_named(text, shelf, "remove")
    house = ctx.bot.house
    found = await house.shelves.look_up(ctx.author.id, shelf, text)
    if isinstance(found, Choice):
        await answer(ctx, films_ui.which(ctx.author.id, found, "shelf_take", shelf))
        return
    result = await house.shelves.take(ctx.author.id, shelf, found, ctx.bot.time_of(ctx))
    await answer(ctx, ui.shelved(ctx.author.id, result))


def _check_named(text: str, shelf: Shelf, what: str) -> None:
    if not text.strip():
        command = f"{GROUPS[shelf]} {what}"
        raise MissingArgumentError(command, f"{command} Heat")


async def complete_on(
    interaction: discord.Interaction[Host], shelf: Shelf, current: str
) -> list[app_commands.Choice[str]]:
    """Films of one shelf while a title is being typed."""
    return choices(await interaction.client.house.shelves.complete(interaction.user.id, shelf, current, CHOICES))


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

    @action("shelf_card", command="watchlist", kind="write")
    async def put_from_card(self, interaction: discord.Interaction[Host], press: Press) -> None:
        """A card is everybody's: each learns for themselves where the film stands now, and how to take it off."""
        shelf, movie = press.word(0, SHELVES), self.bot.house.films.by_id(press.number(1))
        result = await self.bot.house.shelves.put(interaction.user.id, shelf, movie, self.bot.time_of(interaction))
        await respond(interaction, ui.shelved(interaction.user.id, result, ephemeral=True))

    @action("shelf_undo", command="watchlist", kind="write")
    async def undo(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie, now, then = self.bot.house.films.by_id(press.number(0)), ui.read(press.text(1)), ui.read(press.text(2))
        result = await self.bot.house.shelves.undo(interaction.user.id, movie, now, then)
        await replace(interaction, ui.shelved(interaction.user.id, result))


async def setup(bot: Host) -> None:
    await bot.add_cog(Shelving(bot))
