"""What the bot does about its catalogue by itself."""

import discord
from discord.ext import commands

from bot.catalogue.origins import OriginsService
from bot.catalogue.service import CatalogueService
from bot.chat.host import Host
from bot.chat.loops import every


class WatchingCog(commands.Cog, name="Catalogue"):
    def __init__(self, bot: Host, catalogue: CatalogueService, origins: OriginsService) -> None:
        self._bot = bot
        self._catalogue = catalogue
        self._origins = origins

    async def cog_load(self) -> None:
        self.watch.start()
        self.sync.start()
        self.ask.start()

    async def cog_unload(self) -> None:
        self.watch.cancel()
        self.sync.cancel()
        self.ask.cancel()

    @every(minutes=5, place="looking after the catalogue")
    async def watch(self) -> None:
        """Serve films that were added, whoever added them."""
        await self._catalogue.notice_change()

    @every(minutes=10, place="reading IMDb's files")
    async def sync(self) -> None:
        """Another loop, since a reading takes many minutes."""
        await self._catalogue.sync_if_due(int(discord.utils.utcnow().timestamp()))

    @every(minutes=5, place="asking where films come from")
    async def ask(self) -> None:
        """Another one, since a turn takes most of its time."""
        await self._origins.take_turn(int(discord.utils.utcnow().timestamp()))

    @ask.before_loop
    @sync.before_loop
    @watch.before_loop
    async def _begin(self) -> None:
        await self._bot.wait_until_ready()
