"""What the bot does by itself again and again, whatever happened the last time."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

import discord
from discord.ext import tasks

from bot.chat.host import Host


class _Watching(Protocol):
    _bot: Host


C = TypeVar("C", bound=_Watching)
Turn = Callable[[C], Awaitable[None]]


def every(*, hours: float = 0, minutes: float = 0, place: str) -> Callable[[Turn[C]], tasks.Loop[Any]]:
    """A loop of discord.py's that no error ends; `place` is what the log calls it.

    After a sleep of the machine discord.py would make up for every turn that was missed; the loop begins anew instead.
    """

    def decorate(turn: Turn[C]) -> tasks.Loop[Any]:
        @tasks.loop(hours=hours, minutes=minutes)
        @functools.wraps(turn)
        async def take(cog: C) -> None:
            loop: tasks.Loop[Any] = getattr(cog, turn.__name__)
            if loop.next_iteration is not None and loop.next_iteration <= discord.utils.utcnow():
                loop.restart()
                return
            with cog._bot.noting_bugs(place):
                await turn(cog)

        return take

    return decorate
