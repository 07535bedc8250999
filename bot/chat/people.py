"""Other people as arguments of commands."""

import asyncio
import contextlib
import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.ask import Ask
from bot.errors import StaleComponentError

log = logging.getLogger(__name__)

ANSWER_S = 2.0
MOST_ASKED = 100
"""Members whose name begins so; Discord tells no more."""

Somebody = discord.Member | discord.User
"""A member of the guild the command is used in, or else anybody with a Discord account."""


def is_member(ask: Ask, person: Somebody) -> bool:
    """Whether the person is a member of the guild this is asked in (the converters look nowhere else)."""
    return ask.guild is not None and isinstance(person, discord.Member)


class MemberNamed(commands.Converter[Somebody], app_commands.Transformer):
    """For `member: Annotated[Somebody, MemberNamed]`: a member of the guild, or anybody where that is not known."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.user

    async def convert(self, ctx: commands.Context[Any], argument: str) -> Somebody:
        return await named(Ask(ctx), argument)

    async def transform(self, interaction: discord.Interaction[Any], value: Somebody, /) -> Somebody:
        return value


async def named(ask: Ask, text: str) -> Somebody:
    """Who is meant by a mention, an id or a name in a message, in whatever case; raises UserNotFound."""
    assert ask.ctx is not None
    if ask.guild is not None:
        with contextlib.suppress(commands.MemberNotFound):
            return await commands.MemberConverter().convert(ask.ctx, text)
        if (member := await called(ask.guild, text.removeprefix("@"))) is not None:
            return member
    return await commands.UserConverter().convert(ask.ctx, text)


async def called(guild: discord.Guild, name: str) -> discord.Member | None:
    """The one member who is called just that, in whatever case; None for nobody, for several, and without an answer."""
    try:
        async with asyncio.timeout(ANSWER_S):
            found = await guild.query_members(name, limit=MOST_ASKED, cache=False)
    except (TimeoutError, discord.DiscordException, ValueError) as error:
        log.info("members could not be asked for by name: %s", error)
        return None
    is_called = {one for one in found if name.casefold() in {str(said).casefold() for said in _names(one)}}
    return is_called.pop() if len(is_called) == 1 else None


def _names(member: discord.Member) -> tuple[str | None, ...]:
    return member.name, member.global_name, member.nick


async def find(ask: Ask, person_id: int) -> Somebody:
    """Who that is now: a member of this guild, or somebody who is not (any more).

    Raises StaleComponentError where the account is gone.
    """
    if person_id <= 0:  # Discord calls that a malformed request
        raise StaleComponentError
    if person_id == ask.user_id:
        return ask.user
    if ask.guild is not None:
        with contextlib.suppress(discord.NotFound):  # they have left
            return await ask.guild.fetch_member(person_id)
    try:
        return await ask.bot.fetch_user(person_id)
    except discord.NotFound as error:
        raise StaleComponentError from error
