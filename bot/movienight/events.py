"""An evening as a scheduled event of Discord, and what Discord knows of its guests."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import discord

from bot.chat.delivery import DeliveryError, is_safe_to_repeat, note_undelivered, persist
from bot.chat.language import gettext
from bot.chat.text import cut, plain
from bot.chat.transient import Pause
from bot.movienight.evening import Plan
from bot.movienight.planning import LASTS_S

log = logging.getLogger(__name__)

NAME_LIMIT, PLACE_LIMIT = 100, 100
GUESTS = 1_000
"""Of more who are interested nobody else is noted."""


@dataclass(frozen=True, slots=True)
class Made:
    """The event that stands for an evening now; None where Discord refused, or could not be asked.

    `is_forbidden` is where a permission is missing.
    """

    event_id: int | None
    voice_id: int | None = None
    is_forbidden: bool = False


def voice_channel(guild: discord.Guild, place: str, voice_id: int | None) -> discord.VoiceChannel | None:
    """The voice channel that is meant by its name, or was before where nothing is."""
    if place.strip():
        wanted = place.strip().removeprefix("#").casefold()
        return next((one for one in guild.voice_channels if one.name.casefold() == wanted), None)
    found = None if voice_id is None else guild.get_channel(voice_id)
    return found if isinstance(found, discord.VoiceChannel) else None


async def put(guild: discord.Guild, plan: Plan, place: str, otherwise: str, pause: Pause) -> Made:
    """Make the event of a planned evening, or move the one it has. `otherwise` is where it is if nothing is said."""
    starts_at = datetime.fromtimestamp(plan.evening.starts_at or 0, UTC)
    ends_at = starts_at + timedelta(seconds=LASTS_S)
    channel = voice_channel(guild, place, plan.evening.voice_id)
    voice_id = None if channel is None else channel.id
    try:
        event_id = plan.evening.event_id
        if event_id is not None and await _move(guild, event_id, starts_at, ends_at, _where(channel, place), pause):
            return Made(event_id, voice_id)
        event = await persist(
            lambda: guild.create_scheduled_event(
                name=cut(gettext("Movie night: {film}", film=plain(plan.movie.label)), NAME_LIMIT - 1),
                start_time=starts_at,
                end_time=ends_at,
                privacy_level=discord.PrivacyLevel.guild_only,
                **_where(channel, plain(place) or otherwise),
            ),
            pause,
            is_safe_to_repeat,
        )
    except discord.Forbidden:
        return Made(None, voice_id, is_forbidden=True)
    except DeliveryError as error:
        note_undelivered(error, "an event")
        return Made(None, voice_id)
    return Made(event.id, voice_id)


def _where(channel: discord.VoiceChannel | None, place: str) -> dict[str, Any]:
    """What an event is told of its place; nothing where none was said."""
    if channel is not None:
        return {"channel": channel, "entity_type": discord.EntityType.voice}
    if place.strip():
        return {"location": cut(plain(place), PLACE_LIMIT - 1), "entity_type": discord.EntityType.external}
    return {}


async def _move(
    guild: discord.Guild, event_id: int, starts_at: datetime, ends_at: datetime, where: dict[str, Any], pause: Pause
) -> bool:
    """False where it is gone, over or under way, so that there has to be another one."""
    try:
        event = await persist(lambda: guild.fetch_scheduled_event(event_id), pause)
    except discord.NotFound:
        return False
    if event.status is not discord.EventStatus.scheduled:
        return False
    await persist(lambda: event.edit(start_time=starts_at, end_time=ends_at, **where), pause)
    return True


async def cancel(guild: discord.Guild, event_id: int, pause: Pause) -> None:
    """Call it off in Discord too, where it is still there and the bot may."""
    try:
        event = await persist(lambda: guild.fetch_scheduled_event(event_id), pause)
        if event.status is discord.EventStatus.scheduled:
            await persist(event.cancel, pause)
    except DeliveryError as error:
        note_undelivered(error, "a cancelled event")


async def interested(guild: discord.Guild, event_id: int) -> list[int] | None:
    """Who is interested; None where Discord does not tell."""
    try:
        event = await guild.fetch_scheduled_event(event_id)
        return [one.id async for one in event.users(limit=GUESTS)]
    except DeliveryError as error:
        log.info("an event's guests could not be asked for: %s", error)
        return None


def in_voice(guild: discord.Guild, voice_id: int | None) -> list[int]:
    """Who is in a voice channel now."""
    channel = None if voice_id is None else guild.get_channel(voice_id)
    found: Iterable[int] = channel.voice_states if isinstance(channel, discord.VoiceChannel) else ()
    return list(found)
