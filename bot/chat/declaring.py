"""Declaring commands that exist as prefix and slash alike, typed, each with its kind of cooldown.

`private` ones are as a rule answered to their user alone where they are slash commands; so they are deferred that way.
"""

from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from discord.ext import commands
from discord.utils import MISSING

from bot.chat.cooldowns import Kind

C = TypeVar("C", bound=commands.Cog)
X = TypeVar("X", bound=commands.Context[Any])
P = ParamSpec("P")


class Declare(Protocol):
    """A decorator of a cog's method; spelled out since discord.py's own type leaves the cog unknown."""

    def __call__(
        self, method: Callable[Concatenate[C, X, P], Coroutine[Any, Any, None]], /
    ) -> commands.HybridCommand[C, P, None]: ...


class DeclareGroup(Protocol):
    def __call__(
        self, method: Callable[Concatenate[C, X, P], Coroutine[Any, Any, None]], /
    ) -> commands.HybridGroup[C, P, None]: ...


def hybrid(
    *, name: str = MISSING, aliases: tuple[str, ...] = (), kind: Kind = "other", private: bool = False
) -> Declare:
    """`commands.hybrid_command` with a cooldown; it is called like the method unless a `name` is given."""
    extras = {"cooldown": kind, "private": private}
    return cast("Declare", commands.hybrid_command(name, aliases=list(aliases), extras=extras))


class Group(commands.HybridGroup[C, P, None]):
    """A group whose bare form goes by its `fallback` name on prefix too, as it does on slash."""

    async def invoke(self, ctx: commands.Context[Any], /) -> None:
        if ctx.interaction is None:
            start = ctx.view.index
            ctx.view.skip_ws()
            if ctx.view.get_word().casefold() != self.fallback:
                ctx.view.index = start
        await super().invoke(ctx)


def hybrid_group(
    *, fallback: str, aliases: tuple[str, ...] = (), kind: Kind = "other", private: bool = False
) -> DeclareGroup:
    """`commands.hybrid_group`; `fallback` is what the bare command is called as a slash command."""

    def declare(method: Callable[..., Coroutine[Any, Any, None]]) -> Group[Any, Any]:
        return Group(
            method,
            fallback=fallback,
            aliases=list(aliases),
            invoke_without_command=True,
            extras={"cooldown": kind, "private": private},
        )

    return cast("DeclareGroup", declare)


def subcommand(group: commands.HybridGroup[Any, Any, Any], *, kind: Kind = "other", private: bool = False) -> Declare:
    """A command of a group, with its own cooldown; it is called like the method."""
    return cast("Declare", group.command(extras={"cooldown": kind, "private": private}))


def rest(ctx: commands.Context[Any]) -> str:
    """What follows the name of a bare group on prefix; a slash command has no such text."""
    return "" if ctx.interaction is not None else ctx.view.read_rest().strip()
