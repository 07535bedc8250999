"""Rounds of the guess game: what was asked about whom, what members guessed, and their points."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from data.store.database import Queries, Row, Transaction
from data.store.memberships import SHOWN

GuessOutcome = Literal["new", "changed", "over", "own"]
"""`over`: there is no such round there, or none that runs; `own`: it is about the member."""

_COLUMNS = "round_id, guild_id, channel_id, message_id, movie_id, started_at, ends_at, ended_at"
_WEEK = "guild_id = ? AND started_at >= ? AND started_at < ?"

_SUBJECT = (
    "SELECT discord_id, game_subjects.stars FROM game_subjects JOIN game_rounds USING (round_id)"
    " JOIN memberships USING (guild_id, user_id) JOIN profiles USING (user_id)"
    f" WHERE round_id = ? AND compares AND {SHOWN}"
)


@dataclass(frozen=True, slots=True)
class Round:
    """`message_id` is None where its message did not arrive; `ended_at` as long as it runs."""

    round_id: int
    guild_id: int
    channel_id: int
    message_id: int | None
    movie_id: int
    started_at: int
    ends_at: int
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a round is about, by Discord id, and the stars they were predicted to give when it began."""

    discord_id: int
    stars: float


@dataclass(frozen=True, slots=True)
class GuessMade:
    """By a member who may be shown; `points` are None where the round counts for nobody."""

    discord_id: int
    stars: float
    points: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's points of some time, the rounds they guessed in, and how many of those exactly."""

    discord_id: int
    points: int
    rounds: int
    exact: int


