"""Sending a reply to whatever asked: a command, a slash command, or a press."""

import contextlib
from typing import Any

import discord
from discord.ext import commands

from bot.exts.deferring import make_room
from bot.ui.reply import Reply


async def answer(ctx: commands.Context[Any], reply: Reply) -> discord.Message:
    """Answer a prefix or hybrid command; on prefix the answer points to the question."""
    arguments = reply.to_send()
    if ctx.interaction is None:
        # The question may have been deleted meanwhile; Discord refuses a reply to nothing.
        arguments["reference"] = ctx.message.to_reference(fail_if_not_exists=False)
        arguments["mention_author"] = False
    else:
        await make_room(ctx.interaction, is_private=reply.ephemeral)
    return await ctx.send(**arguments, ephemeral=reply.ephemeral)


async def respond(interaction: discord.Interaction[Any], reply: Reply) -> None:
    """Answer a slash command or a press with a message of its own."""
    await make_room(interaction, is_private=reply.ephemeral)
    if interaction.response.is_done():
        await interaction.followup.send(**reply.to_send(), ephemeral=reply.ephemeral)
    else:
        await interaction.response.send_message(**reply.to_send(), ephemeral=reply.ephemeral)


async def replace(interaction: discord.Interaction[Any], reply: Reply) -> None:
    """Answer a press, deferred or not, by changing the message that was pressed."""
    await make_room(interaction, is_private=reply.ephemeral)
    if interaction.response.is_done():
        await interaction.edit_original_response(**reply.to_edit())
    else:
        await interaction.response.edit_message(**reply.to_edit())


async def revise(interaction: discord.Interaction[Any], message_id: int, reply: Reply) -> None:
    """Change another message of ours in the channel of a press, if it is still there and can be seen."""
    if interaction.channel_id is None:
        return
    channel = interaction.client.get_partial_messageable(interaction.channel_id)
    with contextlib.suppress(discord.HTTPException):
        await channel.get_partial_message(message_id).edit(**reply.to_edit())
