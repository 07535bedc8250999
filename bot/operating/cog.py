"""Slash commands at Discord: kept up to date beside the bot, and `sync` for the application's owner."""

import asyncio

from discord.ext import commands

from bot.chat.ask import Ask
from bot.chat.clickable import Clickable
from bot.chat.declaring import by_prefix
from bot.chat.host import Host
from bot.operating import replies
from bot.operating.service import OperatingService
from bot.operating.syncing import keep_synced, registered_ids, sync


class OwnerCog(commands.Cog, name="Owner"):
    def __init__(self, bot: Host, operating: OperatingService) -> None:
        self._bot = bot
        self._facts = operating.facts
        self._syncing: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        self._syncing = asyncio.create_task(self._sync(), name="registering slash commands")

    async def cog_unload(self) -> None:
        if self._syncing is not None:
            self._syncing.cancel()

    async def _sync(self) -> None:
        await self._bot.wait_until_ready()  # by then all cogs have added theirs
        try:
            await self._link()
            await keep_synced(self._bot.tree, self._facts)
            await self._link()
        except Exception as error:
            self._bot.note_bug(error, "registering slash commands")

    async def _link(self) -> None:
        self._bot.clickable = Clickable.of(self._bot, await registered_ids(self._facts))

    @commands.is_owner()
    @by_prefix(hidden=True, kind="heavy")
    async def sync(self, ask: Ask) -> None:
        """Register the slash commands with Discord again."""
        count = await sync(self._bot.tree, self._facts)
        await self._link()
        await ask.reply(replies.synced(count))
