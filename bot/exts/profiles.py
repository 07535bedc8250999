"""`profile`: a member's MovieLens profile."""

from discord import app_commands
from discord.ext import commands

from bot.exts.declaring import hybrid
from bot.exts.host import Host
from bot.exts.people import Somebody, is_member
from bot.exts.replies import answer
from bot.ui import profiles as ui


class Profiles(commands.Cog):
    """Your MovieLens profile."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid(aliases=("stats",))
    @app_commands.describe(member="Whose profile; yours if left out")
    async def profile(self, ctx: commands.Context[Host], member: Somebody = commands.Author) -> None:
        """Your MovieLens id, your ratings in numbers, and what you like."""
        card = await self.bot.house.profiles.card(
            ctx.author.id, member.id, self.bot.time_of(ctx), in_guild=is_member(member)
        )
        await answer(ctx, ui.profile(card, member.display_name, self.bot.prefix_in(ctx.guild)))


async def setup(bot: Host) -> None:
    await bot.add_cog(Profiles(bot))
