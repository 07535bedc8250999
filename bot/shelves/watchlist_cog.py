"""`watchlist`: films to see."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid_group, rest, subcommand
from bot.chat.host import Host
from bot.chat.sending import answer, replace, respond
from bot.movies.completion import complete_movie
from bot.shelves import replies as ui
from bot.shelves.cog import complete_on, put_named, take_named
from bot.shelves.watchlist import WatchlistOrder


class Watchlist(commands.Cog):
    """Films you want to see."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid_group(fallback="show", aliases=("wl",))
    async def watchlist(self, ctx: commands.Context[Host]) -> None:
        """The films you want to see; add, remove, or let me pick one for tonight."""
        if text := rest(ctx):  # !wl Heat
            await put_named(ctx, "watchlist", text)
            return
        shown = await self.bot.house.watchlist.page(ctx.author.id, "newest", 0)
        await answer(ctx, ui.watchlist(shown, self.bot.prefix_in(ctx.guild)))

    @subcommand(watchlist, kind="write")
    @app_commands.describe(movie="The film you want to see")
    @app_commands.autocomplete(movie=complete_movie)
    async def add(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Put a film on your watchlist."""
        await put_named(ctx, "watchlist", movie)

    @subcommand(watchlist, kind="write")
    @app_commands.describe(movie="A film on your watchlist")
    async def remove(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Take a film off your watchlist."""
        await take_named(ctx, "watchlist", movie)

    @subcommand(watchlist, kind="list")
    async def pick(self, ctx: commands.Context[Host]) -> None:
        """One film of your watchlist for tonight."""
        await answer(ctx, ui.picked(ctx.author.id, await self.bot.house.watchlist.pick(ctx.author.id)))

    @remove.autocomplete("movie")
    async def complete_wanted(
        self, interaction: discord.Interaction[Host], current: str
    ) -> list[app_commands.Choice[str]]:
        return await complete_on(interaction, "watchlist", current)

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
