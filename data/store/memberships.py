"""Who belongs to a server: members who have spoken to the bot there."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data.store.database import Queries

_RATINGS = np.dtype([("user_id", np.int64), ("movie_id", np.int64), ("stars", np.float32), ("rated_at", np.int64)])
_MEMBER = "user_id, discord_id, compares, rating_changes, adopted_user_id"
_MEMBER_TEXT = (
    "user_id || ' ' || discord_id || ' ' || compares || ' ' || rating_changes || ' ' || coalesce(adopted_user_id, 0)"
)
SHOWN = "left_at IS NULL AND blocked_at IS NULL AND visibility <> 'private' AND quarantined_at IS NULL"
"""Who may be shown to the others of a server, where `memberships` meet `profiles`."""
_VISIBLE = f" FROM memberships JOIN profiles USING (user_id) WHERE guild_id = ? AND {SHOWN}"
NOTED_EVERY_S = 86_400
_BY_USER_UP_TO = 100
"""For so many members their ratings are asked for one by one; for more, all of the server's are gone through."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may be shown to the others of a server.

    `compares` is who lets tastes be compared; `rating_changes` grows with every change of their ratings;
    `adopted_user_id` is the user of a data set whose ratings they start from.
    """

    user_id: int
    discord_id: int
    compares: bool
    rating_changes: int
    adopted_user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """The members of a server, by user id, and the text that was read of them."""

    text: str
    members: tuple[Member, ...]


class Memberships(Queries):
    async def note(self, guild_id: int, discord_id: int, at: int) -> bool:
        """The account has spoken to the bot in that server; False, and nothing noted, where it has no profile.

        Within a day of the last time nothing is written.
        """
        known = await self._database.row(
            "SELECT seen_at, left_at FROM profiles LEFT JOIN memberships"
            " ON memberships.user_id = profiles.user_id AND guild_id = ? WHERE discord_id = ?",
            (guild_id, discord_id),
        )
        if known is None:
            return False
        seen_at, left_at = known
        if seen_at is not None and left_at is None and at - seen_at < NOTED_EVERY_S:
            return True
        await self._database.run(
            "INSERT INTO memberships (guild_id, user_id, seen_at) SELECT ?, user_id, ? FROM profiles"
            " WHERE discord_id = ? ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at, left_at = NULL",
            (guild_id, at, discord_id),
        )
        return True

    async def leave(self, guild_id: int, discord_ids: Sequence[int], at: int) -> None:
        """They are not in the server any more, until they speak to the bot there again."""
        async with self._database.write() as tx:
            await tx.run_many(
                "UPDATE memberships SET left_at = ? WHERE guild_id = ? AND left_at IS NULL"
                " AND user_id = (SELECT user_id FROM profiles WHERE discord_id = ?)",
                [(at, guild_id, discord_id) for discord_id in discord_ids],
            )

    async def block(self, guild_id: int, discord_id: int, at: int) -> bool:
        """Take somebody off the server's boards; False where they have no profile. Their data stays as it is."""
        rows = await self._database.run(
            "INSERT INTO memberships (guild_id, user_id, seen_at, blocked_at) SELECT ?, user_id, ?, ? FROM profiles"
            " WHERE discord_id = ? ON CONFLICT DO UPDATE SET blocked_at = coalesce(blocked_at, excluded.blocked_at)"
            " RETURNING user_id",
            (guild_id, at, at, discord_id),
        )
        return bool(rows)

    async def unblock(self, guild_id: int, discord_id: int) -> bool:
        """Whether they were blocked."""
        rows = await self._database.run(
            "UPDATE memberships SET blocked_at = NULL WHERE guild_id = ? AND blocked_at IS NOT NULL"
            " AND user_id = (SELECT user_id FROM profiles WHERE discord_id = ?) RETURNING user_id",
            (guild_id, discord_id),
        )
        return bool(rows)

    async def blocked(self, guild_id: int) -> tuple[int, ...]:
        """The Discord ids of those who are blocked, the newest first."""
        rows = await self._database.rows(
            "SELECT discord_id FROM memberships JOIN profiles USING (user_id)"
            " WHERE guild_id = ? AND blocked_at IS NOT NULL ORDER BY blocked_at DESC, user_id",
            (guild_id,),
        )
        return tuple(discord_id for (discord_id,) in rows)

    async def visible(self, guild_id: int) -> tuple[Member, ...]:
        """All who may be shown to others there, by user id."""

        def read(connection: sqlite3.Connection) -> tuple[Member, ...]:
            rows = connection.execute(f"SELECT {_MEMBER}{_VISIBLE} ORDER BY user_id", (guild_id,))
            return tuple(_member(row) for row in rows)

        return await self._database.read_apart(read)

    async def roster(self, guild_id: int, before: Roster | None) -> Roster:
        """Those whom `visible` reads; the very one from `before` where nothing about them has changed.

        SQLite makes one text of them, which takes a fraction of the time that so many values do.
        """

        def read(connection: sqlite3.Connection) -> Roster:
            ((text,),) = connection.execute(
                f"SELECT coalesce(group_concat(one, ';'), '') FROM"
                f" (SELECT {_MEMBER_TEXT} AS one{_VISIBLE} ORDER BY user_id)",
                (guild_id,),
            )
            if before is not None and before.text == text:
                return before
            known = {} if before is None else dict(zip(before.text.split(";"), before.members, strict=False))
            parts = text.split(";") if text else []
            return Roster(
                text, tuple(known.get(one) or _member([int(value) for value in one.split()]) for one in parts)
            )

        return await self._database.read_apart(read)

    async def find(self, guild_id: int, discord_id: int) -> Member | None:
        """The one with that account, if they may be shown to others there."""
        row = await self._database.row(f"SELECT {_MEMBER}{_VISIBLE} AND discord_id = ?", (guild_id, discord_id))
        return None if row is None else _member(row)

    async def ratings(self, guild_id: int, user_ids: Sequence[int]) -> npt.NDArray[np.void]:
        """The ratings of these of its members, sorted by user and movie.

        The fields are user_id, movie_id, stars and rated_at (epoch seconds).
        """

        def read(connection: sqlite3.Connection) -> npt.NDArray[np.void]:
            columns = "SELECT user_id, movie_id, stars, rated_at FROM ratings"
            if len(user_ids) <= _BY_USER_UP_TO:
                one = f"{columns} WHERE user_id = ? ORDER BY movie_id"
                parts = [np.fromiter(connection.execute(one, (user_id,)), _RATINGS) for user_id in sorted(user_ids)]
                return np.concatenate([np.empty(0, _RATINGS), *parts])
            rows = connection.execute(
                f"{columns} WHERE user_id IN (SELECT user_id FROM memberships WHERE guild_id = ?)"
                " ORDER BY user_id, movie_id",
                (guild_id,),
            )
            table = np.fromiter(rows, _RATINGS)
            return table[np.isin(table["user_id"], np.asarray(user_ids))]

        return await self._database.read_apart(read)


def _member(row: Sequence[Any]) -> Member:
    user_id, discord_id, compares, rating_changes, adopted_user_id = row
    return Member(user_id, discord_id, bool(compares), rating_changes, adopted_user_id or None)
