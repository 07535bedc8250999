"""The panel of a server's settings: each press changes one thing and shows the panel as it is then."""

from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.language import CHOSEN
from bot.chat.managers import keep, managed
from bot.errors import StaleComponentError
from bot.guilds import replies
from bot.guilds.asking import ANSWERABLE, HOURS, TELLABLE, WEEKDAYS, checked
from bot.guilds.service import GuildService
from data.store import GuildSettings

SWITCH = {"on": True, "off": False}


class ConfigPanelCog(commands.Cog, name="Config panel"):
    def __init__(self, guilds: GuildService) -> None:
        self._guilds = guilds

    @action("config_open", command="config")
    async def open(self, ask: Ask, press: Press) -> None:
        await ask.reply(replies.panel(ask.user_id, managed(ask), ask.bot, ask.at))

    @action("config_prefix", command="config")
    async def choose_prefix(self, ask: Ask, press: Press) -> None:
        guild, prefix = managed(ask), press.chosen_word(replies.OFFERED_PREFIXES)
        await self._show(ask, await self._guilds.set_prefix(guild.id, prefix, ask.at))

    @action("config_channels", command="config")
    async def choose_channels(self, ask: Ask, press: Press) -> None:
        guild = managed(ask)
        channels = checked(guild, press.all_chosen, ANSWERABLE)
        await self._show(ask, await self._guilds.answer_in(guild.id, channels, ask.at))

    @action("config_quiet", command="config")
    async def switch_quiet(self, ask: Ask, press: Press) -> None:
        guild, is_quiet = managed(ask), press.word(0, SWITCH)
        await self._show(ask, await self._guilds.be_quiet(guild.id, is_quiet, ask.at))

    @action("config_pictures", command="config")
    async def switch_pictures(self, ask: Ask, press: Press) -> None:
        guild, has_pictures = managed(ask), press.word(0, SWITCH)
        await self._show(ask, await self._guilds.show_pictures(guild.id, has_pictures, ask.at))

    @action("config_language", command="config")
    async def choose_language(self, ask: Ask, press: Press) -> None:
        guild, language = managed(ask), press.chosen_word({str(name): code for name, code in CHOSEN.items()})
        await self._show(ask, await self._guilds.speak(guild.id, language, ask.at))

    @action("config_announce", command="config")
    async def choose_announcing(self, ask: Ask, press: Press) -> None:
        guild, channel_id = managed(ask), self._one_channel(ask, press)
        await self._show(ask, await self._guilds.announce_in(guild.id, channel_id, ask.at))

    @action("config_digest", command="config")
    async def choose_digest(self, ask: Ask, press: Press) -> None:
        guild, channel_id = managed(ask), self._one_channel(ask, press)
        await self._show(ask, await self._guilds.digest_in(guild.id, channel_id, ask.at))

    @action("config_weekday", command="config")
    async def choose_weekday(self, ask: Ask, press: Press) -> None:
        guild, weekday = managed(ask), press.chosen
        if not 0 <= weekday < len(WEEKDAYS):
            raise StaleComponentError
        await self._show(ask, await self._guilds.digest_on(guild.id, weekday, None, ask.at))

    @action("config_hour", command="config")
    async def choose_hour(self, ask: Ask, press: Press) -> None:
        guild, hour = managed(ask), press.chosen
        if not 0 <= hour < HOURS:
            raise StaleComponentError
        await self._show(ask, await self._guilds.digest_on(guild.id, None, hour, ask.at))

    @staticmethod
    def _one_channel(ask: Ask, press: Press) -> int | None:
        """The channel that was chosen; None where all were taken away. Raises UnknownChannelError."""
        if len(press.values) > 1:
            raise StaleComponentError
        return next(iter(checked(managed(ask), press.all_chosen, TELLABLE)), None)

    @staticmethod
    async def _show(ask: Ask, settings: GuildSettings) -> None:
        keep(ask, settings)
        await ask.replace(replies.panel(ask.user_id, managed(ask), ask.bot, ask.at))
