"""Keeping somebody off a server's boards: their ratings and lists stay as they are."""

from data.store import Store


class BlockService:
    """Members are Discord ids; times are UTC epoch seconds."""

    def __init__(self, store: Store) -> None:
        self._memberships = store.memberships

    async def block(self, guild_id: int, discord_id: int, at: int) -> bool:
        """False where nothing is known of them, so that they stand on no board anyway."""
        return await self._memberships.block(guild_id, discord_id, at)

    async def unblock(self, guild_id: int, discord_id: int) -> bool:
        """Whether they were blocked."""
        return await self._memberships.unblock(guild_id, discord_id)

    async def blocked(self, guild_id: int) -> tuple[int, ...]:
        """Who is blocked, the newest first."""
        return await self._memberships.blocked(guild_id)
