"""`block`, `unblock` and `blocked`: who stands on no board of a server."""

from typing import Annotated

from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.managers import ManagersCog, managed
from bot.chat.people import MemberNamed, Somebody
from bot.chat.reply import Reply
from bot.guilds import blocking_replies as replies
from bot.guilds.blocking import BlockService
from bot.servers.presence import Presence


class BlockingCog(ManagersCog, name="Blocking", description="Your server"):
    def __init__(self, blocks: BlockService, presence: Presence) -> None:
        self._blocks = blocks
        self._presence = presence

    @commands.guild_only()
    @hybrid(private=True, everywhere=True, examples=("block @member",))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(member="Who is to be on no board of this server")
    async def block(self, ask: Ask, member: Annotated[Somebody, MemberNamed]) -> None:
        """Keep somebody off this server's boards (for who manages it)."""
        is_known = await self._blocks.block(managed(ask).id, member.id, ask.at)
        await ask.reply(replies.blocked(member.display_name, is_known=is_known, prefix=ask.prefix))

    @commands.guild_only()
    @hybrid(private=True, everywhere=True, examples=("unblock @member",))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(member="Who may be on this server's boards again")
    async def unblock(self, ask: Ask, member: Annotated[Somebody, MemberNamed]) -> None:
        """Let somebody onto this server's boards again (for who manages it)."""
        was_blocked = await self._blocks.unblock(managed(ask).id, member.id)
        await ask.reply(replies.unblocked(member.display_name, was_blocked=was_blocked))

    @commands.guild_only()
    @hybrid(private=True, everywhere=True, examples=("blocked",))
    @app_commands.default_permissions(manage_guild=True)
    async def blocked(self, ask: Ask) -> None:
        """Whom you keep off this server's boards (for who manages it)."""
        await ask.reply(replies.door(ask.user_id) if ask.is_overheard else await self._list(ask))

    @action("blocked_open", command="blocked")
    async def open(self, ask: Ask, press: Press) -> None:
        await ask.reply(await self._list(ask))

    async def _list(self, ask: Ask) -> Reply:
        guild = managed(ask)
        blocked = await self._blocks.blocked(guild.id)
        names = await self._presence.names(guild, blocked[: replies.MOST_NAMED], ask.at)
        return replies.all_blocked(list(names.values()), len(blocked), ask.prefix)
