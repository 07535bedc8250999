"""The bot as far as a cog knows it."""

import logging
import secrets

import discord
from discord.ext import commands

from bot.chat.cooldowns import Cooldowns
from bot.chat.delivery import Mute
from bot.chat.transient import Pause
from bot.chat.turns import Turns
from bot.settings import Settings

log = logging.getLogger(__name__)


class Host(commands.AutoShardedBot):
    """A discord.py bot with its settings, and what it keeps of the chat while it runs."""

    settings: Settings
    cooldowns: Cooldowns
    turns: Turns
    bugs: int
    guild_prefixes: dict[int, str]
    pause: Pause
    mute: Mute

    def prefix_in(self, guild: discord.Guild | None) -> str:
        """What a command begins with in this guild, or in direct messages."""
        if guild is None:
            return self.settings.command_prefix
        return self.guild_prefixes.get(guild.id, self.settings.command_prefix)

    async def is_operator(self, user: discord.abc.User) -> bool:
        """Operators are those of OPERATOR_IDS and the application's owner or team."""
        return user.id in self.settings.operator_ids or await self.is_owner(user)

    def note_bug(self, error: BaseException, place: str) -> str:
        """Log a bug with its trace under an incident id, which is returned."""
        self.bugs += 1
        incident = secrets.token_hex(3)
        log.error("incident %s in %s", incident, place, exc_info=error)
        return incident
