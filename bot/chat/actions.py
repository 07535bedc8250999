"""Actions: what happens when a persistent button or select is pressed (see `bot.chat.components`)."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from discord.ext import commands

from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.cooldowns import CooldownKind
from bot.errors import UserError

Handler = Callable[[Any, Ask, Press], Awaitable[None]]
BoundHandler = Callable[[Ask, Press], Awaitable[None]]
F = TypeVar("F", bound=Handler)

_MARK = "__marquee_action__"


@dataclass(eq=False)
class NotYoursError(UserError):
    """A component answers only its owner; `command` gets the stranger one of their own."""

    command: str


@dataclass(frozen=True, slots=True)
class Action:
    """What a press of a name does, with what was said of it (see `action`)."""

    handler: BoundHandler
    command: str
    kind: CooldownKind
    film: int | None
    of_list: bool


def action(
    name: str,
    *,
    command: str = "help",
    kind: CooldownKind = "other",
    film: int | None = None,
    of_list: bool = False,
) -> Callable[[F], F]:
    """Mark a cog's method as what `name` does; strangers who press it are pointed to `command`.

    `film` is the place of the argument that is the number of the one film it is about, if it has such. `of_list`: its
    arguments are the number of a list, and the place in it, from 0, of the first film that its message shows.
    """

    def mark(handler: F) -> F:
        setattr(handler, _MARK, (name, command, kind, film, of_list))
        return handler

    return mark


def actions_of(cog: commands.Cog) -> dict[str, Action]:
    """The actions a cog offers, by name."""
    found = {}
    for _, method in inspect.getmembers(cog, inspect.iscoroutinefunction):
        if (mark := getattr(method, _MARK, None)) is not None:
            name, *said = mark
            found[name] = Action(method, *said)
    return found
