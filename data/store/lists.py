"""What a list has shown so far, so that "More" does not repeat it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.store.database import Queries
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


class ShownLists(Queries):
    async def create(self, user_id: int, movie_ids: Sequence[int], query: str, at: int) -> int:
        """Store a new list; its id."""
        ((list_id,),) = await self._database.run(
            "INSERT INTO shown_lists (user_id, query, movie_ids, created_at) VALUES (?, ?, ?, ?) RETURNING list_id",
            (user_id, query, json.dumps(movie_ids), at),
        )
        return int(list_id)

    async def append(self, list_id: int, movie_ids: Sequence[int]) -> None:
        """Note what was shown next; a film listed before keeps its place. Raises `UnknownListError`."""
        await self._change(list_id, lambda shown: list(dict.fromkeys([*shown, *movie_ids])))

    async def retract(self, list_id: int, movie_id: int) -> None:
        """Forget that one film was shown. Raises `UnknownListError`."""
        await self._change(list_id, lambda shown: [one for one in shown if one != movie_id])

    async def _change(self, list_id: int, change: Callable[[list[int]], list[int]]) -> None:
        async with self._database.write() as tx:
            row = await tx.row("SELECT movie_ids FROM shown_lists WHERE list_id = ?", (list_id,))
            if row is None:
                raise UnknownListError(list_id)
            shown = change(json.loads(row[0]))
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
        sql = "UPDATE shown_lists SET query = ? WHERE list_id = ? AND movie_ids = '[]'"
        await self._database.run(sql, (query, list_id))

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
        sql = "DELETE FROM shown_lists WHERE created_at < ? RETURNING list_id"
        return len(await self._database.run(sql, (before,)))