class Games(Queries):
    async def begin(
        self, guild_id: int, channel_id: int, user_id: int, movie_id: int, stars: float, at: int, ends_at: int
    ) -> Round | None:
        """A new round about that member; None, and nothing written, where the channel has one that runs."""
        async with self._database.write() as tx:
            row = await tx.row(
                "INSERT INTO game_rounds (guild_id, channel_id, movie_id, started_at, ends_at) VALUES (?, ?, ?, ?, ?)"
                f" ON CONFLICT DO NOTHING RETURNING {_COLUMNS}",
                (guild_id, channel_id, movie_id, at, ends_at),
            )
            if row is None:
                return None
            await tx.rows(
                "INSERT INTO game_subjects (round_id, user_id, movie_id, stars, asked_at) VALUES (?, ?, ?, ?, ?)",
                (row[0], user_id, movie_id, stars, at),
            )
        return Round(*row)

    async def sent(self, round_id: int, message_id: int) -> None:
        """The round stands in that message."""
        await self._database.run("UPDATE game_rounds SET message_id = ? WHERE round_id = ?", (message_id, round_id))

    async def drop(self, round_id: int) -> None:
        """Nobody has seen the round: it never was."""
        await self._database.run("DELETE FROM game_rounds WHERE round_id = ?", (round_id,))

    async def get(self, round_id: int) -> Round | None:
        row = await self._database.row(f"SELECT {_COLUMNS} FROM game_rounds WHERE round_id = ?", (round_id,))
        return None if row is None else Round(*row)

    async def running(self, channel_id: int) -> Round | None:
        """The round of that channel that has not ended yet."""
        row = await self._database.row(
            f"SELECT {_COLUMNS} FROM game_rounds WHERE channel_id = ? AND ended_at IS NULL", (channel_id,)
        )
        return None if row is None else Round(*row)

    async def to_tell(self) -> tuple[Round, ...]:
        """All rounds that run, or whose end has not been told."""
        rows = await self._database.rows(f"SELECT {_COLUMNS} FROM game_rounds WHERE told_at IS NULL ORDER BY ends_at")
        return tuple(Round(*row) for row in rows)

    async def told(self, round_id: int, at: int) -> None:
        await self._database.run("UPDATE game_rounds SET told_at = ? WHERE round_id = ?", (at, round_id))

    async def guess(self, round_id: int, guild_id: int, user_id: int, stars: float, at: int) -> GuessOutcome:
        """A member's guess, in place of the one they had."""
        async with self._database.write() as tx:
            round_ = await tx.row(
                "SELECT movie_id FROM game_rounds"
                " WHERE round_id = ? AND guild_id = ? AND ended_at IS NULL AND ends_at > ?",
                (round_id, guild_id, at),
            )
            if round_ is None:
                return "over"
            of_whom = (round_id, user_id)
            if await tx.row("SELECT 1 FROM game_subjects WHERE round_id = ? AND user_id = ?", of_whom):
                return "own"
            before = await tx.row("SELECT stars FROM game_guesses WHERE round_id = ? AND user_id = ?", of_whom)
            await tx.rows(
                "INSERT INTO game_guesses (round_id, user_id, movie_id, stars, guessed_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET stars = excluded.stars, guessed_at = excluded.guessed_at",
                (*of_whom, *round_, stars, at),
            )
        return "new" if before is None else "changed"

    async def subject(self, round_id: int) -> Subject | None:
        """Whom it is about, if they may be shown there and compared."""
        row = await self._database.row(_SUBJECT, (round_id,))
        return _subject(row)

    async def end(self, round_id: int, at: int, *, is_here: bool, score: Callable[[float, float], int]) -> bool:
        """End a round that runs; False where it had ended.

        `score` tells the points from a guess and the prediction. Where the member it is about may not be shown any
        more, or is not there (`is_here`), nobody gets points, and who it was and their prediction are forgotten.
        """
        async with self._database.write() as tx:
            ended = await tx.row(
                "UPDATE game_rounds SET ended_at = ? WHERE round_id = ? AND ended_at IS NULL RETURNING round_id",
                (at, round_id),
            )
            if ended is None:
                return False
            subject = _subject(await tx.row(_SUBJECT, (round_id,)))
            if subject is None or not is_here:
                await tx.rows("DELETE FROM game_subjects WHERE round_id = ?", (round_id,))
            else:
                await _score(tx, round_id, lambda guess: score(guess, subject.stars))
        return True

    async def guesses(self, round_id: int) -> tuple[GuessMade, ...]:
        """Of those who may be shown there, who guessed first coming first."""
        rows = await self._database.rows(
            "SELECT discord_id, stars, points FROM game_guesses JOIN game_rounds USING (round_id)"
            f" JOIN memberships USING (guild_id, user_id) JOIN profiles USING (user_id) WHERE round_id = ? AND {SHOWN}"
            " ORDER BY guessed_at, user_id",
            (round_id,),
        )
        return tuple(GuessMade(*row) for row in rows)

    async def asked_about(self, user_id: int, since: int) -> frozenset[int]:
        """The films of the rounds about a member from then on, in whatever server."""
        rows = await self._database.rows(
            "SELECT movie_id FROM game_subjects WHERE user_id = ? AND asked_at >= ?", (user_id, since)
        )
        return frozenset(movie_id for (movie_id,) in rows)

    async def standings(self, guild_id: int, first: int, last: int, exact: int) -> tuple[Standing, ...]:
        """Those who may be shown and have guessed in rounds that began in [first, last), most points first.

        `exact` are the points of an exact guess. The joins are CROSS ones so that SQLite keeps their order: it would go
        through all members to group by them.
        """
        rows = await self._database.rows(
            "SELECT discord_id, sum(points), count(points), sum(points = ?) FROM game_rounds"
            " CROSS JOIN game_guesses USING (round_id) CROSS JOIN memberships USING (guild_id, user_id)"
            f" CROSS JOIN profiles USING (user_id) WHERE {_WEEK} AND points IS NOT NULL AND {SHOWN}"
            " GROUP BY user_id ORDER BY 2 DESC, 4 DESC, 3, user_id",
            (exact, guild_id, first, last),
        )
        return tuple(Standing(*row) for row in rows)

    async def rated_since(self, guild_id: int, first: int, last: int) -> tuple[tuple[float, float], ...]:
        """Predicted stars, and those given since, of the rounds of [first, last): of members who may be shown."""
        rows = await self._database.rows(
            "SELECT game_subjects.stars, ratings.stars FROM game_rounds CROSS JOIN game_subjects USING (round_id)"
            " CROSS JOIN memberships USING (guild_id, user_id) CROSS JOIN profiles USING (user_id)"
            " JOIN ratings ON ratings.user_id = game_subjects.user_id AND ratings.movie_id = game_subjects.movie_id"
            f" WHERE {_WEEK} AND ended_at IS NOT NULL AND compares AND {SHOWN} ORDER BY round_id",
            (guild_id, first, last),
        )
        return tuple((predicted, given) for predicted, given in rows)

    async def prune(self, before: int) -> None:
        """Forget the rounds that began before then, with all that was guessed in them."""
        await self._database.run("DELETE FROM game_rounds WHERE started_at < ?", (before,))


def _subject(row: Row | None) -> Subject | None:
    return None if row is None else Subject(*row)


async def _score(tx: Transaction, round_id: int, points: Callable[[float], int]) -> None:
    guesses = await tx.rows("SELECT user_id, stars FROM game_guesses WHERE round_id = ?", (round_id,))
    await tx.run_many(
        "UPDATE game_guesses SET points = ? WHERE round_id = ? AND user_id = ?",
        [(points(stars), round_id, user_id) for user_id, stars in guesses],
    )
