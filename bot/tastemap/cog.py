"""`tastemap`: where the members of a server stand by taste, and the button that puts one on it."""

import asyncio

from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.servers.presence import Presence
from bot.tastemap import replies
from bot.tastemap.service import NotShownError, TasteMapService


class TasteMapCog(commands.Cog, name="Taste map", description="You and your data"):
    def __init__(self, maps: TasteMapService, presence: Presence) -> None:
        self._maps = maps
        self._presence = presence

    @commands.guild_only()
    @hybrid(kind="list", examples=("tastemap",))
    async def tastemap(self, ask: Ask) -> None:
        """Who in this server has a taste near yours, as a map."""
        await self._show(ask)

    @action("tastemap_join", command="tastemap", kind="write")
    async def join(self, ask: Ask, press: Press) -> None:
        await self._maps.join(ask.user_id, ask.at)
        await ask.reply(replies.joined(ask.user_id, ask.prefix))

    @action("tastemap_show", command="tastemap", kind="list")
    async def show(self, ask: Ask, press: Press) -> None:
        await self._show(ask)

    async def _show(self, ask: Ask) -> None:
        if ask.guild is None:
            raise commands.NoPrivateMessage
        if not await self._maps.compares(ask.user_id):
            await ask.reply(replies.invitation(ask.user_id, ask.prefix))
            return
        await ask.take_time()
        made = await self._maps.map(ask.guild.id, ask.user_id, ask.at)
        names = await self._presence.names(ask.guild, [one.discord_id for one in made.people], ask.at)
        if made.me.discord_id not in names:
            raise NotShownError("server")
        shown = made.among(names)
        await ask.reply(await asyncio.to_thread(replies.tastes, shown, names))
