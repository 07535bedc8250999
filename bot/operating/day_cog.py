"""What the operator's log tells beside errors: servers joined and left, and each day in numbers."""

import logging

import discord
from discord.ext import commands, tasks

from bot.chat.host import Day, Host
from bot.operating.service import OperatingService

log = logging.getLogger(__name__)


class DayCog(commands.Cog, name="Day"):
    """Logs what members did once a day and when the bot ends."""

    def __init__(self, bot: Host, operating: OperatingService) -> None:
        self._bot = bot
        self._operating = operating

    async def cog_load(self) -> None:
        self._before = await self._operating.last_write_id(), self._bot.bugs
        self.summarize.start()

    async def cog_unload(self) -> None:
        self.summarize.cancel()
        await self._summarize()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        # A name is anybody's text; repr() keeps it on one line and shows what would be invisible.
        log.info("joined the server %r (%s); %s in all", guild.name, guild.id, len(self._bot.guilds))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        log.info("left the server %r (%s); %s in all", guild.name, guild.id, len(self._bot.guilds))

    @tasks.loop(hours=24)
    async def summarize(self) -> None:
        if self.summarize.current_loop:  # at the start there is nothing to tell
            await self._summarize()

    async def _summarize(self) -> None:
        try:
            now = await self._operating.last_write_id(), self._bot.bugs
        except Exception as error:  # a bad day must not end it
            self._bot.note_bug(error, "the day's summary")
            return
        day, self._bot.day = self._bot.day, Day()
        changes, bugs = (after - before for before, after in zip(self._before, now, strict=True))
        self._before = now
        log.info(
            "since the last summary: commands %s, presses %s, changes %s, errors %s; commands were %s",
            day.commands,
            day.presses,
            changes,
            bugs,
            day.answer_times(),
        )
