"""Members' ratings: one row per user and movie."""

import contextlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from data.store.changes import changed_after
from data.store.database import Queries, Transaction
from data.store.errors import (
    AlreadyUndoneError,
    DailyCapError,
    LastWasImportError,
    LastWasOtherError,
    UnknownWriteError,
    WriteSupersededError,
)
from data.store.guesses import keep_guesses
from data.store.shelves import Shelf
from data.store.snowflakes import LARGEST_ID, first_snowflake
from data.store.writes import (
    LAST_WRITE_ID,
    WRITE_COLUMNS,
    Standing,
    Write,
    newest_to_take_back,
    record,
    repeated,
    take_back,
    written_since,
)

Order = Literal["newest", "highest", "lowest"]

_ORDERS: dict[Order, str] = {
    "newest": "rated_at DESC, movie_id",
    "highest": "stars DESC, rated_at DESC, movie_id",
    "lowest": "stars, rated_at DESC, movie_id",
}
_FRAME = np.dtype([("user_id", np.int64), ("movie_id", np.int64), ("rating", np.float32), ("timestamp", np.int64)])
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class RatingRow:
    movie_id: int
    stars: float
    rated_at: int


class Ratings(Queries):
    """Ratings and the history of their changes. Stars are 0.5 to 5 in half steps."""

    async def rate(
        self,
        user_id: int,
        ratings: Sequence[tuple[int, float]],
        at: int,
        *,
        guesses: Mapping[int, float] | None = None,
        daily_cap: int | None = None,
    ) -> tuple[Write, ...]:
        """Set the stars of these (movie_id, stars), all or none, in order; one write for each.

        A single rating that was just given is that very write. Once this returns, the ratings outlive a killed process.
        `guesses` are kept for the films that had no rating before. Raises `DailyCapError`.
        """
        async with self._database.write() as tx:
            await _check_cap(tx, user_id, len(ratings), at, daily_cap)
            if len(ratings) == 1 and (same := await repeated(tx, user_id, *ratings[0], at)) is not None:
                return (same,)
            changes = [(movie_id, Standing(stars, at)) for movie_id, stars in ratings]
            writes = await record(tx, user_id, changes, at)
            await keep_guesses(tx, writes, guesses or {})
            return writes

    async def unrate(self, user_id: int, movie_id: int, at: int) -> Write | None:
        """Remove the rating; None if there is none."""
        async with self._database.write() as tx:
            if await tx.row("SELECT 1 FROM ratings WHERE user_id = ? AND movie_id = ?", (user_id, movie_id)):
                (write,) = await record(tx, user_id, [(movie_id, None)], at)
                return write
        return None

    async def undo(self, user_id: int, write_id: int, at: int) -> Write:
        """Take back one write: the film has again the stars, given at the time, that it had before.

        The returned write is the undo; undoing that one restores the first. Raises `UnknownWriteError`,
        `AlreadyUndoneError`, and `WriteSupersededError` if the film was changed since.
        """
        async with self._database.write() as tx:
            return await take_back(tx, user_id, write_id, at)

    async def undo_all(self, user_id: int, first_id: int, last_id: int, at: int) -> tuple[Write, ...]:
        """Take back the user's writes from `first_id` to `last_id` that still can be, the newest first.

        Those that were taken back, or whose film was changed since, are left. The undos have neighbouring ids too.
        """
        async with self._database.write() as tx:
            rows = await tx.rows(
                "SELECT write_id FROM writes WHERE user_id = ? AND write_id BETWEEN ? AND ? ORDER BY write_id DESC",
                (user_id, first_id, last_id),
            )
            undone: list[Write] = []
            for (write_id,) in rows:
                with contextlib.suppress(AlreadyUndoneError, WriteSupersededError):
                    undone.append(await take_back(tx, user_id, write_id, at))
            return tuple(undone)

    async def correct(
        self,
        user_id: int,
        write_id: int,
        movie_id: int,
        at: int,
        *,
        guesses: Mapping[int, float] | None = None,
        daily_cap: int | None = None,
    ) -> Write:
        """Take back a write that set stars and give them to another film, both or neither; raises as `undo` does.

        `guesses` and `daily_cap` are those of `rate`.
        """
        async with self._database.write() as tx:
            await _check_cap(tx, user_id, 2, at, daily_cap)
            undone = await take_back(tx, user_id, write_id, at)
            if undone.before is None:  # it had taken a rating away
                raise UnknownWriteError(user_id, write_id)
            writes = await record(tx, user_id, [(movie_id, Standing(undone.before, at))], at)
            await keep_guesses(tx, writes, guesses or {})
            return writes[0]

    async def undo_last(self, user_id: int, at: int) -> Write | None:
        """Take back the user's newest write that neither is an undo nor was undone; None if none is left.

        Raises `LastWasOtherError` where something else was changed since, and `LastWasImportError` for an import, which
        is taken back as a whole.
        """
        async with self._database.write() as tx:
            newest = await newest_to_take_back(tx, user_id)
            write_id, import_id = newest or (0, None)
            change = await changed_after(tx, user_id, write_id)
            if change is not None and change.kind != "imported":
                raise LastWasOtherError(change)
            if change is not None or import_id is not None:
                raise LastWasImportError(change.subject if change is not None else import_id or 0)
            return None if newest is None else await take_back(tx, user_id, write_id, at)

    async def find_write(self, write_id: int) -> Write | None:
        row = await self._database.row(f"SELECT {WRITE_COLUMNS} FROM writes WHERE write_id = ?", (write_id,))
        return None if row is None else Write(*row)

    async def ratings_of(self, user_id: int) -> dict[int, float]:
        """All the user's stars by movie id, in the order of the ids."""
        return dict(
            await self._database.rows(
                "SELECT movie_id, stars FROM ratings WHERE user_id = ? ORDER BY movie_id", (user_id,)
            )
        )

    async def with_shelves(self, user_id: int) -> tuple[dict[int, float], dict[int, Shelf]]:
        """The user's stars by movie id, and the shelves of films that are put aside, the newest first."""
        rows = await self._database.rows(
            "SELECT NULL, movie_id, stars, NULL AS since FROM ratings WHERE user_id = ?"
            " UNION ALL SELECT shelf, movie_id, NULL, added_at FROM shelves WHERE user_id = ?"
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
        """The newest write's id, 0 before the first; it never falls, whatever is deleted."""
        return await self._database.count(LAST_WRITE_ID)

    async def writes_since(self, write_id: int) -> int:
        """How many ratings were changed after that write by members whose ratings are trained on.

        A rating that was changed twice counts once, so that nobody brings on a training with one film.
        """
        # NOT INDEXED leaves the search by write id; the planner would sooner walk the whole index of films.
        return await self._database.count(
            "SELECT count(*) FROM ("
            "SELECT DISTINCT user_id, movie_id FROM writes NOT INDEXED JOIN profiles USING (user_id)"
            " WHERE write_id > ? AND trains = 1 AND quarantined_at IS NULL)",
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


async def _check_cap(tx: Transaction, user_id: int, writes: int, at: int, daily_cap: int | None) -> None:
    """Raise DailyCapError where so many more writes are too many for one day."""
    if daily_cap is not None and await written_since(tx, user_id, at - DAY_S) + writes > daily_cap:
        raise DailyCapError(daily_cap)
