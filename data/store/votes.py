"""Stars given since a write: what members have told since a model was trained."""

import sqlite3

import numpy as np
import numpy.typing as npt

from data.store.database import Queries
from data.store.snowflakes import first_snowflake

_VOTERS = [("user_id", np.int64), ("rating_changes", np.int64), ("may_count", np.bool_), ("ratings", np.int64)]
_VOTES = [("user_id", np.int64), ("movie_id", np.int64), ("stars", np.float64)]


class Votes(Queries):
    async def voters_since(self, write_id: int, *, created_before: int, count_to: int) -> npt.NDArray[np.void]:
        """Members whose ratings changed after that write, by user id.

        Fields: user_id; rating_changes, which grows with each change; may_count, whether others may learn from them
        (consent, no quarantine, an account made before that time in epoch seconds); ratings, up to `count_to`.
        """
        rows = await self._database.rows(
            "SELECT user_id, rating_changes, trains = 1 AND quarantined_at IS NULL AND discord_id < ?, (SELECT count(*)"
            " FROM (SELECT 1 FROM ratings WHERE ratings.user_id = profiles.user_id LIMIT ?)) FROM profiles"
            " WHERE user_id IN (SELECT DISTINCT user_id FROM changes NOT INDEXED"
            " WHERE change_id > ? AND what = 'rating' AND undone = 0) ORDER BY user_id",
            (first_snowflake(created_before), count_to, write_id),
        )
        return np.array(rows, dtype=_VOTERS)

    async def votes_since(self, write_id: int) -> npt.NDArray[np.void]:
        """The ratings that were changed after that write, as they stand: user_id, movie_id, stars."""

        def read(connection: sqlite3.Connection) -> npt.NDArray[np.void]:
            rows = connection.execute(
                "SELECT user_id, movie_id, stars"
                " FROM (SELECT DISTINCT user_id, movie_id FROM changes NOT INDEXED"
                " WHERE change_id > ? AND what = 'rating' AND undone = 0)"
                " JOIN ratings USING (user_id, movie_id)",
                (write_id,),
            )
            return np.fromiter(rows, _VOTES)

        return await self._database.read_apart(read)
