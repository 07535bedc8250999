"""Sending a reply to whatever asked: a command, a slash command, or a press. Each goes as server and asker want it.

None of these raises because Discord is in trouble or refuses (see `bot.chat.delivery`): what was asked for is done.
"""

from dataclasses import replace as changed
from typing import Any

import discord
from discord.ext import commands

from bot.chat.components import ActionForm
from bot.chat.deferring import ANSWERED, is_for_one, make_room
from bot.chat.delivery import (
    ALREADY_ACKNOWLEDGED,
    DeliveryError,
    forbids_speaking,
    has_code,
    is_late,
    is_refusal,
    is_safe_to_repeat,
    new_nonce,
    note_undelivered,
    persist,
    write_to,
)
from bot.chat.host import Host
from bot.chat.language import gettext
from bot.chat.reply import Reply
from bot.chat.transient import is_transient
from bot.chat.wanted import as_wanted


async def answer(ctx: commands.Context[Any], reply: Reply) -> discord.Message | None:
    """Answer a prefix or hybrid command; on prefix the answer points to the question. None: not delivered."""
    if ctx.interaction is not None and not ctx.interaction.is_expired():
        return await respond(ctx.interaction, reply)
    reference = None
    if ctx.interaction is None:
        # The question may have been deleted meanwhile; Discord refuses a reply to nothing.
        reference = ctx.message.to_reference(fail_if_not_exists=False)
    return await post(ctx.bot, ctx.channel, reply, asker=ctx.author, reference=reference, mention_author=False)


async def post(
    bot: Host,
    channel: discord.abc.Messageable,
    reply: Reply,
    *,
    asker: discord.User | discord.Member | None = None,
    **arguments: Any,
) -> discord.Message | None:
    """Send a message into a channel, once; None where it could not be delivered."""
    asker_id = asker.id if asker is not None else None
    nonce, reply = new_nonce(), _as_shown(bot, reply, _guild_id_of(bot, channel), asker_id)
    try:
        return await persist(lambda: channel.send(**reply.to_send(), **arguments, nonce=nonce), bot.pause)
    except DeliveryError as error:
        if asker is not None and forbids_speaking(error):
            await bot.mute.tell(getattr(channel, "id", 0), asker, bot.pause)
        else:
            note_undelivered(error, "a message")
        return None


async def write_to_operators(bot: Host, reply: Reply) -> bool:
    """Send each operator a direct message; whether any of them got it."""
    try:
        operators = await persist(bot.operators, bot.pause)
    except DeliveryError as error:
        note_undelivered(error, "a message to the operators")
        return False
    return any([await write_to(operator, reply, bot.pause) for operator in operators])


async def respond(interaction: discord.Interaction[Any], reply: Reply) -> discord.Message | None:
    """Answer a slash command or a press with a message of its own. None: not delivered."""
    reply = _as_shown(interaction.client, reply, interaction.guild_id, interaction.user.id)
    if is_for_one(interaction):
        reply = changed(reply, ephemeral=True)
    try:
        return await _respond(interaction, reply)
    except DeliveryError as error:
        channel = interaction.channel if interaction.client.is_at(interaction) else None
        if is_late(error) and not reply.ephemeral and isinstance(channel, discord.abc.Messageable):
            return await post(interaction.client, channel, reply, asker=interaction.user)
        note_undelivered(error, "an answer")
        return None


async def _respond(interaction: discord.Interaction[Any], reply: Reply) -> discord.Message | None:
    pause = interaction.client.pause
    await make_room(interaction, is_private=reply.ephemeral)
    if not interaction.response.is_done():
        tries = 0

        async def send() -> discord.Message | None:
            nonlocal tries
            tries += 1
            sent = await interaction.response.send_message(**reply.to_send(), ephemeral=reply.ephemeral)
            return sent.resource if isinstance(sent.resource, discord.Message) else None

        try:
            message = await persist(send, pause)
        except discord.HTTPException as error:
            if not has_code(error, ALREADY_ACKNOWLEDGED):
                raise
            is_command = interaction.type is discord.InteractionType.application_command
            if tries > 1 or is_command:  # an earlier one has arrived, or a deferral, only the receipt was lost
                return await _fill(interaction, reply)
        else:
            interaction.extras[ANSWERED] = True
            return message
    return await _follow_up(interaction, reply)


