"""Single facts about the store itself."""

from data.store.database import Queries, Transaction
from data.store.errors import IdSpaceMismatchError

RETRAIN_WANTED = "retrain_wanted"
"""Set by each deletion to another value, and cleared by a training that began after it and was promoted."""
REBUILD_WANTED = "rebuild_wanted"
"""Set where the file may still hold, between its rows, bytes of rows that were deleted."""

REFUSAL_TOLD = "refusal_told"
"""The refused training that operators were told of last: the model in use, the reason and the configuration, JSON."""

COPIES_SINCE = "copies_since"
"""Since when, in epoch seconds, the bot serves with a copy from before an upgrade beside it."""

DATASET_TAKEN_IN = "dataset_taken_in"
"""The content hash of the data set whose films the catalogue holds."""
CATALOGUE_MARK = "catalogue_mark"
"""Another value after each change of the films."""
IMDB_READ_AT = "imdb_read_at"
"""When IMDb's files were read last, in epoch seconds."""

ID_SPACE = "movie_id_space"
"""How the data set numbers films."""
_PUT = "INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class Facts(Queries):
    async def get(self, key: str) -> str | None:
        row = await self._database.row("SELECT value FROM facts WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    async def set(self, key: str, value: str) -> None:
        await self._database.run(_PUT, (key, value))

    async def clear(self, key: str, value: str) -> bool:
        """Forget a fact that still has this value; whether it had."""
        sql = "DELETE FROM facts WHERE key = ? AND value = ? RETURNING key"
        return bool(await self._database.run(sql, (key, value)))

    async def bind_id_space(self, space: str) -> None:
        """Note at first how the data set numbers films; later raise `IdSpaceMismatchError` for another."""
        async with self._database.write() as tx:
            await tx.rows(
                "INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
                (ID_SPACE, space),
            )
            ((stored,),) = await tx.rows("SELECT value FROM facts WHERE key = ?", (ID_SPACE,))
            if stored != space:
                raise IdSpaceMismatchError(stored, space)


async def put_fact(tx: Transaction, key: str, value: str) -> None:
    """Set a fact within a unit of work."""
    await tx.rows(_PUT, (key, value))
