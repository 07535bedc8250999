"""Members' ratings: one row per user and movie."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from data.store.changes import COLUMNS, LAST_CHANGE_ID, Change, State, Thing, change_of, record, standing_of
from data.store.database import Database, Queries, Transaction
from data.store.errors import ChangedSinceError, DailyCapError, UnknownEntryError
from data.store.guesses import keep_guesses
from data.store.journal import undo
from data.store.shelves import SHELVED, Shelf, no_longer_seen
from data.store.snowflakes import LARGEST_ID, first_snowflake

Order = Literal["newest", "highest", "lowest"]

_ORDERS: dict[Order, str] = {
    "newest": "rated_at DESC, movie_id",
    "highest": "stars DESC, rated_at DESC, movie_id",
    "lowest": "stars, rated_at DESC, movie_id",
}
_FRAME = np.dtype([("user_id", np.int64), ("movie_id", np.int64), ("rating", np.float32), ("timestamp", np.int64)])
DAY_S = 86_400
REPEATED_WITHIN_S = 10
"""The same stars for the same film again so soon are one rating: a double click, or a client that sent it twice."""


@dataclass(frozen=True, slots=True)
class RatingRow:
    movie_id: int
    stars: float
    rated_at: int


class Ratings(Queries):
    """Ratings, each change of which is in the journal. Stars are 0.5 to 5 in half steps."""

    async def rate(
        self,
        user_id: int,
        ratings: Sequence[tuple[int, float]],
        at: int,
        *,
        guesses: Mapping[int, float] | None = None,
        daily_cap: int | None = None,
    ) -> tuple[Change, ...]:
        """Set the stars of these (movie_id, stars), each film once, all or none, as one entry; a change for each.

        Films that had been seen without stars leave that shelf. A single rating that was just given is that very
        change. Once this returns, the ratings outlive a killed process. `guesses` are kept for the films that had no
        rating before. Raises `DailyCapError`.
        """
        async with self._database.write() as tx:
            if len(ratings) == 1 and (same := await _repeated(tx, user_id, *ratings[0], at)) is not None:
                return (same,)
            return await _rate(tx, user_id, ratings, at, guesses or {}, daily_cap)

    async def unrate(self, user_id: int, movie_id: int, at: int) -> Change | None:
        """Remove the rating; None if there is none."""
        async with self._database.write() as tx:
            if await tx.row("SELECT 1 FROM ratings WHERE user_id = ? AND movie_id = ?", (user_id, movie_id)):
                (change,) = await record(tx, user_id, {Thing("rating", movie_id): None}, at)
                return change
        return None

    async def forget(self, user_id: int, at: int) -> tuple[Change, ...]:
        """Remove all ratings, and whom the member starts from, as one entry."""
        async with self._database.write() as tx:
            rated = await tx.rows("SELECT movie_id FROM ratings WHERE user_id = ? ORDER BY movie_id", (user_id,))
            gone = [Thing("rating", movie_id) for (movie_id,) in rated]
            if await tx.row("SELECT 1 FROM profiles WHERE user_id = ? AND adopted_user_id IS NOT NULL", (user_id,)):
                gone = [Thing("adopted_user_id"), *gone]
            return await record(tx, user_id, dict.fromkeys(gone), at)

    async def correct(
        self,
        user_id: int,
        change_id: int,
        movie_id: int,
        at: int,
        *,
        guesses: Mapping[int, float] | None = None,
        daily_cap: int | None = None,
    ) -> Change:
        """Undo a change that set stars and give them to another film, both or neither; what was rated with it stays.

        Raises as `Journal.undo` does, and UnknownEntryError for a change that took stars away. `guesses` and
        `daily_cap` are those of `rate`.
        """
        async with self._database.write() as tx:
            row = await tx.row(
                f"SELECT {COLUMNS} FROM changes WHERE change_id = ? AND user_id = ? AND what = 'rating'",
                (change_id, user_id),
            )
            wrong = None if row is None else change_of(row)
            if wrong is None or wrong.after is None:
                raise UnknownEntryError(user_id, change_id)
            if await _stands_alone(tx, user_id, wrong.entry_id):
                await undo(tx, user_id, change_id)
            elif (await standing_of(tx, user_id, [wrong.thing])).get(wrong.thing) == wrong.after:
                await record(tx, user_id, {wrong.thing: wrong.before}, at)
            else:
                raise ChangedSinceError(wrong.entry_id)
            return (await _rate(tx, user_id, [(movie_id, wrong.after.stars)], at, guesses or {}, daily_cap))[0]

    async def ratings_of(self, user_id: int) -> dict[int, float]:
        """All the user's stars by movie id, in the order of the ids."""
        return dict(
            await self._database.rows(
                "SELECT movie_id, stars FROM ratings WHERE user_id = ? ORDER BY movie_id", (user_id,)
            )
        )

    async def with_shelves(self, user_id: int) -> tuple[dict[int, float], dict[int, Shelf]]:
        """The user's stars by movie id, and the shelves of films that are put aside, both the newest first."""
        rows = await self._database.rows(
            "SELECT NULL, movie_id, stars, rated_at AS since FROM ratings WHERE user_id = ?"
            f" UNION ALL SELECT shelf, movie_id, NULL, added_at FROM {SHELVED} WHERE user_id = ?"
            " ORDER BY since DESC, movie_id",
            (user_id, user_id),
        )
        rated = {movie_id: stars for shelf, movie_id, stars, _ in rows if shelf is None}
        return rated, {movie_id: shelf for shelf, movie_id, _, _ in rows if shelf is not None}

    async def rows_of(self, user_id: int, *, order: Order, limit: int, offset: int) -> tuple[RatingRow, ...]:
        """One page of the user's ratings; ties by the newest, then by movie id."""
        rows = await self._database.rows(
            "SELECT movie_id, stars, rated_at FROM ratings WHERE user_id = ?"
            f" ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",
            (user_id, limit, offset),
        )
        return tuple(RatingRow(*row) for row in rows)

    async def count_of(self, user_id: int) -> int:
        return await self._database.count("SELECT count(*) FROM ratings WHERE user_id = ?", (user_id,))

    async def rated_since(self, user_id: int, at: int) -> int:
        """How many of the user's ratings were given at or after `at`."""
        return await self._database.count(
            "SELECT count(*) FROM ratings WHERE user_id = ? AND rated_at >= ?", (user_id, at)
        )

    async def count(self) -> int:
        return await self._database.count("SELECT count(*) FROM ratings")

    async def last_write_id(self) -> int:
        """The newest change's id, 0 before the first; it never falls, whatever is deleted."""
        return await self._database.count(LAST_CHANGE_ID)

    async def writes_since(self, write_id: int) -> int:
        """How many ratings were changed after that change by members whose ratings are trained on.

        A rating that was changed twice counts once, so that nobody brings on a training with one film.
        """
        # NOT INDEXED leaves the search by change id; the planner would sooner walk the whole index of films.
        return await self._database.count(
            "SELECT count(*) FROM ("
            "SELECT DISTINCT user_id, movie_id FROM changes NOT INDEXED JOIN profiles USING (user_id)"
            " WHERE change_id > ? AND what = 'rating' AND trains = 1 AND quarantined_at IS NULL)",
            (write_id,),
        )

    async def training_frame(self, *, created_before: int | None = None) -> pd.DataFrame:
        """The ratings to train on, sorted: user_id, movie_id, timestamp (int64), rating (float32).

        Left out are members who do not want it, those in quarantine and, with `created_before` (epoch seconds), Discord
        accounts made at that time or later.
        """
        newest_id = LARGEST_ID if created_before is None else first_snowflake(created_before)

        def read(connection: sqlite3.Connection) -> pd.DataFrame:
            rows = connection.execute(
                "SELECT user_id, movie_id, stars, rated_at FROM ratings JOIN profiles USING (user_id)"
                " WHERE trains = 1 AND quarantined_at IS NULL AND discord_id < ? ORDER BY user_id, movie_id",
                (newest_id,),
            )
            table = np.fromiter(rows, dtype=_FRAME)
            return pd.DataFrame({name: table[name] for name in _FRAME.names or ()})

        return await self._database.read_apart(read)


