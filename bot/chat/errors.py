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
from bot.chat.language import gettext
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
    return Reply(gettext(NOTHING_WRITTEN), ephemeral=True)


@explanation.register
def _(error: commands.MissingRequiredArgument, ask: Ask) -> Reply:
    """The command's own first example, or what there is to choose from."""
    if get_origin(error.param.converter) is Literal:
        choices = ", ".join(str(one) for one in get_args(error.param.converter))
        said = gettext("Which one? Write one of {choices} behind the command.", choices=choices)
        return Reply(said, ephemeral=True)
    example = examples_of(ask.ctx.command)[0] if ask.ctx is not None and ask.ctx.command is not None else "help"
    said = gettext("Tell me more, like this: {example}", example=escape(ask.prefix + gettext(example)))
    return Reply(said, ephemeral=True)


@explanation.register
def _(error: commands.BadLiteralArgument, ask: Ask) -> Reply:
    """What there is to choose from; before that word a member may have been meant."""
    given, choices = cut(plain(error.argument), ECHO_LIMIT), ", ".join(str(one) for one in error.literals)
    said = gettext("“{given}” is not one of {choices}.", given=given, choices=choices)
    if ask.ctx is not None and ask.ctx.command is not None and "member" in ask.ctx.command.clean_params:
        said = gettext(
            "I know nobody here called “{given}”. Mention them, or write one of {choices}.",
            given=given,
            choices=choices,
        )
    return Reply(cut(escape(said), MESSAGE_LIMIT), ephemeral=True)


@explanation.register
def _(error: ElsewhereError, ask: Ask) -> Reply:
    """Its channels as links; nobody is notified by those."""
    channels = ", ".join(f"<#{one}>" for one in error.channels)
    return Reply(cut(gettext("I answer in {channels}.", channels=channels), MESSAGE_LIMIT), ephemeral=True)


@explanation.register
def _(error: CooldownError, ask: Ask) -> Reply:
    """Discord counts it down for the reader."""
    ends = countdown(ask.at + ceil(error.retry_after_s))
    return Reply(gettext("That was a lot at once. I am all yours again {ends}.", ends=ends), ephemeral=True)


@sentence.register
def _(error: NotYoursError, prefix: str = "!") -> str:
    command = f"{prefix}{error.command}"
    return gettext("That button belongs to somebody else. {command} gets you your own.", command=command)


@sentence.register
def _(error: NotManagerError, prefix: str = "!") -> str:
    return gettext("That is for those who may manage this server.")


def _discord_sentence(error: BaseException, prefix: str) -> str | None:
    match error:
        case commands.UserNotFound() | commands.MemberNotFound() | commands.BadUnionArgument():
            return gettext("I do not know that member. Mention them, or leave the name out to mean yourself.")
        case commands.UserInputError() | app_commands.TransformerError():
            return gettext(
                "I could not read that. {prefix}help and the command's name show how it is written.", prefix=prefix
            )
        case commands.NoPrivateMessage() | app_commands.NoPrivateMessage():
            return gettext("That works in a server only, and I have to be a member there.")
        case commands.NotOwner():
            return gettext("Only the owner of this bot can do that.")
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return gettext("That command has just changed. Try again in a minute.")
        case commands.CheckFailure() | app_commands.CheckFailure():
            return gettext("You cannot use that here.")
        case discord.RateLimited() | discord.DiscordServerError() | aiohttp.ClientError():
            return gettext("Discord did not answer me just now, so I could not finish that. Try again in a minute.")
        case discord.Forbidden():
            return gettext("I lack a permission here: I need to see this channel, to send messages and to embed links.")
        case _:
            return None


def bug(incident: str) -> Reply:
    """A fixed sentence; the trace stands in the log under the incident."""
    return Reply(
        gettext(
            "Something went wrong on my side; nothing you did is lost. Incident `{incident}` is in the log.",
            incident=incident,
        ),
        ephemeral=True,
    )


def no_command(prefix: str) -> Reply:
    return Reply(
        gettext(
            "Tell me what you are in the mood for, say, something funny from the 90s. {prefix}rate Heat 4.5 rates a "
            "film. {prefix}help lists all that I can do.",
            prefix=escape(prefix),
        )
    )


def unknown_command(nearest: str | None, rest: str, prefix: str) -> Reply:
    """`rest` is what stood behind the name that was mistyped."""
    shown = escape(prefix)
    if nearest is not None:
        meant = escape(cut(plain(f"{prefix}{nearest} {rest}"), ECHO_LIMIT))
        said = gettext("Did you mean {command}? {prefix}help lists what I can do.", command=meant, prefix=shown)
        return Reply(said, ephemeral=True)
    return Reply(gettext("I did not get that. {prefix}help lists what I can do.", prefix=shown), ephemeral=True)
