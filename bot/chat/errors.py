"""What anybody is answered where something went wrong: prefix, slash and components alike."""

from functools import singledispatch
from math import ceil
from typing import Literal, get_args, get_origin

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import NotYoursError
from bot.chat.ask import Ask
from bot.chat.cooldowns import CooldownError
from bot.chat.declaring import examples_of
from bot.chat.managers import NotManagerError
from bot.chat.markdown import countdown, escape
from bot.chat.places import ElsewhereError
from bot.chat.reply import Reply
from bot.chat.sentences import NOTHING_WRITTEN, sentence
from bot.chat.text import ECHO_LIMIT, MESSAGE_LIMIT, cut, plain
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
        elif isinstance(error.__cause__, MarqueeError) and isinstance(
            error, commands.CheckFailure | app_commands.CheckFailure | app_commands.TransformerError
        ):
            return error.__cause__
        else:
            return error


@singledispatch
def explanation(error: BaseException, ask: Ask) -> Reply | None:
    """The answer to an error a member or operator can mend, which may be a question; None for a bug."""
    prefix = "/" if ask.interaction is not None else ask.prefix
    text = sentence(error, prefix) or _discord_sentence(error, prefix)
    return Reply(cut(escape(text), MESSAGE_LIMIT), ephemeral=True) if text is not None else None


@explanation.register
def _(error: StoreUnavailableError, ask: Ask) -> Reply:
    return Reply(NOTHING_WRITTEN, ephemeral=True)


@explanation.register
def _(error: commands.MissingRequiredArgument, ask: Ask) -> Reply:
    """The command's own first example, or what there is to choose from."""
    if get_origin(error.param.converter) is Literal:
        choices = ", ".join(str(one) for one in get_args(error.param.converter))
        return Reply(f"Which one? Write one of {choices} behind the command.", ephemeral=True)
    example = examples_of(ask.ctx.command)[0] if ask.ctx is not None and ask.ctx.command is not None else "help"
    return Reply(f"Tell me more, like this: {escape(ask.prefix + example)}", ephemeral=True)


@explanation.register
def _(error: ElsewhereError, ask: Ask) -> Reply:
    """Its channels as links; nobody is notified by those."""
    return Reply(cut(f"I answer in {', '.join(f'<#{one}>' for one in error.channels)}.", MESSAGE_LIMIT), ephemeral=True)


@explanation.register
def _(error: CooldownError, ask: Ask) -> Reply:
    """Discord counts it down for the reader."""
    ends = countdown(ask.at + ceil(error.retry_after_s))
    return Reply(f"That was a lot at once. I am all yours again {ends}.", ephemeral=True)


@sentence.register
def _(error: NotYoursError, prefix: str = "!") -> str:
    return f"That button belongs to somebody else. {prefix}{error.command} gets you your own."


@sentence.register
def _(error: NotManagerError, prefix: str = "!") -> str:
    return "That is for those who may manage this server."


def _discord_sentence(error: BaseException, prefix: str) -> str | None:
    match error:
        case commands.UserNotFound() | commands.MemberNotFound() | commands.BadUnionArgument():
            return "I do not know that member. Mention them, or leave the name out to mean yourself."
        case commands.BadLiteralArgument():
            given = cut(plain(error.argument), ECHO_LIMIT)
            return f"“{given}” is not one of {', '.join(str(one) for one in error.literals)}."
        case commands.UserInputError() | app_commands.TransformerError():
            return f"I could not read that. {prefix}help and the command's name show how it is written."
        case commands.NoPrivateMessage() | app_commands.NoPrivateMessage():
            return "That works in a server only, and I have to be a member there."
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


def no_command(prefix: str) -> Reply:
    shown = escape(prefix)
    return Reply(
        f"Tell me what you are in the mood for, say, something funny from the 90s. {shown}rate Heat 4.5 rates a film."
        f" {shown}help lists all that I can do."
    )


def unknown_command(nearest: str | None, rest: str, prefix: str) -> Reply:
    """`rest` is what stood behind the name that was mistyped."""
    shown = escape(prefix)
    if nearest is not None:
        meant = escape(cut(plain(f"{prefix}{nearest} {rest}"), ECHO_LIMIT))
        return Reply(f"Did you mean {meant}? {shown}help lists what I can do.", ephemeral=True)
    return Reply(f"I did not get that. {shown}help lists what I can do.", ephemeral=True)
