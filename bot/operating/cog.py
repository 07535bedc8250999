"""Slash commands at Discord: kept up to date beside the bot, and `sync` for the application's owner."""

import asyncio

from discord.ext import commands

from bot.chat.host import Host
from bot.chat.sending import answer
from bot.help import replies as ui
from bot.operating.syncing import keep_synced, sync


class Owner(commands.Cog):
    """Commands of the application's owner."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot
        self._syncing: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        self._syncing = asyncio.create_task(self._sync(), name="registering slash commands")

    async def cog_unload(self) -> None:
        if self._syncing is not None:
            self._syncing.cancel()

    async def _sync(self) -> None:
        await self.bot.wait_until_ready()  # by then all cogs have added theirs
        try:
            await keep_synced(self.bot.tree, self.bot.house.store.facts)
        except Exception as error:
            self.bot.note_bug(error, "registering slash commands")

    @commands.command(hidden=True, extras={"cooldown": "heavy"})
    @commands.is_owner()
    async def sync(self, ctx: commands.Context[Host]) -> None:
        """Register the slash commands with Discord again."""
        count = await sync(self.bot.tree, self.bot.house.store.facts)
        await answer(ctx, ui.synced(count))


async def setup(bot: Host) -> None:
    await bot.add_cog(Owner(bot))
