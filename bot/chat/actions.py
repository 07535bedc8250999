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


def actions_of(cog: commands.Cog) -> dict[str, tuple[BoundHandler, str, CooldownKind]]:
    """The actions a cog offers: name to handler, command for strangers and kind of cooldown."""
    found = {}
    for _, method in inspect.getmembers(cog, inspect.iscoroutinefunction):
        if (mark := getattr(method, _MARK, None)) is not None:
            name, command, kind, *_ = mark
            found[name] = (method, command, kind)
    return found


def film_places_of(cog: commands.Cog) -> dict[str, int]:
    """By action, which of its arguments is a film."""
    marks = (getattr(method, _MARK, None) for _, method in inspect.getmembers(cog, inspect.iscoroutinefunction))
    return {mark[0]: mark[3] for mark in marks if mark is not None and mark[3] is not None}


def list_actions_of(cog: commands.Cog) -> set[str]:
    """Those of its actions that are of a list."""
    marks = (getattr(method, _MARK, None) for _, method in inspect.getmembers(cog, inspect.iscoroutinefunction))
    return {mark[0] for mark in marks if mark is not None and mark[4]}
