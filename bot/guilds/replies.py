"""A server's settings: the panel, and each change in a sentence."""

from collections.abc import Sequence

import discord

from bot.chat.cards import card
from bot.chat.components import ActionButton, ActionChannels, ActionSelect, Option, view
from bot.chat.host import Host
from bot.chat.language import CHOSEN, Language, gettext, gettext_noop, known, ngettext, speaking
from bot.chat.markdown import escape, moment_of
from bot.chat.places import allowed, trouble_in
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.guilds.asking import ANSWERABLE, HOURS, ON_DAYS, TELLABLE, UnknownChannelError
from bot.guilds.news import next_moment
from bot.guilds.service import MOST_CHANNELS, PrefixError, TooManyChannelsError
from bot.settings import LONGEST_PREFIX
from data.store import GuildSettings

OWN_PREFIX = "own"
OFFERED_PREFIXES = {OWN_PREFIX: None, "bang": "!", "question": "?", "dot": ".", "dollar": "$", "m": "m!"}
"""By the word that stands for them in a select; None is the bot's own."""


_SPOKEN: dict[Language, str] = {"en": gettext_noop("English"), "de": gettext_noop("Deutsch")}


def door(owner_id: int) -> Reply:
    """In front of others only a button, which opens the rest to who asked."""
    return Reply(
        gettext("The settings of this server open for you alone."),
        view=view(ActionButton(gettext("Open"), "config_open", owner_id)),
        ephemeral=True,
    )


def panel(owner_id: int, guild: discord.Guild, bot: Host, now: int) -> Reply:
    """All of it, as it stands now, with its controls."""
    settings, default = bot.settings_in(guild.id), bot.settings.command_prefix
    channels = allowed(settings, guild)
    lines = (
        gettext("## How I behave in this server"),
        gettext("**Prefix** {prefix}", prefix=escape(settings.prefix or default)),
        gettext("**Channels** {channels}", channels=_channels(channels)),
        gettext("**Quiet** {state}", state=_quiet(settings)),
        gettext("**Pictures** {state}", state=_pictures(settings)),
        gettext("**Language** {language}", language=gettext(_SPOKEN[bot.language_in(guild)])),
        gettext("**New models** {told}", told=_announce(guild, settings)),
        gettext("**Weekly digest** {told}", told=_digest(guild, settings, now)),
    )
    parts = card(
        "\n".join(lines),
        [_prefixes(owner_id, settings, default)],
        [_answering(owner_id, channels)],
        [_telling(owner_id, "config_announce", gettext("Tell of new models: nowhere"), guild, settings.announces_in)],
        [_telling(owner_id, "config_digest", gettext("Weekly digest: nowhere"), guild, settings.digest_in)],
        [_days(owner_id, settings)],
        [_hours(owner_id, settings)],
        [_languages(owner_id, settings)],
        [
            _switch(owner_id, "config_quiet", settings.is_quiet, gettext("Be quiet"), gettext("End quiet mode")),
            _switch(
                owner_id, "config_pictures", settings.has_pictures, gettext("Show pictures"), gettext("No pictures")
            ),
        ],
        colour=CALM,
    )
    return Reply(layout=parts, ephemeral=True)


def _prefixes(owner_id: int, settings: GuildSettings, default: str) -> ActionSelect:
    """One that is not offered was written: it stands among them as long as it is in use."""
    own = Option(
        gettext("Prefix {prefix}", prefix=default),
        OWN_PREFIX,
        gettext("What I listen to elsewhere"),
        settings.prefix in (None, default),
    )
    others = [
        Option(gettext("Prefix {prefix}", prefix=prefix), word, is_chosen=prefix == settings.prefix)
        for word, prefix in OFFERED_PREFIXES.items()
        if prefix not in (None, default)
    ]
    return ActionSelect(gettext("Another prefix: config prefix ?"), "config_prefix", owner_id, options=[own, *others])


def _answering(owner_id: int, channels: Sequence[int]) -> ActionChannels:
    return ActionChannels(
        gettext("Channels I answer in: all"),
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
        Option(gettext("Digest on {days}", days=gettext(days)), str(place), is_chosen=place == settings.digest_weekday)
        for place, days in enumerate(ON_DAYS)
    ]
    return ActionSelect(gettext("Day of the digest"), "config_weekday", owner_id, options=options)


def _hours(owner_id: int, settings: GuildSettings) -> ActionSelect:
    options = [
        Option(gettext("Digest at {hour}:00 UTC", hour=f"{hour:02}"), str(hour), is_chosen=hour == settings.digest_hour)
        for hour in range(HOURS)
    ]
    return ActionSelect(gettext("Hour of the digest"), "config_hour", owner_id, options=options)


