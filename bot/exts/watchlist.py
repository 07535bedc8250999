"""`watchlist`: films to see."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import MissingArgumentError
from bot.exts.actions import action
from bot.exts.completing import CHOICES, choices, complete_movie
from bot.exts.declaring import hybrid_group, rest, subcommand
from bot.exts.host import Host
from bot.exts.replies import answer, replace, respond
from bot.services.films import Choice
from bot.services.watchlist import WatchlistOrder
from bot.ui import films as films_ui
from bot.ui import shelves as ui
from bot.ui.components import Press


class Watchlist(commands.Cog):
    """Films you want to see."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid_group(fallback="show", aliases=("wl",))
    async def watchlist(self, ctx: commands.Context[Host]) -> None:
        """The films you want to see; add, remove, or let me pick one for tonight."""
        if text := rest(ctx):  # !wl Heat
            await self._add(ctx, text)
            return
        shown = await self.bot.house.watchlist.page(ctx.author.id, "newest", 0)
        await answer(ctx, ui.watchlist(shown, self.bot.prefix_in(ctx.guild)))

    @subcommand(watchlist, kind="write")
    @app_commands.describe(movie="The film you want to see")
    @app_commands.autocomplete(movie=complete_movie)
    async def add(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Put a film on your watchlist."""
        await self._add(ctx, movie)

    async def _add(self, ctx: commands.Context[Host], text: str) -> None:
        if not text.strip():
            raise MissingArgumentError("watchlist add", "watchlist add Heat")
        found = self.bot.house.films.look_up(text)
        if isinstance(found, Choice):
            await answer(ctx, films_ui.which(ctx.author.id, found, "shelf_put", "watchlist"))
            return
        result = await self.bot.house.shelves.put(ctx.author.id, "watchlist", found, self.bot.time_of(ctx))
        await answer(ctx, ui.shelved(ctx.author.id, result))

    @subcommand(watchlist, kind="write")
    @app_commands.describe(movie="A film on your watchlist")
    async def remove(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Take a film off your watchlist."""
        if not movie.strip():
            raise MissingArgumentError("watchlist remove", "watchlist remove Heat")
        found = await self.bot.house.shelves.look_up(ctx.author.id, "watchlist", movie)
        if isinstance(found, Choice):
            await answer(ctx, films_ui.which(ctx.author.id, found, "shelf_take", "watchlist"))
            return
        result = await self.bot.house.shelves.take(ctx.author.id, "watchlist", found, self.bot.time_of(ctx))
        await answer(ctx, ui.shelved(ctx.author.id, result))

    @subcommand(watchlist, kind="list")
    async def pick(self, ctx: commands.Context[Host]) -> None:
        """One film of your watchlist for tonight."""
        await answer(ctx, ui.picked(ctx.author.id, await self.bot.house.watchlist.pick(ctx.author.id)))

    @remove.autocomplete("movie")
    async def complete_wanted(
        self, interaction: discord.Interaction[Host], current: str
    ) -> list[app_commands.Choice[str]]:
        movies = await self.bot.house.shelves.complete(interaction.user.id, "watchlist", current, CHOICES)
        return choices(movies)

    @action("watchlist_page", command="watchlist")
    async def turn_page(self, interaction: discord.Interaction[Host], press: Press) -> None:
        orders: dict[str, WatchlistOrder] = {"newest": "newest", "best": "best"}
        order, page = press.word(0, orders), press.number(1, default=0)
        shown = await self.bot.house.watchlist.page(interaction.user.id, order, page)
        await replace(interaction, ui.watchlist(shown, self.bot.prefix_in(interaction.guild)))

    @action("watchlist_pick", command="watchlist pick", kind="list")
    async def pick_press(self, interaction: discord.Interaction[Host], press: Press) -> None:
        """Under the list a pick is a message of its own; under a pick another one takes its place."""
        but = press.number(0) if press.arguments else None
        pick = await self.bot.house.watchlist.pick(interaction.user.id, but)
        send = respond if but is None else replace
        await send(interaction, ui.picked(interaction.user.id, pick))


async def setup(bot: Host) -> None:
    await bot.add_cog(Watchlist(bot))