async def rated_by_hand_since(tx: Database | Transaction, user_id: int, at: int) -> int:
    """How often the user set stars at or after `at`; neither removing them counts nor an import."""
    ((count,),) = await tx.rows(
        "SELECT count(*) FROM changes WHERE user_id = ? AND at >= ?"
        " AND what = 'rating' AND after IS NOT NULL AND import_id IS NULL",
        (user_id, at),
    )
    return int(count)


async def _rate(
    tx: Transaction,
    user_id: int,
    ratings: Sequence[tuple[int, float]],
    at: int,
    guesses: Mapping[int, float],
    daily_cap: int | None,
) -> tuple[Change, ...]:
    if daily_cap is not None and await rated_by_hand_since(tx, user_id, at - DAY_S) + len(ratings) > daily_cap:
        raise DailyCapError(daily_cap)
    states: dict[Thing, State | None] = {Thing("rating", movie_id): State(stars, at) for movie_id, stars in ratings}
    states |= await no_longer_seen(tx, user_id, [movie_id for movie_id, _ in ratings])
    changes = (await record(tx, user_id, states, at))[: len(ratings)]
    await keep_guesses(tx, user_id, changes, guesses)
    return changes


async def _repeated(tx: Transaction, user_id: int, movie_id: int, stars: float, at: int) -> Change | None:
    """The change that has just given these stars to that film, as the first click of two did; None where none has."""
    row = await tx.row(
        f"SELECT {COLUMNS}, undone FROM changes WHERE user_id = ? AND movie_id = ? AND what = 'rating'"
        " ORDER BY change_id DESC LIMIT 1",
        (user_id, movie_id),
    )
    if row is None:
        return None
    *columns, undone = row
    change = change_of(columns)
    is_same = change.after is not None and change.after.value == stars and not undone
    is_repeated = is_same and 0 <= at - change.at <= REPEATED_WITHIN_S
    return change if is_repeated and await _stands_alone(tx, user_id, change.entry_id) else None


async def _stands_alone(tx: Transaction, user_id: int, entry_id: int) -> bool:
    """Whether an entry rates one film only."""
    ((count,),) = await tx.rows(
        "SELECT count(*) FROM changes WHERE user_id = ? AND entry_id = ? AND what = 'rating'", (user_id, entry_id)
    )
    return int(count) == 1
