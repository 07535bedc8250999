"""Channels of a server and days of the week, as people write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.language import gettext, gettext_noop
from bot.errors import UsageError, UserError

ANSWERABLE = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.forum,
)
"""Where members can be answered; a thread goes with its channel."""
TELLABLE = (discord.ChannelType.text, discord.ChannelType.news)
"""Where something can be told unasked."""

NOWHERE = ("off", "none", "nowhere")
OFF = 0
"""Where a channel's id would stand: nowhere."""
EVERYWHERE = ("all", "everywhere", "any")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ON_DAYS = (
    gettext_noop("Mondays"),
    gettext_noop("Tuesdays"),
    gettext_noop("Wednesdays"),
    gettext_noop("Thursdays"),
    gettext_noop("Fridays"),
    gettext_noop("Saturdays"),
    gettext_noop("Sundays"),
)
DIGEST = "config digest #movies friday 18"
HOURS = 24


@dataclass(eq=False)
class UnknownChannelError(UserError):
    """No channel of the server, or none of a kind that would do."""

    name: str


def channel_named(guild: discord.Guild, word: str, types: Sequence[discord.ChannelType]) -> int:
    """A mention, an id or a name, with or without its #; raises UnknownChannelError."""
    mention = re.fullmatch(r"<#([0-9]{1,19})>|([0-9]{15,19})", word, re.ASCII)
    name = word.removeprefix("#").casefold()
    for channel in guild.channels:
        is_meant = channel.id == int(mention[1] or mention[2]) if mention else channel.name.casefold() == name
        if is_meant and channel.type in types:
            return channel.id
    raise UnknownChannelError(word)


def channels_named(guild: discord.Guild, text: str) -> tuple[int, ...]:
    """Several of them, to answer in; none for `all`. Raises UnknownChannelError."""
    words = text.replace(",", " ").replace("><", "> <").split()
    if len(words) == 1 and words[0].casefold() in EVERYWHERE:
        return ()
    return tuple(channel_named(guild, word, ANSWERABLE) for word in words)


def checked(guild: discord.Guild, chosen: Sequence[int], types: Sequence[discord.ChannelType]) -> tuple[int, ...]:
    """Channels that were chosen in a select, which may be gone by now; raises UnknownChannelError."""
    return tuple(channel_named(guild, f"<#{one}>", types) for one in chosen)


class Where(commands.Converter[int], app_commands.Transformer):
    """A channel to tell something in, by its id; the word `off` on prefix."""

    type = discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return list(TELLABLE)

    async def convert(self, ctx: commands.Context[Any], argument: str) -> int:
        assert ctx.guild is not None  # the cog's check comes first
        return OFF if argument.casefold() in NOWHERE else channel_named(ctx.guild, argument, TELLABLE)

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> int:
        return int(value.id)


class Day(commands.Converter[int], app_commands.Transformer):
    """A weekday by its name, in English or as it is said here; 0 is Monday."""

    type = discord.AppCommandOptionType.string

    @property
    def choices(self) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        return [app_commands.Choice(name=day.capitalize(), value=day) for day in WEEKDAYS]

    async def convert(self, ctx: commands.Context[Any], argument: str) -> int:
        return self._read(argument)

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> int:
        return self._read(value)

    @staticmethod
    def _read(text: str) -> int:
        typed = text.casefold().removesuffix("s")
        for place, day in enumerate(WEEKDAYS):
            if len(text) >= 3 and (day.startswith(typed) or gettext(day.capitalize()).casefold().startswith(typed)):
                return place
        raise UsageError(DIGEST, text)


class Hour(commands.Converter[int], app_commands.Transformer):
    """A full hour of the day, UTC: `18`, `18:00`."""

    type = discord.AppCommandOptionType.integer
    min_value = 0
    max_value = HOURS - 1

    async def convert(self, ctx: commands.Context[Any], argument: str) -> int:
        match = re.fullmatch(r"([01]?[0-9]|2[0-3])(:00)?", argument, re.ASCII)
        if match is None:
            raise UsageError(DIGEST, argument)
        return int(match[1])

    async def transform(self, interaction: discord.Interaction[Any], value: int, /) -> int:
        return value
