"""Declaring commands: all that help, the suggestions and the cooldowns know of one stands where it is declared.

A cog's `description` is the part of help its commands stand in. `private` commands are as a rule answered to their user
alone where they are slash commands; so they are deferred that way. What is a `personal` list is so in quiet servers;
unless it is said, that are commands of the kind `list`. Commands that work `everywhere` do so in channels too in which
a server wants no answers. Methods are called with an `Ask`.
"""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from discord import app_commands
from discord.ext import commands
from discord.utils import MISSING

from bot.chat.ask import Ask, Source
from bot.chat.cooldowns import CooldownKind

C = TypeVar("C", bound=commands.Cog)
P = ParamSpec("P")
Method = Callable[Concatenate[C, Ask, P], Coroutine[Any, Any, None]]


class Declare(Protocol):
    """A decorator of a cog's method; spelled out since discord.py's own type leaves the cog unknown."""

    def __call__(self, method: Method[C, P], /) -> commands.HybridCommand[C, P, None]: ...


class DeclareGroup(Protocol):
    def __call__(self, method: Method[C, P], /) -> commands.HybridGroup[C, P, None]: ...


class DeclareSlash(Protocol):
    def __call__(self, method: Method[C, P], /) -> app_commands.Command[C, P, None]: ...


def hybrid(
    *,
    name: str = MISSING,
    aliases: tuple[str, ...] = (),
    examples: tuple[str, ...] = (),
    kind: CooldownKind = "other",
    private: bool = False,
    personal: bool | None = None,
    everywhere: bool = False,
) -> Declare:
    """A command by prefix and slash alike; it is called like the method unless a `name` is given."""
    extras = _extras(examples, kind, private, personal, everywhere)

    def declare(method: Method[C, P]) -> Any:
        return commands.hybrid_command(name, aliases=list(aliases), extras=extras)(_asked(method))

    return cast("Declare", declare)


def by_prefix(
    *,
    name: str = MISSING,
    aliases: tuple[str, ...] = (),
    examples: tuple[str, ...] = (),
    kind: CooldownKind = "other",
    hidden: bool = False,
) -> Declare:
    """A command by prefix only, where its slash form takes other arguments."""
    extras = _extras(examples, kind)

    def declare(method: Method[C, P]) -> Any:
        return commands.command(name, aliases=list(aliases), extras=extras, hidden=hidden)(_asked(method))

    return cast("Declare", declare)


def by_slash(*, name: str = MISSING, kind: CooldownKind = "other") -> DeclareSlash:
    """The other form of a command `by_prefix`."""

    def declare(method: Method[C, P]) -> Any:
        return app_commands.command(name=name, extras=_extras((), kind))(_asked(method))

    return cast("DeclareSlash", declare)


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
    *,
    fallback: str,
    aliases: tuple[str, ...] = (),
    examples: tuple[str, ...] = (),
    kind: CooldownKind = "other",
    private: bool = False,
    personal: bool | None = None,
    everywhere: bool = False,
) -> DeclareGroup:
    """`commands.hybrid_group`; `fallback` is what the bare command is called as a slash command."""

    def declare(method: Method[C, P]) -> Any:
        return Group(
            _asked(method),
            fallback=fallback,
            aliases=list(aliases),
            invoke_without_command=True,
            extras=_extras(examples, kind, private, personal, everywhere),
        )

    return cast("DeclareGroup", declare)


def subcommand(
    group: commands.HybridGroup[Any, Any, Any],
    *,
    name: str = MISSING,
    examples: tuple[str, ...] = (),
    kind: CooldownKind = "other",
    private: bool = False,
    personal: bool | None = None,
) -> Declare:
    """A command of a group, with its own cooldown; it is called like the method, and works where the group does."""
    extras = _extras(examples, kind, private, personal)

    def declare(method: Method[C, P]) -> Any:
        return group.command(name=name, extras=extras)(_asked(method))

    return cast("Declare", declare)


def _extras(
    examples: tuple[str, ...],
    kind: CooldownKind,
    private: bool = False,
    personal: bool | None = None,
    everywhere: bool = False,
) -> dict[Any, Any]:
    return {
        "cooldown": kind,
        "private": private,
        "personal": kind == "list" if personal is None else personal,
        "everywhere": everywhere,
        "examples": examples,
    }


def works_everywhere(command: Any) -> bool:
    """Whether it answers in channels too in which a server wants no answers; its group says so."""
    root = getattr(command, "root_parent", None) or command
    declared = getattr(root, "wrapped", root)  # a hybrid's extras stand on its prefix side
    return bool(getattr(declared, "extras", {}).get("everywhere", False))


def examples_of(command: commands.Command[Any, ..., Any]) -> tuple[str, ...]:
    """How the command is written, best example first; its name where it was declared with none."""
    return command.extras.get("examples") or (command.qualified_name,)


def _asked(method: Method[C, P]) -> Callable[..., Coroutine[Any, Any, None]]:
    """discord.py calls with a context or an interaction, and reads the parameters of what is wrapped."""

    @wraps(method)
    async def call(cog: C, source: Source, /, *args: P.args, **kwargs: P.kwargs) -> None:
        await method(cog, Ask(source), *args, **kwargs)

    return call
