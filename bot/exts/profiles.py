"""`profile`: a member's MovieLens profile."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.exts.declaring import hybrid
from bot.exts.host import Host
from bot.exts.replies import answer
from bot.ui import profiles as ui


class Profiles(commands.Cog):
    """Your MovieLens profile."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid(aliases=("stats",))
    @app_commands.describe(member="Whose profile; yours if left out")
    async def profile(self, ctx: commands.Context[Host], member: discord.User | None = None) -> None:
        """Your MovieLens id, your ratings in numbers, and what you like."""
        owner = member or ctx.author
        card = await self.bot.house.profiles.card(
            ctx.author.id, owner.id, self.bot.time_of(ctx), in_guild=ctx.guild is not None
        )
        await answer(ctx, ui.profile(card, owner.display_name, self.bot.prefix_in(ctx.guild)))


async def setup(bot: Host) -> None:
    await bot.add_cog(Profiles(bot))
