"""What the bot does by itself once a day, and when it joins or leaves a server."""

from collections.abc import Awaitable

import discord
from discord.ext import commands

from bot.chat.host import Host
from bot.chat.loops import every
from bot.operating.service import OperatingService


class HousekeepingCog(commands.Cog, name="Housekeeping"):
    """Forgets what nobody can go on with any more."""

    def __init__(self, bot: Host, operating: OperatingService) -> None:
        self._bot = bot
        self._operating = operating

    async def cog_load(self) -> None:
        self.tidy.start()

    async def cog_unload(self) -> None:
        self.tidy.cancel()

    @every(hours=24, place="tidying up")
    async def tidy(self) -> None:
        """When all servers are known, and then day by day. One that Discord cannot reach just now is not left."""
        present = [guild.id for guild in self._bot.guilds]
        for guild_id in await self._operating.tidy(int(discord.utils.utcnow().timestamp()), present):
            self._bot.guild_settings.pop(guild_id, None)

    @tidy.before_loop
    async def _begin(self) -> None:
        await self._bot.wait_until_ready()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._note(self._operating.note_joined(guild.id))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Left, or thrown out; an outage is another event."""
        await self._note(self._operating.note_left(guild.id, int(discord.utils.utcnow().timestamp())))

    async def _note(self, noting: Awaitable[None]) -> None:
        """What cannot be written now is noticed by the next tidying."""
        with self._bot.noting_bugs("noting a server joined or left"):
            await noting
