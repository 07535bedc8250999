"""Where a server lets the bot answer, pointing there whoever asks elsewhere, and whether it can speak there."""

from dataclasses import dataclass
from typing import Any, Literal

import discord

from bot.errors import UserError
from data.store import GuildSettings

Trouble = Literal["gone", "forbidden"]

POINTED_EVERY_S = 3_600
MOST_POINTED = 10_000


@dataclass(eq=False)
class ElsewhereError(UserError):
    """Asked where the server wants no answers; `channels` are where it does. `is_silent`: nothing is said about it."""

    channels: tuple[int, ...]
    is_silent: bool


class Places:
    """A message elsewhere is answered with one line an hour to each member, a slash command always."""

    def __init__(self) -> None:
        self._pointed: dict[tuple[int, int], float] = {}

    def point(self, guild_id: int, user_id: int, channels: tuple[int, ...], at: float, *, is_silent: bool) -> None:
        """Raise an ElsewhereError; silent where it should be, or this member was told within the hour."""
        key = (guild_id, user_id)
        if not is_silent and at - self._pointed.get(key, 0.0) < POINTED_EVERY_S:
            is_silent = True
        if not is_silent:
            if len(self._pointed) >= MOST_POINTED:
                self._pointed.clear()
            self._pointed[key] = at
        raise ElsewhereError(channels, is_silent)


def allowed(settings: GuildSettings, guild: discord.Guild) -> tuple[int, ...]:
    """The channels of the server the bot answers in, none for all; those that are gone do not count."""
    return tuple(one for one in settings.channels if guild.get_channel(one) is not None)


def is_among(channel: Any, channels: tuple[int, ...]) -> bool:
    """Whether the channel is one of these, or a thread in one, or there are none."""
    return not channels or not {channel.id, getattr(channel, "parent_id", None)}.isdisjoint(channels)


def trouble_in(guild: discord.Guild, channel_id: int) -> Trouble | None:
    """Why the bot cannot speak in a channel of the server, as far as Discord has told."""
    channel = guild.get_channel_or_thread(channel_id)
    if channel is None:
        return "gone"
    may = channel.permissions_for(guild.me)
    return None if may.view_channel and may.send_messages and may.embed_links else "forbidden"
