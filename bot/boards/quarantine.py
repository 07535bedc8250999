"""Quarantine: somebody's ratings count for nobody but themselves, until they are released."""

from bot.boards.errors import NobodyKnownError
from data.store import Store


class QuarantineService:
    """Members are Discord ids; times are UTC epoch seconds."""

    def __init__(self, store: Store) -> None:
        self._profiles = store.profiles

    async def add(self, discord_id: int, at: int) -> None:
        """Take somebody off all boards and out of the next training; raises NobodyKnownError."""
        if not await self._profiles.quarantine(discord_id, at):
            raise NobodyKnownError(discord_id)

    async def release(self, discord_id: int) -> bool:
        """Whether they were in quarantine."""
        return await self._profiles.release(discord_id)

    async def all(self) -> tuple[tuple[int, int], ...]:
        """Who is in quarantine and since when, the newest first."""
        return await self._profiles.quarantined()
