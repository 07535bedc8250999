"""`tastecard`: one's year or all time as a picture to share."""

import asyncio
import re
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import by_prefix, by_slash
from bot.chat.people import Somebody, is_member, named
from bot.errors import StaleComponentError, UsageError
from bot.members import HiddenProfileError
from bot.servers.presence import Presence
from bot.tastecard import replies
from bot.tastecard.service import TasteCardService

ALL = replies.ALL
YEAR = re.compile(r"(19|20)[0-9]{2}", re.ASCII)
YEARS_OFFERED = 5


class TasteCardCog(commands.Cog, name="Taste card", description="You and your data"):
    def __init__(self, cards: TasteCardService, presence: Presence) -> None:
        self._cards = cards
        self._presence = presence

    @by_prefix(
        name="tastecard",
        aliases=("wrapped",),
        kind="list",
        examples=("tastecard", "tastecard 2026", "tastecard all", "tastecard @member"),
    )
    async def tastecard_text(self, ask: Ask, *, text: str = "") -> None:
        """Your year in films as a picture to share, or all your years."""
        words = text.split()
        period = next((word for word in words if _is_period(word.casefold())), None)
        if period is not None:
            words.remove(period)
        await self._show(ask, await named(ask, " ".join(words)) if words else ask.user, period)

    @by_slash(name="tastecard", kind="list")
    @app_commands.describe(year="A year such as 2026, or all; this one if left out", member="Whose; yours if left out")
    async def tastecard_slash(self, ask: Ask, year: str | None = None, member: Somebody | None = None) -> None:
        """Your year in films as a picture to share, or all your years."""
        if year is not None and not _is_period(year.strip().casefold()):
            raise UsageError("tastecard 2026", year)
        await self._show(ask, member or ask.user, year)

    @tastecard_slash.autocomplete("year")
    async def complete_year(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        newest = interaction.created_at.year
        offered = [ALL, *(str(year) for year in range(newest, newest - YEARS_OFFERED, -1))]
        return [
            app_commands.Choice(name=one, value=one) for one in offered if one.startswith(current.strip().casefold())
        ]

    @action("tastecard_mine", command="tastecard", kind="list")
    async def make_mine(self, ask: Ask, press: Press) -> None:
        """The card is everybody's: who presses gets their own of the same year."""
        period = press.text(0)
        if not _is_period(period):
            raise StaleComponentError
        await self._show(ask, ask.user, period)

    async def _show(self, ask: Ask, owner: Somebody, period: str | None) -> None:
        await ask.take_time()
        guild_id = ask.guild.id if ask.guild is not None else None
        if period is None:
            card = await self._cards.newest(ask.user_id, owner.id, ask.at, guild_id)
        else:
            year = None if period.strip().casefold() == ALL else int(period)
            card = await self._cards.of_year(ask.user_id, owner.id, year, guild_id)
        name = await self._name(ask, owner)
        await ask.reply(await asyncio.to_thread(replies.taste, card, name))

    async def _name(self, ask: Ask, owner: Somebody) -> str:
        """How the owner is called here; raises HiddenProfileError for somebody who has left."""
        if owner.id == ask.user_id or ask.guild is None:
            return owner.display_name
        names = await self._presence.names(ask.guild, [owner.id], ask.at) if is_member(ask, owner) else {}
        if owner.id not in names:
            raise HiddenProfileError(owner.id)
        return names[owner.id]


def _is_period(word: str) -> bool:
    return word == ALL or YEAR.fullmatch(word) is not None
