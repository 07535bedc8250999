"""What the operator's log tells beside errors: servers joined and left, and each day in numbers."""

import logging
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import discord
from discord.ext import commands, tasks

from bot.chat.host import Host
from bot.operating.service import OperatingService

log = logging.getLogger(__name__)

LATENCIES_KEPT = 10_000
"""The newest ones speak for the day."""


@dataclass(slots=True)
class Day:
    """What happened since the last summary: counts only, of nobody in particular."""

    last_write_id: int
    bugs: int
    commands: int = 0
    presses: int = 0
    latencies_s: deque[float] = field(default_factory=lambda: deque(maxlen=LATENCIES_KEPT))

    def answer_times(self) -> str:
        """The median and the 95th percentile, from the start of a command to its end."""
        if not self.latencies_s:
            return "never answered"
        times = sorted(self.latencies_s)
        median, high = (1000 * times[int(share * len(times))] for share in (0.5, 0.95))
        return f"answered in {median:.0f} ms (median), {high:.0f} ms (95th percentile)"


class DayCog(commands.Cog, name="Day"):
    """Counts what members do, and logs the sums once a day and when the bot ends."""

    def __init__(self, bot: Host, operating: OperatingService) -> None:
        self._bot = bot
        self._operating = operating
        self._started: WeakKeyDictionary[commands.Context[Any], float] = WeakKeyDictionary()

    async def cog_load(self) -> None:
        self._day = await self._new_day()
        self._bot.before_invoke(self._begin)
        self._bot.after_invoke(self._end)
        self.summarize.start()

    async def cog_unload(self) -> None:
        self.summarize.cancel()
        await self._summarize()

    async def _new_day(self) -> Day:
        return Day(await self._operating.last_write_id(), self._bot.bugs)

    async def _begin(self, ctx: commands.Context[Any]) -> None:
        self._day.commands += 1
        self._started[ctx] = time.perf_counter()

    async def _end(self, ctx: commands.Context[Any]) -> None:
        self._day.latencies_s.append(time.perf_counter() - self._started.pop(ctx))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Presses, and what is no hybrid: those commands are counted where they begin."""
        if interaction.type is discord.InteractionType.component:
            self._day.presses += 1
        elif interaction.type is discord.InteractionType.application_command:
            self._day.commands += not hasattr(interaction.command, "wrapped")

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
        day = self._day
        try:
            self._day = await self._new_day()
        except Exception as error:  # a bad day must not end it
            self._bot.note_bug(error, "the day's summary")
            return
        log.info(
            "since the last summary: commands %s, presses %s, ratings changed %s, errors %s; commands were %s",
            day.commands,
            day.presses,
            self._day.last_write_id - day.last_write_id,
            self._day.bugs - day.bugs,
            day.answer_times(),
        )
