"""The menus of a message: rate the film somebody speaks of, and take a reply of the bot away."""

import contextlib
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.ask import Ask
from bot.chat.components import owner_of
from bot.chat.cooldowns import CooldownKind
from bot.chat.host import Host
from bot.chat.subject import walk
from bot.menus import replies
from bot.menus.service import MenuService, NotMyMessageError, NotYourReplyError

BY_SERVERS = app_commands.AppInstallationType(guild=True, user=False)
WHERE_IT_IS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
"""A message of the bot can be deleted only where the bot itself is."""


class MenusCog(commands.Cog, name="Menus"):
    def __init__(self, bot: Host, menus: MenuService) -> None:
        self._bot = bot
        self._service = menus
        self._menus: tuple[app_commands.ContextMenu, ...] = (
            _menu(replies.RATE, self.rate_this, "write"),
            _menu(
                replies.DELETE, self.delete_reply, "other", allowed_installs=BY_SERVERS, allowed_contexts=WHERE_IT_IS
            ),
        )

    async def cog_load(self) -> None:
        for menu in self._menus:
            self._bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        for menu in self._menus:
            self._bot.tree.remove_command(menu.name, type=menu.type)

    async def rate_this(self, ask: Ask, message: discord.Message) -> None:
        """Ask for stars for the film of a message."""
        movies = await self._service.movies_in("\n".join(_texts(message)))
        await ask.reply(replies.movies_found(ask.user_id, movies))

    async def delete_reply(self, ask: Ask, message: discord.Message) -> None:
        """Delete a reply of the bot, for who asked for it and for moderators."""
        if message.author != self._bot.user:
            raise NotMyMessageError
        await ask.take_time()
        if ask.interaction is None or not await _may_delete(ask.interaction, message):
            raise NotYourReplyError
        with contextlib.suppress(discord.NotFound):  # somebody was faster
            await message.delete()
        await ask.reply(replies.deleted())


def _menu(
    name: str, callback: Callable[..., Coroutine[Any, Any, None]], kind: CooldownKind, **allowed: Any
) -> app_commands.ContextMenu:
    async def call(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await callback(Ask(interaction), message)

    return app_commands.ContextMenu(name=name, callback=call, extras={"cooldown": kind, "private": True}, **allowed)


async def _may_delete(interaction: discord.Interaction[Host], message: discord.Message) -> bool:
    """In direct messages anybody; elsewhere moderators and whoever the reply was for."""
    if interaction.guild_id is None or interaction.permissions.manage_messages:
        return True
    asker = message.interaction_metadata.user.id if message.interaction_metadata is not None else None
    custom_ids = (one.custom_id for one in walk(message.components) if getattr(one, "custom_id", None))
    if interaction.user.id in {asker, *(owner_of(one) for one in custom_ids)}:
        return True
    return interaction.user.id == await _author_of_question(interaction, message)


async def _author_of_question(interaction: discord.Interaction[Host], message: discord.Message) -> int | None:
    """Who wrote the message that this one replies to; None where it is gone or cannot be seen."""
    question = message.reference
    if question is None or question.message_id is None:
        return None
    if isinstance(question.resolved, discord.Message):
        return question.resolved.author.id
    channel = interaction.client.get_partial_messageable(question.channel_id)
    with contextlib.suppress(discord.HTTPException):
        return (await channel.fetch_message(question.message_id)).author.id
    return None


def _texts(message: discord.Message) -> Iterator[str]:
    """All that a person reads in a message: its text, cards and previews."""
    yield message.content
    for embed in message.embeds:
        yield embed.title or ""
        yield embed.description or ""
    for component in walk(message.components):
        if isinstance(component, discord.TextDisplay):
            yield component.content
