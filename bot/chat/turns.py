"""Turns: what one member asks for is done in the order it was asked, and nobody waits for another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Turns:
    """A lock per member, which serves who waits first; it is gone when nobody holds or awaits it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        """Members with something in hand."""
        return len(self._locks)

    @asynccontextmanager
    async def of(self, user_id: int) -> AsyncIterator[None]:
        """Wait for all that this member asked for before, then hold up what comes after."""
        lock = self._locks.setdefault(user_id, asyncio.Lock())
        async with lock:
            yield
