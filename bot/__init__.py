"""Marquee: a movie recommender that lives in a Discord server."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discord.ext import commands

    from bot.settings import Settings


def create_bot(settings: Settings) -> commands.AutoShardedBot:
    """Build the bot, ready for `bot.start(token)`.

    Imported on the call: the training process imports this package too and needs no Discord.
    """
    from bot.app import create_bot as wire

    return wire(settings)
