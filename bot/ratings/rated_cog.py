"""`ratings`: what somebody has rated, page by page."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.host import Host
from bot.chat.people import Somebody, find, is_member
from bot.chat.sending import answer, replace
from bot.ratings import rated_replies as ui
from data.store import Order


class RatedFilms(commands.Cog):
    """What you have rated."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid(aliases=("myratings",))
    @app_commands.describe(member="Whose ratings; yours if left out", sort="Which come first")
    async def ratings(
        self,
        ctx: commands.Context[Host],
        member: Somebody | None = None,
        sort: Literal["newest", "highest", "lowest"] = "newest",
    ) -> None:
        """List what you, or somebody else, have rated."""
        owner = member or ctx.author
        page = await self.bot.house.rated_films.page(ctx.author.id, owner.id, sort, 0, in_guild=is_member(owner))
        await answer(ctx, ui.ratings_page(ctx.author.id, page, owner.display_name, self.bot.prefix_in(ctx.guild)))

    @action("ratings_page", command="ratings")
    async def turn_page(self, interaction: discord.Interaction[Host], press: Press) -> None:
        orders: dict[str, Order] = {"newest": "newest", "highest": "highest", "lowest": "lowest"}
        viewer, owner = interaction.user, await find(interaction, press.number(0))
        order, number = press.word(1, orders), press.number(2, default=0)
        page = await self.bot.house.rated_films.page(viewer.id, owner.id, order, number, in_guild=is_member(owner))
        await replace(interaction, ui.ratings_page(viewer.id, page, owner.display_name, "/"))


async def setup(bot: Host) -> None:
    await bot.add_cog(RatedFilms(bot))
