"""The error table of chat: Discord's own errors and ours, for prefix, slash and components alike."""

from typing import Literal, get_args, get_origin

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.reply import Reply
from bot.chat.sentences import sentence
from bot.chat.text import ECHO_LIMIT, MESSAGE_LIMIT, cut, escape, plain
from bot.errors import MarqueeError
from data.store import StoreUnavailableError

_WRAPPERS = (
    commands.CommandInvokeError,
    commands.ConversionError,
    commands.HybridCommandError,
    app_commands.CommandInvokeError,
)


def cause_of(error: BaseException) -> BaseException:
    """What really happened: the error inside discord.py's wrappers."""
    while True:
        if isinstance(error, _WRAPPERS):
            error = error.original
        elif isinstance(error, commands.CheckFailure | app_commands.CheckFailure) and isinstance(
            error.__cause__, MarqueeError
        ):
            return error.__cause__
        else:
            return error


def explanation(error: BaseException, prefix: str) -> Reply | None:
    """The answer to an error a member or operator can mend; None for a bug."""
    text = _store_sentence(error) or sentence(error, prefix) or _discord_sentence(error, prefix)
    return Reply(cut(escape(text), MESSAGE_LIMIT), ephemeral=True) if text is not None else None


def _store_sentence(error: BaseException) -> str | None:
    """What a member hears of a database that cannot be used; the log says where it is and what is wrong with it."""
    if isinstance(error, StoreUnavailableError):
        return (
            "I cannot get at my notes just now, so nothing was written. Whoever runs me has been told; "
            "please try again later."
        )
    return None


def _discord_sentence(error: BaseException, prefix: str) -> str | None:
    match error:
        case commands.UserNotFound() | commands.MemberNotFound() | commands.BadUnionArgument():
            return "I do not know that member. Mention them, or leave the name out to mean yourself."
        case commands.BadLiteralArgument():
            given = cut(plain(error.argument), ECHO_LIMIT)
            return f"“{given}” is not one of {', '.join(str(one) for one in error.literals)}."
        case commands.MissingRequiredArgument() if get_origin(error.param.converter) is Literal:
            choices = ", ".join(str(one) for one in get_args(error.param.converter))
            return f"Which one? Write one of {choices} behind the command."
        case commands.UserInputError() | app_commands.TransformerError():
            return f"I could not read that. {prefix}help and the command's name show how it is written."
        case commands.NoPrivateMessage() | app_commands.NoPrivateMessage():
            return "That works in a server only."
        case commands.NotOwner():
            return "Only the owner of this bot can do that."
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return "That command has just changed. Try again in a minute."
        case commands.CheckFailure() | app_commands.CheckFailure():
            return "You cannot use that here."
        case discord.RateLimited() | discord.DiscordServerError() | aiohttp.ClientError():
            return "Discord did not answer me just now, so I could not finish that. Try again in a minute."
        case discord.Forbidden():
            return "I lack a permission here: I need to see this channel, to send messages and to embed links."
        case _:
            return None


def bug(incident: str) -> Reply:
    """A fixed sentence; the trace stands in the log under the incident."""
    return Reply(
        f"Something went wrong on my side; nothing you did is lost. Incident `{incident}` is in the log.",
        ephemeral=True,
    )


def muted(channel_id: int) -> Reply:
    """Said privately: in that channel the bot is not allowed to speak."""
    return Reply(
        f"I cannot answer you in <#{channel_id}>: I need to see that channel, to send messages, to embed links and to "
        "attach files there. Whoever runs the server can allow it; until then ask me here. What you rated counts."
    )


def no_command(prefix: str) -> Reply:
    shown = escape(prefix)
    return Reply(
        f"I listen to commands, such as {shown}rate Heat 4.5 or {shown}recommend. {shown}help lists all of them."
    )


def unknown_command(nearest: str | None, prefix: str) -> Reply:
    shown = escape(prefix)
    if nearest is not None:
        return Reply(f"Did you mean {shown}{nearest}? {shown}help lists what I can do.", ephemeral=True)
    return Reply(f"I do not know that one. {shown}help lists what I can do.", ephemeral=True)