def _languages(owner_id: int, settings: GuildSettings) -> ActionSelect:
    options = [
        Option(
            gettext("That of the server at Discord") if code is None else gettext(_SPOKEN[code]),
            named,
            is_chosen=known(settings.language) == code,
        )
        for named, code in CHOSEN.items()
    ]
    return ActionSelect(gettext("Language"), "config_language", owner_id, options=options)


def _switch(owner_id: int, action: str, is_on: bool, turn_on: str, turn_off: str) -> ActionButton:
    return ActionButton(turn_off if is_on else turn_on, action, owner_id, "off" if is_on else "on")


def _channels(channels: Sequence[int]) -> str:
    if not channels:
        return gettext("I answer everywhere.")
    named = ", ".join(f"<#{one}>" for one in channels)
    return gettext("I answer in {channels}; help, privacy and these settings work everywhere.", channels=named)


def _quiet(settings: GuildSettings) -> str:
    if not settings.is_quiet:
        return gettext("off.")
    return gettext("on: I answer commands and say nothing by myself; only who asks by a slash command sees the list.")


def _pictures(settings: GuildSettings) -> str:
    return gettext("on.") if settings.has_pictures else gettext("off: what they show stands in words.")


def _announce(guild: discord.Guild, settings: GuildSettings) -> str:
    if settings.announces_in is None:
        return gettext("I do not tell when I have learned from new ratings.")
    channel = f"<#{settings.announces_in}>"
    if settings.is_quiet:
        told = gettext(
            "I tell {channel} when I have learned from new ratings, once a day at most, but not in quiet mode.",
            channel=channel,
        )
    else:
        told = gettext("I tell {channel} when I have learned from new ratings, once a day at most.", channel=channel)
    return told + _trouble(guild, settings.announces_in)


def _digest(guild: discord.Guild, settings: GuildSettings, now: int) -> str:
    if settings.digest_in is None:
        return gettext("off.")
    facts = {
        "channel": f"<#{settings.digest_in}>",
        "days": gettext(ON_DAYS[settings.digest_weekday]),
        "hour": f"{settings.digest_hour:02}",
        "upcoming": moment_of(next_moment(settings, now)),
    }
    if settings.is_quiet:
        told = gettext("{channel}, {days} at {hour}:00 UTC, next {upcoming}, but not in quiet mode.", **facts)
    else:
        told = gettext("{channel}, {days} at {hour}:00 UTC, next {upcoming}.", **facts)
    return told + _trouble(guild, settings.digest_in)


def _trouble(guild: discord.Guild, channel_id: int) -> str:
    match trouble_in(guild, channel_id):
        case "gone":
            return " " + gettext("That channel is gone: choose another.")
        case "forbidden":
            return " " + gettext("I cannot speak there yet: I need to see it, to send messages and to embed links.")
        case None:
            return ""


def prefix_set(shown: str) -> Reply:
    said = gettext("Commands begin with {prefix} here from now on: {prefix}help", prefix=escape(shown))
    return Reply(said, ephemeral=True)


def channels_set(guild: discord.Guild, settings: GuildSettings) -> Reply:
    return Reply(_channels(allowed(settings, guild)), ephemeral=True)


def quiet_set(settings: GuildSettings) -> Reply:
    return Reply(gettext("Quiet mode is {state}", state=_quiet(settings)), ephemeral=True)


def pictures_set(settings: GuildSettings) -> Reply:
    return Reply(gettext("Pictures are {state}", state=_pictures(settings)), ephemeral=True)


def language_set(spoken: Language) -> Reply:
    with speaking(spoken):
        return Reply(gettext("I speak English here, to all whose Discord speaks nothing else."), ephemeral=True)


def announce_set(guild: discord.Guild, settings: GuildSettings) -> Reply:
    return Reply(_announce(guild, settings), ephemeral=True)


def digest_set(guild: discord.Guild, settings: GuildSettings, now: int) -> Reply:
    return Reply(gettext("The weekly digest: {told}", told=_digest(guild, settings, now)), ephemeral=True)


@sentence.register
def _(error: PrefixError, prefix: str = "!") -> str:
    return gettext(
        "“{given}” cannot be a prefix: that is one to {most} characters without blanks, and does not begin with a "
        "slash.",
        given=short(error.prefix),
        most=LONGEST_PREFIX,
    )


@sentence.register
def _(error: TooManyChannelsError, prefix: str = "!") -> str:
    return ngettext(
        "I can keep to {n} channel at most. Name fewer, or all.",
        "I can keep to {n} channels at most. Name fewer, or all.",
        error.most,
    )


@sentence.register
def _(error: UnknownChannelError, prefix: str = "!") -> str:
    return gettext(
        "There is no channel “{name}” here that I could use. Mention it, as in {prefix}config channels #movies.",
        name=short(error.name),
        prefix=prefix,
    )
