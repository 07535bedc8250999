"""A server's settings: the panel, and each change in a sentence."""

from collections.abc import Sequence

import discord

from bot.chat.cards import card
from bot.chat.components import ActionButton, ActionChannels, ActionSelect, Option, view
from bot.chat.host import Host
from bot.chat.language import Language, gettext, speaking
from bot.chat.markdown import escape, moment_of
from bot.chat.places import Trouble, allowed, trouble_in
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.chat.text import many
from bot.guilds.asking import ANSWERABLE, HOURS, TELLABLE, WEEKDAYS, UnknownChannelError
from bot.guilds.news import next_moment
from bot.guilds.service import MOST_CHANNELS, PrefixError, TooManyChannelsError
from bot.settings import LONGEST_PREFIX
from data.store import GuildSettings

OWN_PREFIX = "own"
OFFERED_PREFIXES = {OWN_PREFIX: None, "bang": "!", "question": "?", "dot": ".", "dollar": "$", "m": "m!"}
"""By the word that stands for them in a select; None is the bot's own."""

_TROUBLE: dict[Trouble | None, str] = {
    None: "",
    "gone": " (this channel is gone: choose another)",
    "forbidden": " (I lack a permission there: to see it, to send messages or to embed links)",
}


def door(owner_id: int) -> Reply:
    """In front of others only a button, which opens the rest to who asked."""
    return Reply(
        "The settings of this server open for you alone.",
        view=view(ActionButton("Open", "config_open", owner_id)),
        ephemeral=True,
    )


def panel(owner_id: int, guild: discord.Guild, bot: Host, now: int) -> Reply:
    """All of it, as it stands now, with its controls."""
    settings, default = bot.settings_in(guild.id), bot.settings.command_prefix
    channels = allowed(settings, guild)
    lines = (
        "## How I behave in this server",
        f"**Prefix** {escape(settings.prefix or default)}",
        f"**Channels** {_channels(channels)}",
        f"**Quiet** {_quiet(settings)}",
        f"**Pictures** {_pictures(settings)}",
        f"**New models** {_announce(guild, settings)}",
        f"**Weekly digest** {_digest(guild, settings, now)}",
    )
    parts = card(
        "\n".join(lines),
        [_prefixes(owner_id, settings, default)],
        [_answering(owner_id, channels)],
        [_telling(owner_id, "config_announce", "Tell of new models: nowhere", guild, settings.announces_in)],
        [_telling(owner_id, "config_digest", "Weekly digest: nowhere", guild, settings.digest_in)],
        [_days(owner_id, settings)],
        [_hours(owner_id, settings)],
        [
            _switch(owner_id, "config_quiet", settings.is_quiet, "Be quiet", "End quiet mode"),
            _switch(owner_id, "config_pictures", settings.has_pictures, "Show pictures", "No pictures"),
        ],
        colour=CALM,
    )
    return Reply(layout=parts, ephemeral=True)


def _prefixes(owner_id: int, settings: GuildSettings, default: str) -> ActionSelect:
    """One that is not offered was written: it stands among them as long as it is in use."""
    own = Option(f"Prefix {default}", OWN_PREFIX, "What I listen to elsewhere", settings.prefix in (None, default))
    others = [
        Option(f"Prefix {prefix}", word, is_chosen=prefix == settings.prefix)
        for word, prefix in OFFERED_PREFIXES.items()
        if prefix not in (None, default)
    ]
    return ActionSelect("Another prefix: config prefix ?", "config_prefix", owner_id, options=[own, *others])


def _answering(owner_id: int, channels: Sequence[int]) -> ActionChannels:
    return ActionChannels(
        "Channels I answer in: all",
        "config_channels",
        owner_id,
        types=ANSWERABLE,
        chosen=channels,
        at_most=MOST_CHANNELS,
    )


def _telling(owner_id: int, action: str, nowhere: str, guild: discord.Guild, channel_id: int | None) -> ActionChannels:
    """One channel or none; what is gone cannot be shown as chosen."""
    chosen = [one for one in (channel_id,) if one is not None and trouble_in(guild, one) != "gone"]
    return ActionChannels(nowhere, action, owner_id, types=TELLABLE, chosen=chosen)


