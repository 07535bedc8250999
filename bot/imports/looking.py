"""Looking for the films of a file that nobody here knows, while its message tells how far that is."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.chat.ask import Ask
from bot.chat.reply import Reply
from bot.errors import StaleComponentError
from bot.imports import replies
from bot.imports.service import ImportService, Preview

TOLD_EVERY_S = 3.0

Show = Callable[[Reply], Awaitable[object]]
"""Changes the message about the file."""


class LookUps:
    """Those under way, by member and import. They outlast the ask that began them, so that nothing waits for them."""

    def __init__(self, imports: ImportService) -> None:
        self._imports = imports
        self._tasks: dict[tuple[int, int], asyncio.Task[None]] = {}

    def begin(self, ask: Ask, found: Preview, show: Show, shown: Callable[[], Awaitable[Reply]]) -> None:
        """Look up what is missing; `shown` is what the message says in the end. Nothing where that is under way."""
        key = ask.user_id, found.import_id
        if key in self._tasks:
            return
        task = asyncio.create_task(self._look_up(ask, found, show, shown), name="looking up an import's films")
        self._tasks[key] = task
        task.add_done_callback(lambda _: self._tasks.pop(key, None))

    async def end(self, discord_id: int, import_id: int) -> None:
        """Stop looking for a member's own import, and keep what was found."""
        if (task := self._tasks.get((discord_id, import_id))) is not None:
            task.cancel()
            await asyncio.wait([task])

    async def close(self) -> None:
        await asyncio.gather(*(self.end(*key) for key in tuple(self._tasks)))

    async def _look_up(self, ask: Ask, found: Preview, show: Show, shown: Callable[[], Awaitable[Reply]]) -> None:
        told_at = asyncio.get_running_loop().time()

        async def tell(done: int) -> None:
            nonlocal told_at
            now = asyncio.get_running_loop().time()
            if now - told_at >= TOLD_EVERY_S:
                told_at = now
                await show(replies.looking_up(found, done))

        with ask.bot.noting_bugs("looking up an import's films"), suppress(StaleComponentError):  # decided otherwise
            await self._imports.look_up(ask.user_id, found.import_id, tell)
            await show(await shown())
