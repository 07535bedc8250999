"""The bot as far as a cog knows it."""

import logging
import secrets
from typing import Any

import discord
from discord.ext import commands

from bot.chat.cooldowns import Cooldowns
from bot.chat.delivery import Mute
from bot.chat.transient import Pause
from bot.chat.turns import Turns
from bot.settings import Settings
from bot.training.service import Retraining
from bot.wiring import Household

log = logging.getLogger(__name__)


class Host(commands.AutoShardedBot):
    """A discord.py bot with its settings and its household of services."""

    settings: Settings
    house: Household
    cooldowns: Cooldowns
    turns: Turns
    bugs: int
    guild_prefixes: dict[int, str]
    pause: Pause
    mute: Mute

    @property
    def retraining(self) -> Retraining:
        return self.house.retraining

    def prefix_in(self, guild: discord.Guild | None) -> str:
        """What a command begins with in this guild, or in direct messages."""
        if guild is None:
            return self.settings.command_prefix
        return self.guild_prefixes.get(guild.id, self.settings.command_prefix)

    @staticmethod
    def time_of(source: commands.Context[Any] | discord.Interaction[Any]) -> int:
        """When the member asked, by Discord's own stamp, in epoch seconds."""
        asked = (source.interaction or source.message) if isinstance(source, commands.Context) else source
        return int(asked.created_at.timestamp())

    async def is_operator(self, user: discord.abc.User) -> bool:
        """Operators are those of OPERATOR_IDS and the application's owner or team."""
        return user.id in self.settings.operator_ids or await self.is_owner(user)

    def note_bug(self, error: BaseException, place: str) -> str:
        """Log a bug with its trace under an incident id, which is returned."""
        self.bugs += 1
        incident = secrets.token_hex(3)
        log.error("incident %s in %s", incident, place, exc_info=error)
        return incident