async def _follow_up(interaction: discord.Interaction[Any], reply: Reply) -> discord.Message:
    """The first one after a deferral takes its place, so that it can be written again; a later one cannot."""
    pause = interaction.client.pause
    takes_place = (
        interaction.response.type is discord.InteractionResponseType.deferred_channel_message
        and ANSWERED not in interaction.extras
    )

    async def send() -> discord.Message:
        message: discord.Message = await interaction.followup.send(
            **reply.to_send(), ephemeral=reply.ephemeral, wait=True
        )
        return message

    if not takes_place:
        return await persist(send, pause, is_safe_to_repeat)
    try:
        message = await send()
    except DeliveryError as error:
        if not is_transient(error):
            raise
        return await _fill(interaction, reply)
    interaction.extras[ANSWERED] = True
    return message


async def _fill(interaction: discord.Interaction[Any], reply: Reply) -> discord.Message:
    """Write the answer where it is or should be already: however often, it is one message."""
    message = await persist(lambda: interaction.edit_original_response(**reply.to_edit()), interaction.client.pause)
    interaction.extras[ANSWERED] = True
    return message


async def open_form(interaction: discord.Interaction[Any], form: ActionForm) -> None:
    """Show a form to who pressed; one that comes too late has to be asked for again.

    What is sent is read by its custom id: discord.py is spared a form, and a timer, for each that was opened.
    """
    form.stop()
    try:
        await make_room(interaction, is_private=True)
        await interaction.response.send_modal(form)
    except discord.InteractionResponded:
        await respond(interaction, Reply(gettext("That took me too long. Press it once more."), ephemeral=True))
    except DeliveryError as error:
        note_undelivered(error, "a form")


async def replace(interaction: discord.Interaction[Any], reply: Reply) -> None:
    """Answer a press, deferred or not, by changing the message that was pressed."""
    reply = _as_shown(interaction.client, reply, interaction.guild_id, interaction.user.id)

    async def edit() -> None:
        if interaction.response.is_done():
            await interaction.edit_original_response(**reply.to_edit())
        else:
            await interaction.response.edit_message(**reply.to_edit())

    try:
        await make_room(interaction, is_private=reply.ephemeral)
        try:
            await persist(edit, interaction.client.pause)
        except discord.HTTPException as error:
            if not has_code(error, ALREADY_ACKNOWLEDGED):
                raise
            await _fill(interaction, reply)  # an earlier one may have arrived
    except DeliveryError as error:
        if is_late(error) and interaction.message is not None:
            await revise(interaction, interaction.message.id, reply)
        else:
            note_undelivered(error, "a changed message")


async def revise(interaction: discord.Interaction[Any], message_id: int, reply: Reply) -> None:
    """Change another message of ours in the channel of a press, if it is still there and can be seen."""
    if interaction.channel_id is None:
        return
    channel = interaction.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
    message = channel.get_partial_message(message_id)
    await change(interaction.client, message, reply)


async def change(bot: Host, message: discord.PartialMessage | discord.Message, reply: Reply) -> bool:
    """Edit a message of ours; False where it is gone or cannot be changed."""
    reply = _as_shown(bot, reply, _guild_id_of(bot, message.channel))
    try:
        await persist(lambda: message.edit(**reply.to_edit()), bot.pause)
    except DeliveryError as error:
        if not (is_refusal(error) or is_transient(error)):
            raise
        return False
    return True


def _as_shown(bot: Host, reply: Reply, guild_id: int | None, user_id: int | None = None) -> Reply:
    return bot.clickable(as_wanted(reply, has_pictures=bot.has_pictures(guild_id, user_id)))


def _guild_id_of(bot: Host, channel: Any) -> int | None:
    """The server a channel belongs to; one that was only named is looked up among those that are known."""
    guild = getattr(channel, "guild", None) or getattr(bot.get_channel(getattr(channel, "id", 0)), "guild", None)
    return guild.id if guild is not None else None
