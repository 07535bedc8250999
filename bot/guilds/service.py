"""How the bot behaves in a server."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.language import Language
from bot.errors import UserError
from bot.settings import check_prefix
from data.store import GuildSettings, Store

MOST_CHANNELS = 25
"""What one select can hold."""


@dataclass(eq=False)
class PrefixError(UserError):
    """A prefix that would not work."""

    prefix: str


@dataclass(eq=False)
class TooManyChannelsError(UserError):
    most: int


class GuildService:
    """Each method changes one thing and gives the settings as they are then; times are UTC epoch seconds."""

    def __init__(self, store: Store) -> None:
        self._guilds = store.guilds
        self._runs = store.runs

    async def set_prefix(self, guild_id: int, prefix: str | None, at: int) -> GuildSettings:
        """What commands begin with there; None goes back to the bot's own. Raises PrefixError."""
        if prefix is not None:
            try:
                check_prefix(prefix)
            except ValueError:
                raise PrefixError(prefix) from None
        return await self._guilds.change(guild_id, lambda before: replace(before, prefix=prefix), at)

    async def answer_in(self, guild_id: int, channels: Sequence[int], at: int) -> GuildSettings:
        """Answer in these channels only; none of them means everywhere. Raises TooManyChannelsError."""
        wanted = tuple(dict.fromkeys(channels))
        if len(wanted) > MOST_CHANNELS:
            raise TooManyChannelsError(MOST_CHANNELS)
        return await self._guilds.change(guild_id, lambda before: replace(before, channels=wanted), at)

    async def be_quiet(self, guild_id: int, is_quiet: bool, at: int) -> GuildSettings:
        """Answer commands only, and tell nothing unasked."""
        return await self._guilds.change(guild_id, lambda before: replace(before, is_quiet=is_quiet), at)

    async def show_pictures(self, guild_id: int, has_pictures: bool, at: int) -> GuildSettings:
        return await self._guilds.change(guild_id, lambda before: replace(before, has_pictures=has_pictures), at)

    async def speak(self, guild_id: int, language: Language | None, at: int) -> GuildSettings:
        """Choose the language of what all read there; None for that of the server at Discord."""
        return await self._guilds.change(guild_id, lambda before: replace(before, language=language), at)

    async def announce_in(self, guild_id: int, channel_id: int | None, at: int) -> GuildSettings:
        """Tell of new models in that channel, from the next one on; None ends it."""
        newest = await self._runs.last("promoted")
        known = newest.last_write_id if newest is not None else 0

        def change(before: GuildSettings) -> GuildSettings:
            if before.announces_in is None:
                before = replace(before, announced_write_id=known)
            return replace(before, announces_in=channel_id)

        return await self._guilds.change(guild_id, change, at)

    async def digest_in(self, guild_id: int, channel_id: int | None, at: int) -> GuildSettings:
        """Send the week's digest into that channel, the next time it is due; None ends it."""

        def change(before: GuildSettings) -> GuildSettings:
            if before.digest_in is None:
                before = replace(before, digest_at=at)
            return replace(before, digest_in=channel_id)

        return await self._guilds.change(guild_id, change, at)

    async def digest_on(self, guild_id: int, weekday: int | None, hour: int | None, at: int) -> GuildSettings:
        """Move the digest to another weekday (0 is Monday) or hour (UTC); what is None stays."""

        def change(before: GuildSettings) -> GuildSettings:
            return replace(
                before,
                digest_weekday=before.digest_weekday if weekday is None else weekday,
                digest_hour=before.digest_hour if hour is None else hour,
                digest_at=at,
            )

        return await self._guilds.change(guild_id, change, at)
