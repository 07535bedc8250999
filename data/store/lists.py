"""What a list has shown so far, so that "More" does not repeat it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from data.store.database import Database
from data.store.errors import UnknownListError


@dataclass(frozen=True, slots=True)
class ShownList:
    """`query` is what was asked, as the asker encoded it; `movie_ids` are in the order they were shown."""

    list_id: int
    user_id: int
    query: str
    movie_ids: tuple[int, ...]

    @property
    def kind(self) -> str | None:
        """What the asker called this kind of list; None where it is of no particular one."""
        kind: str | None = json.loads(self.query).get("kind")
        return kind


class ShownLists:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, user_id: int, movie_ids: Sequence[int], query: str, at: int) -> int:
        """Store a new list; its id."""
        async with self._database.write() as tx:
            ((list_id,),) = await tx.rows(
                "INSERT INTO shown_lists (user_id, query, movie_ids, created_at) VALUES (?, ?, ?, ?) RETURNING list_id",
                (user_id, query, json.dumps(movie_ids), at),
            )
        return int(list_id)

    async def append(self, list_id: int, movie_ids: Sequence[int]) -> None:
        """Note what was shown next; a film listed before keeps its place. Raises `UnknownListError`."""
        async with self._database.write() as tx:
            row = await tx.row("SELECT movie_ids FROM shown_lists WHERE list_id = ?", (list_id,))
            if row is None:
                raise UnknownListError(list_id)
            shown = list(dict.fromkeys([*json.loads(row[0]), *movie_ids]))
            await tx.rows("UPDATE shown_lists SET movie_ids = ? WHERE list_id = ?", (json.dumps(shown), list_id))

    async def retract(self, list_id: int, movie_id: int) -> None:
        """Forget that one film was shown. Raises `UnknownListError`."""
        async with self._database.write() as tx:
            row = await tx.row("SELECT movie_ids FROM shown_lists WHERE list_id = ?", (list_id,))
            if row is None:
                raise UnknownListError(list_id)
            shown = [one for one in json.loads(row[0]) if one != movie_id]
            await tx.rows("UPDATE shown_lists SET movie_ids = ? WHERE list_id = ?", (json.dumps(shown), list_id))

    async def shown_by_kind(self, user_id: int, kind: str) -> frozenset[int]:
        """All that a member's lists of one kind have shown; `kind` is that of a query in JSON."""
        rows = await self._database.rows(
            "SELECT movie_ids FROM shown_lists WHERE user_id = ?"
            " AND iif(json_valid(query), json_extract(query, '$.kind'), NULL) = ?",
            (user_id, kind),
        )
        return frozenset(movie_id for (movie_ids,) in rows for movie_id in json.loads(movie_ids))

    async def rewrite(self, list_id: int, query: str) -> None:
        """Ask for something else, as long as nothing was shown."""
        async with self._database.write() as tx:
            await tx.rows("UPDATE shown_lists SET query = ? WHERE list_id = ? AND movie_ids = '[]'", (query, list_id))

    async def newest(self, user_id: int, limit: int) -> tuple[ShownList, ...]:
        """A member's last lists of no particular kind that have shown something, the newest first."""
        rows = await self._database.rows(
            "SELECT list_id, user_id, query, movie_ids FROM shown_lists"
            " WHERE user_id = ? AND movie_ids <> '[]'"
            " AND iif(json_valid(query), json_extract(query, '$.kind'), NULL) IS NULL"
            " ORDER BY list_id DESC LIMIT ?",
            (user_id, limit),
        )
        return tuple(ShownList(list_id, owner, query, tuple(json.loads(ids))) for list_id, owner, query, ids in rows)

    async def get(self, list_id: int) -> ShownList | None:
        row = await self._database.row(
            "SELECT user_id, query, movie_ids FROM shown_lists WHERE list_id = ?", (list_id,)
        )
        if row is None:
            return None
        user_id, query, movie_ids = row
        return ShownList(list_id, user_id, query, tuple(json.loads(movie_ids)))

    async def prune(self, before: int) -> int:
        """Forget the lists made before then; how many there were."""
        async with self._database.write() as tx:
            return len(await tx.rows("DELETE FROM shown_lists WHERE created_at < ? RETURNING list_id", (before,)))
