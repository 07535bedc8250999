"""Discord waits three seconds for an answer: what takes longer is deferred, and answered when the answer is ready."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import discord
from discord.ext import commands

from bot.chat.delivery import DeliveryError, persist

DEFER_AFTER_S = 1.0
"""Early enough for a slow way to Discord."""

ANSWERED = "answered"
"""Among an interaction's extras: its first message is there, so another one is a message of its own."""

_DEFERRAL = "deferral"


class Deferral:
    """Of one interaction: a press without a sign, a command with a placeholder, which only its user sees if private."""

    def __init__(self, interaction: discord.Interaction[Any], *, is_private: bool) -> None:
        self._interaction = interaction
        self._is_private = is_private
        self._has_placeholder = False
        self._is_sending = False
        self._timer = asyncio.create_task(self._wait())

    async def _wait(self) -> None:
        await asyncio.sleep(DEFER_AFTER_S)
        self._is_sending = True
        await self._defer()

    async def _defer(self) -> None:
        if self._interaction.response.is_done():
            return
        # Too late, or answered elsewhere: whoever answers will meet the same.
        with contextlib.suppress(discord.DiscordException, *DeliveryError):
            await self._interaction.response.defer(ephemeral=self._is_private)
            self._has_placeholder = self._interaction.type is discord.InteractionType.application_command

    async def stop(self) -> None:
        """Defer no more; what is just being sent is waited for, since Discord takes one first answer only."""
        if self._is_sending:
            await asyncio.wait([self._timer])
        else:
            self._timer.cancel()

    async def now(self) -> None:
        """Do not wait for the time to pass."""
        await self.stop()
        await self._defer()

    async def make_room(self, *, is_private: bool) -> None:
        """The next message would be seen by those who see the placeholder; where that is wrong the placeholder goes.

        It has to become a message before: as long as it waits, Discord takes any message for it.
        """
        await self.stop()
        interaction = self._interaction
        if self._has_placeholder and is_private != self._is_private:
            with contextlib.suppress(discord.NotFound):
                await persist(lambda: interaction.edit_original_response(content="…"), interaction.client.pause)
                await persist(interaction.delete_original_response, interaction.client.pause)
            interaction.extras[ANSWERED] = True
        self._has_placeholder = False


@contextlib.asynccontextmanager
async def deferred_in_time(interaction: discord.Interaction[Any]) -> AsyncIterator[None]:
    """Defer the interaction unless it is answered soon."""
    is_private = _extras(interaction).get("private", False) or is_for_one(interaction)
    deferral = interaction.extras[_DEFERRAL] = Deferral(interaction, is_private=is_private)
    try:
        yield
    finally:
        await deferral.stop()


def is_for_one(interaction: discord.Interaction[Any]) -> bool:
    """Whether a quiet server wants any answer to this to be seen by its asker alone: a list, or what follows one."""
    if not interaction.client.settings_in(interaction.guild_id).is_quiet:
        return False
    if interaction.type is discord.InteractionType.component:
        return interaction.message is not None and interaction.message.flags.ephemeral
    return bool(_extras(interaction).get("personal", False))


def _extras(interaction: discord.Interaction[Any]) -> dict[Any, Any]:
    """What its command was declared with."""
    command = interaction.command
    declared = getattr(command, "wrapped", command)  # a hybrid's extras stand on its prefix side
    extras: dict[Any, Any] = getattr(declared, "extras", {})
    return extras


async def take_time(source: commands.Context[Any] | discord.Interaction[Any]) -> None:
    """Say at once that the answer will take a while; on prefix by typing."""
    interaction = source.interaction if isinstance(source, commands.Context) else source
    if interaction is not None:
        await interaction.extras[_DEFERRAL].now()
    elif isinstance(source, commands.Context):
        with contextlib.suppress(*DeliveryError):
            await source.typing()


async def make_room(interaction: discord.Interaction[Any], *, is_private: bool) -> None:
    """Before an answer: nothing is deferred any more, and no placeholder of the other kind is in the way."""
    if (deferral := interaction.extras.get(_DEFERRAL)) is not None:
        await deferral.make_room(is_private=is_private)
