"""The rounds: which servers have a digest due or have not heard of the newest model."""

import logging

import discord
from discord.ext import commands

from bot.chat.host import Host
from bot.chat.language import speaking
from bot.chat.loops import every
from bot.chat.places import trouble_in
from bot.chat.reply import Reply
from bot.chat.sending import post
from bot.guilds import news_replies as replies
from bot.guilds.digest import DigestReader
from bot.guilds.news import NewsService, due_digest, is_late
from bot.servers.presence import Presence
from data.store import GuildSettings, StoreUnavailableError

log = logging.getLogger(__name__)

EVERY_MINUTES = 10


class NewsCog(commands.Cog, name="News"):
    def __init__(self, bot: Host, news: NewsService, digests: DigestReader, presence: Presence) -> None:
        self._bot = bot
        self._news = news
        self._digests = digests
        self._presence = presence
        self._noted: set[tuple[int, int]] = set()

    async def cog_load(self) -> None:
        self.look.start()

    async def cog_unload(self) -> None:
        self.look.cancel()

    @every(minutes=EVERY_MINUTES, place="telling servers their news")
    async def look(self) -> None:
        """Go through the servers that want to be told something."""
        now = int(discord.utils.utcnow().timestamp())
        wanting = {
            guild_id: settings
            for guild_id, settings in self._bot.guild_settings.items()
            if settings.announces_in is not None or due_digest(settings, now) is not None
        }
        newest = await self._news.newest_model() if wanting else None
        for guild_id in wanting:
            guild = self._bot.get_guild(guild_id)
            if guild is not None and not guild.unavailable:
                await self._tell(guild, newest, now)

    @look.before_loop
    async def _begin(self) -> None:
        await self._bot.wait_until_ready()

    async def _tell(self, guild: discord.Guild, newest: int | None, now: int) -> None:
        try:
            with speaking(self._bot.language_in(guild)):
                await self._tell_model(guild, newest, now)
                await self._tell_week(guild, now)
        except StoreUnavailableError:
            raise
        except Exception as error:  # a server's trouble is none of the others'
            self._bot.note_bug(error, "telling a server its news")

    async def _tell_model(self, guild: discord.Guild, newest: int | None, now: int) -> None:
        was = self._bot.settings_in(guild.id)
        if newest is None or was.is_quiet or was.announces_in is None:
            return
        news = await self._news.new_model(was, newest, now)
        if news is None or not self._can_speak(guild, was.announces_in):
            return
        self._keep(guild, await self._news.settle_model(guild.id, news.write_id, now))
        await self._send(guild, was.announces_in, replies.new_model(news, self._bot.prefix_in(guild)), was, now)

    async def _tell_week(self, guild: discord.Guild, now: int) -> None:
        """What cannot be told this week is not made up for later."""
        was = self._bot.settings_in(guild.id)
        moment = due_digest(was, now)
        if moment is None or was.digest_in is None:
            return
        self._keep(guild, await self._news.settle_digest(guild.id, moment, now))
        if was.is_quiet or is_late(moment, now) or not self._can_speak(guild, was.digest_in):
            return
        week = await self._digests.read(guild.id, now)
        if week is None:
            return
        names = await self._presence.names(guild, [discord_id for discord_id, _ in week.raters], now)
        await self._send(guild, was.digest_in, replies.digest(week, names, self._bot.prefix_in(guild)), was, now)

    async def _send(self, guild: discord.Guild, channel_id: int, reply: Reply, was: GuildSettings, now: int) -> None:
        """Where Discord was in trouble, it is tried again at the next round."""
        channel = self._bot.get_partial_messageable(channel_id, guild_id=guild.id)
        if await post(self._bot, channel, reply) is None and self._can_speak(guild, channel_id):
            self._keep(guild, await self._news.give_back(guild.id, was, now))

    def _can_speak(self, guild: discord.Guild, channel_id: int) -> bool:
        """A channel where that is not so is told to the log once, and to managers by their settings."""
        trouble = trouble_in(guild, channel_id)
        if trouble is None:
            self._noted.discard((guild.id, channel_id))
        elif (guild.id, channel_id) not in self._noted:
            self._noted.add((guild.id, channel_id))
            log.warning("a server's news cannot be told: the channel %s is %s", channel_id, trouble)
        return trouble is None

    def _keep(self, guild: discord.Guild, settings: GuildSettings) -> None:
        self._bot.guild_settings[guild.id] = settings
