"""What the bot does by itself once a day."""

from collections.abc import Collection

from data.store import TMDB_KEPT_S, Store

SHOWN_LISTS_KEPT_S = 180 * 86_400
"""How long `More` goes on where it stopped."""
GAMES_KEPT_S = 180 * 86_400
OPEN_IMPORTS_KEPT_S = 86_400
"""How long a preview waits for an answer."""
UNPLANNED_EVENINGS_KEPT_S = 30 * 86_400
"""How long a film for a group waits to be chosen, or to be given a time."""
HANDLED_KEPT_S = 86_400
"""How long a message that Discord delivers again is known; it repeats what is some minutes old."""

GUILDS_KEPT_S = 30 * 86_400
"""How long a server that the bot has left can take it back and find everything as it was."""


class OperatingService:
    def __init__(self, store: Store) -> None:
        self.facts = store.facts
        self._store = store

    async def tidy(self, now: int, guild_ids: Collection[int]) -> tuple[int, ...]:
        """Forget what is too old to go on with, to go back to, or to come again; `now` is Discord's epoch seconds.

        `guild_ids` are the servers the bot is in, so it has left all others; those that are forgotten are returned.
        """
        await self._store.lists.prune(now - SHOWN_LISTS_KEPT_S)
        await self._store.imports.prune(now - OPEN_IMPORTS_KEPT_S)
        await self._store.evenings.prune(now - UNPLANNED_EVENINGS_KEPT_S)
        await self._store.games.prune(now - GAMES_KEPT_S)
        await self._store.handled.prune(now - HANDLED_KEPT_S)
        await self._store.tmdb.prune(now - TMDB_KEPT_S)
        await self._store.personal.tidy(now)
        await self._store.guilds.note_present(guild_ids, now)
        return await self._store.guilds.forget_left(now - GUILDS_KEPT_S)

    async def note_joined(self, guild_id: int) -> None:
        await self._store.guilds.join(guild_id)

    async def note_left(self, guild_id: int, now: int) -> None:
        await self._store.guilds.leave(guild_id, now)

    async def last_write_id(self) -> int:
        """Counts the changes of ratings."""
        return await self._store.ratings.last_write_id()
