"""What the bot does by itself once a day."""

from data.store import Store

SHOWN_LISTS_KEPT_S = 180 * 86_400
"""How long `More` goes on where it stopped."""
OPEN_IMPORTS_KEPT_S = 86_400
"""How long a preview waits for an answer."""
HANDLED_KEPT_S = 86_400
"""How long a message that Discord delivers again is known; it repeats what is some minutes old."""


class OperatingService:
    def __init__(self, store: Store) -> None:
        self.facts = store.facts
        self._store = store

    async def tidy(self, now: int) -> None:
        """Forget what is too old to go on with, to go back to, or to come again; `now` is Discord's epoch seconds."""
        await self._store.lists.prune(now - SHOWN_LISTS_KEPT_S)
        await self._store.imports.prune(now - OPEN_IMPORTS_KEPT_S)
        await self._store.handled.prune(now - HANDLED_KEPT_S)
        await self._store.personal.tidy(now)

    async def last_write_id(self) -> int:
        """Counts the changes of ratings."""
        return await self._store.ratings.last_write_id()
