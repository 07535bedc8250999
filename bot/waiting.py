"""Waiting for what only time, or the world outside, can bring."""

from collections.abc import Awaitable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Wait(Protocol):
    """Awaits something that only the world outside can finish; a simulation stands in here."""

    def __call__(self, awaitable: Awaitable[T], /) -> Awaitable[T]: ...


async def wait_directly(awaitable: Awaitable[T], /) -> T:
    return await awaitable
