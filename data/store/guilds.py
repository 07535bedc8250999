"""What a server has chosen for itself."""

from data.store.database import Queries


class Guilds(Queries):
    async def prefixes(self) -> dict[int, str]:
        """The prefix of every guild that chose one, by guild id."""
        return dict(await self._database.rows("SELECT guild_id, prefix FROM guilds WHERE prefix IS NOT NULL"))

    async def set_prefix(self, guild_id: int, prefix: str | None, at: int) -> None:
        """Set the guild's prefix; None goes back to the default."""
        await self._database.run(
            "INSERT INTO guilds (guild_id, prefix, changed_at) VALUES (?, ?, ?) ON CONFLICT (guild_id)"
            " DO UPDATE SET prefix = excluded.prefix, changed_at = excluded.changed_at",
            (guild_id, prefix, at),
        )