def _days(owner_id: int, settings: GuildSettings) -> ActionSelect:
    options = [
        Option(f"Digest on {day.capitalize()}s", str(place), is_chosen=place == settings.digest_weekday)
        for place, day in enumerate(WEEKDAYS)
    ]
    return ActionSelect("Day of the digest", "config_weekday", owner_id, options=options)


def _hours(owner_id: int, settings: GuildSettings) -> ActionSelect:
    options = [
        Option(f"Digest at {hour:02}:00 UTC", str(hour), is_chosen=hour == settings.digest_hour)
        for hour in range(HOURS)
    ]
    return ActionSelect("Hour of the digest", "config_hour", owner_id, options=options)


def _switch(owner_id: int, action: str, is_on: bool, turn_on: str, turn_off: str) -> ActionButton:
    return ActionButton(turn_off if is_on else turn_on, action, owner_id, "off" if is_on else "on")


def _channels(channels: Sequence[int]) -> str:
    if not channels:
        return "I answer everywhere."
    named = ", ".join(f"<#{one}>" for one in channels)
    return f"I answer in {named}; help, privacy and these settings work everywhere."


def _quiet(settings: GuildSettings) -> str:
    if not settings.is_quiet:
        return "off."
    return "on: I answer commands and tell nothing by myself; lists of slash commands are seen by who asks alone."


def _pictures(settings: GuildSettings) -> str:
    return "on." if settings.has_pictures else "off: what they show stands in words."


def _announce(guild: discord.Guild, settings: GuildSettings) -> str:
    if settings.announces_in is None:
        return "I do not tell when I have learned anew."
    tell = f"I tell <#{settings.announces_in}> when I have learned anew, once a day at most"
    return f"{tell}{_paused(settings)}.{_trouble(guild, settings.announces_in)}"


def _digest(guild: discord.Guild, settings: GuildSettings, now: int) -> str:
    if settings.digest_in is None:
        return "off."
    when = f"{WEEKDAYS[settings.digest_weekday].capitalize()}s at {settings.digest_hour:02}:00 UTC"
    upcoming = f"next {moment_of(next_moment(settings, now))}"
    return f"<#{settings.digest_in}>, {when}, {upcoming}{_paused(settings)}.{_trouble(guild, settings.digest_in)}"


def _paused(settings: GuildSettings) -> str:
    return ", but not in quiet mode" if settings.is_quiet else ""


def _trouble(guild: discord.Guild, channel_id: int) -> str:
    match trouble_in(guild, channel_id):
        case "gone":
            return " That channel is gone: choose another."
        case "forbidden":
            return " I cannot speak there yet: I need to see it, to send messages and to embed links."
        case None:
            return ""


def prefix_set(shown: str) -> Reply:
    return Reply(f"Commands begin with {escape(shown)} here from now on: {escape(shown)}help", ephemeral=True)


def channels_set(guild: discord.Guild, settings: GuildSettings) -> Reply:
    return Reply(_channels(allowed(settings, guild)), ephemeral=True)


def quiet_set(settings: GuildSettings) -> Reply:
    return Reply(f"Quiet mode is {_quiet(settings)}", ephemeral=True)


def pictures_set(settings: GuildSettings) -> Reply:
    return Reply(f"Pictures are {_pictures(settings)}", ephemeral=True)


def language_set(spoken: Language) -> Reply:
    with speaking(spoken):
        return Reply(gettext("I speak English here, to all whose Discord speaks nothing else."), ephemeral=True)


def announce_set(guild: discord.Guild, settings: GuildSettings) -> Reply:
    return Reply(_announce(guild, settings), ephemeral=True)


def digest_set(guild: discord.Guild, settings: GuildSettings, now: int) -> Reply:
    return Reply(f"The weekly digest: {_digest(guild, settings, now)}", ephemeral=True)


@sentence.register
def _(error: PrefixError, prefix: str = "!") -> str:
    return (
        f"“{short(error.prefix)}” cannot be a prefix: that is one to {LONGEST_PREFIX} characters without blanks, and "
        "does not begin with a slash."
    )


@sentence.register
def _(error: TooManyChannelsError, prefix: str = "!") -> str:
    return f"I can keep to {many(error.most, 'channel')} at most. Name fewer, or all."


@sentence.register
def _(error: UnknownChannelError, prefix: str = "!") -> str:
    return (
        f"There is no channel “{short(error.name)}” here that I could use. "
        f"Mention it, as in {prefix}config channels #movies."
    )
