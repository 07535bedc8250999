"""`recommend`, and the controls under a list."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.host import Host
from bot.chat.sending import answer, respond
from bot.chat.text import OPTION_LIMIT
from bot.lists import replies as ui
from bot.lists.filters import LIST_LENGTH, Depth, Source
from bot.shelves import replies as shelves_ui

CHOICES = 25


class Recommending(commands.Cog):
    """Films you have not seen and will like."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @commands.command(name="recommend", aliases=["rec", "recs"], extras={"cooldown": "list"})
    async def recommend_text(self, ctx: commands.Context[Host], *, wishes: str = "") -> None:
        """Ten films for you; name genres, years or a depth to narrow them."""
        filters = self.bot.house.filter_words.read(wishes)
        films = await self.bot.house.listing.make(ctx.author.id, filters, self.bot.time_of(ctx))
        await answer(ctx, ui.recommendations(films, self.bot.prefix_in(ctx.guild)))

    @app_commands.command(name="recommend", extras={"cooldown": "list"})
    @app_commands.describe(
        genre="One genre or several; a film needs any one of them",
        without="Genres to leave out",
        years="Such as 1994, 90s, 1990-1999 or since 2010",
        depth="What many people know, or what few have seen",
        source="All films, or those on your watchlist",
        count="How many films, 1 to 10",
    )
    async def recommend_slash(
        self,
        interaction: discord.Interaction[Host],
        genre: str = "",
        without: str = "",
        years: str = "",
        depth: Depth = "balanced",
        source: Source = "all",
        count: app_commands.Range[int, 1, LIST_LENGTH] = LIST_LENGTH,
    ) -> None:
        """Films you have not seen and will like."""
        filters = self.bot.house.filter_words.read_parts(genre, without, years, depth, source, count)
        films = await self.bot.house.listing.make(interaction.user.id, filters, self.bot.time_of(interaction))
        await respond(interaction, ui.recommendations(films, self.bot.prefix_in(interaction.guild)))

    @recommend_slash.autocomplete("genre")
    @recommend_slash.autocomplete("without")
    async def complete_genre(
        self, interaction: discord.Interaction[Host], current: str
    ) -> list[app_commands.Choice[str]]:
        found = self.bot.house.filter_words.complete(current, CHOICES)
        return [app_commands.Choice(name=one, value=one) for one in found if len(one) <= OPTION_LIMIT]

    @recommend_slash.autocomplete("years")
    async def complete_years(
        self, interaction: discord.Interaction[Host], current: str
    ) -> list[app_commands.Choice[str]]:
        decades = [f"{first}s" for first in reversed(self.bot.house.films.facets.decades())]
        found = [one for one in decades if current.strip() in one][:CHOICES]
        return [app_commands.Choice(name=one, value=one) for one in found]

    @action("more", command="recommend", kind="list")
    async def more(self, interaction: discord.Interaction[Host], press: Press) -> None:
        films = await self.bot.house.listing.more(interaction.user.id, press.number(0))
        await respond(interaction, ui.recommendations(films, self.bot.prefix_in(interaction.guild)))

    @action("why_list", command="recommend")
    async def why(self, interaction: discord.Interaction[Host], press: Press) -> None:
        list_id, first = press.numbers(2)
        movies = await self.bot.house.listing.page(interaction.user.id, list_id, first)
        await respond(interaction, ui.why(interaction.user.id, movies))

    @action("list_hide", command="recommend", kind="write")
    async def hide(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie = self.bot.house.films.by_id(press.chosen)
        at = self.bot.time_of(interaction)
        result = await self.bot.house.shelves.put(interaction.user.id, "hidden", movie, at)
        await respond(interaction, shelves_ui.shelved(interaction.user.id, result, ephemeral=True))


async def setup(bot: Host) -> None:
    await bot.add_cog(Recommending(bot))
