"""`config`: how the bot behaves in a server, by words; the panel stands in `panel_cog`."""

from typing import Annotated, Literal

from discord import app_commands
from discord.ext import commands

from bot.chat.ask import Ask
from bot.chat.declaring import hybrid_group, subcommand
from bot.chat.language import CHOSEN, Named
from bot.chat.managers import ManagersCog, keep, managed
from bot.errors import UsageError
from bot.guilds import replies
from bot.guilds.asking import DIGEST, Day, Hour, Where, channels_named
from bot.guilds.service import GuildService

ANNOUNCE = "config announce #news"


class ConfigCog(ManagersCog, name="Config", description="Your server"):
    def __init__(self, guilds: GuildService) -> None:
        self._guilds = guilds

    @hybrid_group(
        fallback="show",
        private=True,
        everywhere=True,
        examples=(
            "config",
            "config prefix ?",
            "config channels #movies #films",
            "config quiet on",
            "config pictures off",
            "config language deutsch",
            ANNOUNCE,
            DIGEST,
        ),
    )
    @commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def config(self, ask: Ask) -> None:
        """How I behave in this server (for who manages it)."""
        if word := ask.rest:  # what is none of the subcommands
            raise UsageError("config quiet on", word)
        if ask.is_overheard:
            await ask.reply(replies.door(ask.user_id))
        else:
            await ask.reply(replies.panel(ask.user_id, managed(ask), ask.bot, ask.at))

    @subcommand(config, private=True, examples=("config prefix ?", "config prefix default"))
    @app_commands.describe(prefix="One to five characters, or default")
    async def prefix(self, ask: Ask, prefix: str) -> None:
        """Choose what commands begin with here."""
        own = ask.bot.settings.command_prefix
        wanted = None if prefix.casefold() == "default" or prefix == own else prefix
        keep(ask, await self._guilds.set_prefix(managed(ask).id, wanted, ask.at))
        await ask.reply(replies.prefix_set(wanted or own))

    @subcommand(config, private=True, examples=("config channels #movies #films", "config channels all"))
    @app_commands.describe(channels="The channels, or all")
    async def channels(self, ask: Ask, *, channels: str) -> None:
        """Choose the channels I answer in."""
        guild = managed(ask)
        settings = await self._guilds.answer_in(guild.id, channels_named(guild, channels), ask.at)
        await ask.reply(replies.channels_set(guild, keep(ask, settings)))

    @subcommand(config, private=True, examples=("config quiet on",))
    @app_commands.describe(state="Whether I only answer commands and tell nothing by myself")
    async def quiet(self, ask: Ask, state: Literal["on", "off"]) -> None:
        """Have me answer commands and nothing else: on or off."""
        settings = await self._guilds.be_quiet(managed(ask).id, state == "on", ask.at)
        await ask.reply(replies.quiet_set(keep(ask, settings)))

    @subcommand(config, private=True, examples=("config pictures off",))
    @app_commands.describe(state="Whether I send pictures, or the same in words")
    async def pictures(self, ask: Ask, state: Literal["on", "off"]) -> None:
        """Have pictures, or the same in words: on or off."""
        settings = await self._guilds.show_pictures(managed(ask).id, state == "on", ask.at)
        await ask.reply(replies.pictures_set(keep(ask, settings)))

    @subcommand(config, private=True, examples=("config language deutsch",))
    @app_commands.describe(language="English, Deutsch, or auto for the server's at Discord")
    async def language(self, ask: Ask, language: Named) -> None:
        """Choose the language I speak in this server: english, deutsch or auto."""
        guild = managed(ask)
        keep(ask, await self._guilds.speak(guild.id, CHOSEN[language], ask.at))
        await ask.reply(replies.language_set(ask.bot.language_in(guild)))

    @subcommand(config, private=True, examples=(ANNOUNCE, "config announce off"))
    @app_commands.describe(channel="Where I tell it; nowhere if left out")
    async def announce(self, ask: Ask, channel: Annotated[int | None, Where] = None) -> None:
        """Hear in a channel when I have learned from new ratings."""
        if channel is None and ask.is_overheard:
            raise UsageError(ANNOUNCE)
        guild = managed(ask)
        settings = await self._guilds.announce_in(guild.id, channel or None, ask.at)
        await ask.reply(replies.announce_set(guild, keep(ask, settings)))

    @subcommand(config, private=True, examples=(DIGEST, "config digest off"))
    @app_commands.describe(
        channel="Where it goes; nowhere if all is left out", weekday="The day it comes", hour="The hour it comes, UTC"
    )
    async def digest(
        self,
        ask: Ask,
        channel: Annotated[int | None, Where] = None,
        weekday: Annotated[int | None, Day] = None,
        hour: Annotated[int | None, Hour] = None,
    ) -> None:
        """Have the week in films told in a channel, once a week."""
        if channel is None and ask.is_overheard:
            raise UsageError(DIGEST)
        guild = managed(ask)
        if weekday is not None or hour is not None:
            keep(ask, await self._guilds.digest_on(guild.id, weekday, hour, ask.at))
        if channel is not None or (weekday is None and hour is None):
            keep(ask, await self._guilds.digest_in(guild.id, channel or None, ask.at))
        await ask.reply(replies.digest_set(guild, ask.bot.settings_in(guild.id), ask.at))
