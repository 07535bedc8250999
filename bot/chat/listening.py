"""What is said to the bot without a command: behind its name, in direct messages, in reply to a message of its own."""

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol, runtime_checkable

from discord.ext import commands
from discord.ext.commands.view import StringView
from rapidfuzz import fuzz, process

from bot.chat.ask import Ask
from bot.chat.subject import replied_to

_NOT_TAKEN = {
    "help": re.compile(r"(?:me|us|mir|uns)\b", re.IGNORECASE),
    "more": re.compile(""),  # more like this, more about Heat, more after a film by chance
    "movie": re.compile(r"noir\b", re.IGNORECASE),
}
"""What says something else behind a command that takes other words."""
TYPO_SCORE = 75.0
LEAST_BEGINNING = 4
"""Letters; fewer begin the commands of other bots too."""
LONGEST_NAME = 8
"""Words of a film's name that begins with a command's."""


@runtime_checkable
class Listener(Protocol):
    """A cog that hears commands in what people say. Cogs that hear one in nearly anything are asked last."""

    hears_anything: ClassVar[bool]

    def hears(self, ask: Ask, text: str) -> str | None:
        """The command that `text` stands for, as it would be typed: `rate heat 4`, without prefix; None for none."""


def said_to(ctx: commands.Context[Any]) -> str | None:
    """What a message says to the bot, a command with its name; None where it is not meant for it."""
    if ctx.command is not None:
        return f"{ctx.invoked_with}{ctx.view.buffer[ctx.view.index :]}"
    message, prefix = ctx.message, ctx.bot.prefix_in(ctx.guild)
    if ctx.guild is None or ctx.prefix is not None:
        return None if ctx.prefix == prefix else message.content[len(ctx.prefix or "") :].strip()
    ours = replied_to(message)
    return message.content.strip() if ours is not None and ours.author == ctx.bot.user else None


def is_more_than(command: commands.Command[Any, ..., Any], view: StringView) -> bool:
    """Whether words follow that the command does not take: `history documentaries`, `help me find something`."""
    rest = view.buffer[view.index :].strip()
    takes_none = not command.clean_params and not isinstance(command, commands.Group)
    other = _NOT_TAKEN.get(command.name)
    return (bool(rest) and takes_none) or (other is not None and other.match(rest) is not None)


def begins_with_name(text: str, is_name: Callable[[str], bool]) -> bool:
    """Whether it begins with a name of several words: `top gun 4`, `about time`."""
    words = text.split()[:LONGEST_NAME]
    return any(is_name(" ".join(words[:count])) for count in range(2, len(words) + 1))


def nearest(typed: str, names: Sequence[str]) -> str | None:
    """The command that somebody meant by its beginning, or by a slip of the finger."""
    begun = [name for name in names if len(typed) >= LEAST_BEGINNING and name.startswith(typed)]
    near = process.extractOne(typed, begun or names, scorer=fuzz.ratio, score_cutoff=0 if begun else TYPO_SCORE)
    return None if near is None else near[0]
