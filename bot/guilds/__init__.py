"""What a server decides about the bot: how it behaves there, what it tells by itself, who stands on no board."""

from bot.guilds.blocking import BlockService
from bot.guilds.digest import DigestReader
from bot.guilds.news import NewsService
from bot.guilds.service import GuildService

__all__ = ["BlockService", "DigestReader", "GuildService", "NewsService"]
