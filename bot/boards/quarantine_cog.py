"""`quarantine`, `release` and `quarantined`: for the application's owner, by prefix only."""

import discord
from discord.ext import commands

from bot.boards import replies
from bot.boards.quarantine import QuarantineService
from bot.chat.ask import Ask
from bot.chat.declaring import by_prefix


class QuarantineCog(commands.Cog, name="Quarantine"):
    def __init__(self, quarantine: QuarantineService) -> None:
        self._quarantine = quarantine

    @commands.is_owner()
    @by_prefix(name="quarantine", hidden=True, examples=("quarantine @somebody",))
    async def add(self, ask: Ask, who: discord.User) -> None:
        """Keep somebody's ratings off all boards and out of the training."""
        await self._quarantine.add(who.id, ask.at)
        await ask.reply(replies.in_quarantine(who.id))

    @commands.is_owner()
    @by_prefix(hidden=True, examples=("release @somebody",))
    async def release(self, ask: Ask, who: discord.User) -> None:
        """Let somebody's ratings count again."""
        await ask.reply(replies.released(who.id, await self._quarantine.release(who.id)))

    @commands.is_owner()
    @by_prefix(hidden=True)
    async def quarantined(self, ask: Ask) -> None:
        """Who is in quarantine."""
        await ask.reply(replies.quarantined(await self._quarantine.all()))
