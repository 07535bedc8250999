"""What the bot does by itself once a day."""

import discord
from discord.ext import commands, tasks

from bot.chat.host import Host
from bot.operating.service import OperatingService
from data.store import StoreUnavailableError


class HousekeepingCog(commands.Cog, name="Housekeeping"):
    """Forgets what nobody can go on with any more."""

    def __init__(self, bot: Host, operating: OperatingService) -> None:
        self._bot = bot
        self._operating = operating

    async def cog_load(self) -> None:
        self.tidy.start()

    async def cog_unload(self) -> None:
        self.tidy.cancel()

    @tasks.loop(hours=24)
    async def tidy(self) -> None:
        """At the start, and then day by day."""
        try:
            await self._operating.tidy(int(discord.utils.utcnow().timestamp()))
        except StoreUnavailableError:
            pass  # no bug, and in the log already
        except Exception as error:  # a bad day must not end it
            self._bot.note_bug(error, "tidying up")
