"""The error table of chat: Discord's own errors in words, and the fixed sentence for a bug."""

from types import SimpleNamespace
from typing import Any

import pytest
from discord import app_commands
from discord.ext import commands

from bot.chat import errors
from bot.training.service import NotOperatorError
from tests.bot.hostile import HOSTILE, HOSTILE_IDS
from tests.bot.limits import MENTION, check

ASK: Any = SimpleNamespace(interaction=None, ctx=None, prefix="!")
"""A message, as far as an answer to an error needs it."""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (commands.MemberNotFound("x"), "I do not know that member"),
        (commands.BadArgument("x"), "I could not read that. !help"),
        (commands.NoPrivateMessage(), "in a server only"),
        (app_commands.NoPrivateMessage(), "in a server only"),
        (commands.NotOwner(), "Only the owner"),
        (commands.CheckFailure(), "You cannot use that here"),
        (app_commands.CommandNotFound("x", []), "has just changed"),
    ],
)
def test_discords_own_errors_in_words(error: Exception, words: str) -> None:
    reply = errors.explanation(error, ASK)
    assert reply is not None
    assert words in (reply.content or "")
    assert reply.ephemeral


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_IDS)
def test_a_word_that_is_none_of_the_allowed_ones(text: str) -> None:
    parameter = commands.Parameter("order", commands.Parameter.POSITIONAL_OR_KEYWORD)
    error = commands.BadLiteralArgument(parameter, ("newest", "highest"), [], text)
    reply = errors.explanation(error, ASK)
    assert reply is not None
    check(reply)
    assert (reply.content or "").endswith("is not one of newest, highest.")
    assert not MENTION.search(reply.content or "")


def test_the_cause_is_found_inside_the_wrappers() -> None:
    cause = NotOperatorError()
    assert errors.cause_of(commands.CommandInvokeError(cause)) is cause
    assert errors.cause_of(commands.HybridCommandError(commands.CommandInvokeError(cause))) is cause  # type: ignore[arg-type]
    failed = commands.CheckFailure()
    assert errors.cause_of(failed) is failed
    failed.__cause__ = cause
    assert errors.cause_of(failed) is cause


def test_a_bug_has_no_words_but_its_incident() -> None:
    assert errors.explanation(ValueError("internal"), ASK) is None
    reply = errors.bug("7f3a")
    check(reply)
    assert "`7f3a`" in (reply.content or "")


def test_a_near_miss() -> None:
    told = errors.unknown_command("rate", "heat 4", "!").content
    assert told == "Did you mean !rate heat 4? !help lists what I can do."
