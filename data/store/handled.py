"""Which messages and interactions were worked on, so that one that Discord delivers twice counts once."""

import asyncio

from data.store.database import Database, Errand
from data.store.errors import StoreError

DISCORD_EPOCH_S = 1_420_070_400
"""Discord's ids count milliseconds from here, above 22 bits of other things."""

_MARK = "INSERT INTO handled (ask_id) VALUES (?) ON CONFLICT DO NOTHING"


class Handled:
    """An ask is what has an id of Discord's: a message or an interaction.

    Its mark is written together with the first thing that the ask writes, in one transaction: whatever was written is
    not written again, and what a crash has prevented may be asked for again. What writes nothing is marked afterwards.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begun: dict[int, Errand] = {}
        self._unmarked: list[int] = []
        self._marking = asyncio.Lock()

    async def begin(self, ask_id: int) -> bool:
        """Whether to work on it; False where that was begun before. For the task that goes on to do the work."""
        if ask_id in self._begun:
            return False
        self._begun[ask_id] = self._database.write_along(_MARK, (ask_id,))
        if await self._is_known(ask_id):
            self._begun.pop(ask_id).drop()
            return False
        return True

    async def finish(self, ask_id: int) -> None:
        """The work is done: mark what has written nothing. Asks that end together share one commit."""
        errand = self._begun[ask_id]
        try:
            if errand.is_pending:
                errand.drop()
                self._unmarked.append(ask_id)
                await self._mark()
        finally:
            del self._begun[ask_id]

    async def _mark(self) -> None:
        async with self._marking:
            asks, self._unmarked = self._unmarked, []
            if asks:
                async with self._database.write() as tx:
                    await tx.run_many(_MARK, [(one,) for one in asks])

    async def _is_known(self, ask_id: int) -> bool:
        try:
            return await self._database.row("SELECT 1 FROM handled WHERE ask_id = ?", (ask_id,)) is not None
        except StoreError:  # what the work itself reads and writes will tell that better
            return False

    async def prune(self, before: int) -> int:
        """Forget what was asked before then (epoch seconds); how much that was."""
        first_kept = max(0, before - DISCORD_EPOCH_S) * 1000 << 22
        return len(await self._database.run("DELETE FROM handled WHERE ask_id < ? RETURNING ask_id", (first_kept,)))
