"""Who of a server's members is still in it: without a privileged intent Discord tells only those who ask."""

import asyncio
import logging
from collections.abc import Iterable, Sequence

import discord

from data.store import Store

log = logging.getLogger(__name__)

KNOWN_FOR_S = 3_600
MOST_KNOWN = 50_000


class Presence:
    def __init__(self, store: Store) -> None:
        self._memberships = store.memberships
        self._seen: dict[tuple[int, int], tuple[str, int]] = {}

    async def names(self, guild: discord.Guild, discord_ids: Iterable[int], at: int) -> dict[int, str]:
        """Display names of those who are still there, in the order given; who has left is noted and left out.

        Whoever cannot be asked about now is left out too. `at` is the moment of the request, in epoch seconds. The
        names are as people chose them, not escaped.
        """
        wanted = list(dict.fromkeys(discord_ids))
        unknown = [one for one in wanted if self._known(guild.id, one, at) is None]
        gone = [one for one, is_there in zip(unknown, await self._ask(guild, unknown, at), strict=True) if not is_there]
        if gone:
            await self._memberships.leave(guild.id, gone, at)
        names = {one: self._known(guild.id, one, at) for one in wanted}
        return {one: name for one, name in names.items() if name is not None}

    async def first(self, guild: discord.Guild, discord_ids: Sequence[int], most: int, at: int) -> dict[int, str]:
        """The same for the first `most` of those who are still there; no more are asked about than it takes."""
        found: dict[int, str] = {}
        rest = list(dict.fromkeys(discord_ids))
        while rest and len(found) < most:
            asked, rest = rest[: most - len(found)], rest[most - len(found) :]
            found |= await self.names(guild, asked, at)
        return found

    def _known(self, guild_id: int, discord_id: int, at: int) -> str | None:
        name, since = self._seen.get((guild_id, discord_id), (None, 0))
        return name if name is not None and at - since < KNOWN_FOR_S else None

    async def _ask(self, guild: discord.Guild, discord_ids: list[int], at: int) -> list[bool]:
        """Whether each is there, or may be."""
        if len(self._seen) > MOST_KNOWN:
            self._seen.clear()

        async def ask(discord_id: int) -> bool:
            self._seen.pop((guild.id, discord_id), None)
            try:
                member = await guild.fetch_member(discord_id)
            except discord.NotFound:
                return False
            except discord.HTTPException as error:
                log.info("a member's name could not be asked for: %s", error)
                return True
            self._seen[guild.id, discord_id] = member.display_name, at
            return True

        return list(await asyncio.gather(*map(ask, discord_ids)))
