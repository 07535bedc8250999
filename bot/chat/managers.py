"""Commands for those who may manage the server: looked up in code, whatever Discord offers to whom."""

from dataclasses import dataclass
from typing import Any

import discord
from discord.ext import commands

from bot.chat.ask import Ask
from bot.errors import UserError
from data.store import GuildSettings


@dataclass(eq=False)
class NotManagerError(UserError):
    """Asked by somebody who may not manage the server."""


def managed(ask: Ask) -> discord.Guild:
    """The server, for who may manage it; raises NoPrivateMessage and NotManagerError."""
    if ask.guild is None:
        raise commands.NoPrivateMessage
    if not ask.manages_guild:
        raise NotManagerError
    return ask.guild


def keep(ask: Ask, settings: GuildSettings) -> GuildSettings:
    """Have these settings, which stand in the database, hold from now on."""
    ask.bot.guild_settings[managed(ask).id] = settings
    return settings


class ManagersCog(commands.Cog):
    """All its commands are for managers, prefix and slash alike; its presses ask `managed` themselves."""

    async def cog_check(self, ctx: commands.Context[Any]) -> bool:
        try:
            managed(Ask(ctx))
        except NotManagerError as error:
            raise commands.CheckFailure from error
        return True
