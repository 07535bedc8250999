"""`sync`: for the application's owner, by prefix only."""

from discord.ext import commands

from bot.exts.host import Host
from bot.exts.replies import answer
from bot.exts.syncing import sync
from bot.ui import information as ui


class Owner(commands.Cog):
    """Commands of the application's owner."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @commands.command(hidden=True, extras={"cooldown": "heavy"})
    @commands.is_owner()
    async def sync(self, ctx: commands.Context[Host]) -> None:
        """Register the slash commands with Discord again."""
        count = await sync(self.bot.tree, self.bot.house.store.facts)
        await answer(ctx, ui.synced(count))


async def setup(bot: Host) -> None:
    await bot.add_cog(Owner(bot))
