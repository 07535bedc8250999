"""Evenings: what a group was shown, what it chose, when it is, who is interested and who came."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.store.database import Queries, Row, Transaction

EveningState = Literal["open", "chosen", "planned", "over", "cancelled"]

_WATCHED = (
    "FROM evening_members JOIN evenings USING (evening_id) WHERE guild_id = ? AND state = 'over'"
    " AND (came_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM evening_members AS other"
    " WHERE other.evening_id = evenings.evening_id AND other.came_at IS NOT NULL))"
)
"""Who came to a server's evenings; where nobody was seen to come, all who were counted in."""

_COLUMNS = (
    "evening_id, guild_id, channel_id, created_at, wishes, movie_ids, shown_from, deck, state, movie_id, starts_at,"
    " event_id, voice_id, poll_id, asked_at"
)
_MEMBERS = (
    "SELECT user_id, discord_id, is_host, is_counted, appeal, utc_offset, interested_at, came_at"
    " FROM evening_members JOIN profiles USING (user_id) WHERE evening_id = ? ORDER BY is_host DESC, user_id"
)


@dataclass(frozen=True, slots=True)
class Evening:
    """`wishes` is what was asked, as the asker encoded it; `movie_ids` all that was listed, the last page from
    `shown_from` on; `deck` what is swiped, None where nothing is.

    `open` until a film is chosen, `chosen` until it has a time. `event_id`, `voice_id` and `poll_id` are Discord's;
    `asked_at` is when those who came were asked for their stars.
    """

    evening_id: int
    guild_id: int
    channel_id: int
    created_at: int
    wishes: str
    movie_ids: tuple[int, ...]
    shown_from: int
    deck: tuple[int, ...] | None
    state: EveningState
    movie_id: int | None
    starts_at: int | None
    event_id: int | None
    voice_id: int | None
    poll_id: int | None
    asked_at: int | None

    @property
    def shown(self) -> tuple[int, ...]:
        """The films listed last."""
        return self.movie_ids[self.shown_from :]


@dataclass(frozen=True, slots=True)
class EveningMember:
    """Somebody an evening is about: `is_counted` whose taste is in its list, or who came without.

    `appeal` in [0, 1] is what the chosen film is for them, `utc_offset` the minutes they gave with its time.
    """

    user_id: int
    discord_id: int
    is_host: bool
    is_counted: bool
    appeal: float | None = None
    utc_offset: int | None = None
    interested_at: int | None = None
    came_at: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """`is_new` is False where that film was answered before; `winner` is the film that has just been chosen."""

    is_new: bool
    winner: int | None = None


class Evenings(Queries):
    async def create(
        self,
        guild_id: int,
        channel_id: int,
        host: int,
        wishes: str,
        at: int,
        *,
        voice_id: int | None = None,
        utc_offset: int | None = None,
    ) -> int:
        """A new evening of one member, by user id, with the offset that the host said; its id."""
        async with self._database.write() as tx:
            row = await tx.row(
                "INSERT INTO evenings (guild_id, channel_id, wishes, created_at, voice_id) VALUES (?, ?, ?, ?, ?)"
                " RETURNING evening_id",
                (guild_id, channel_id, wishes, at, voice_id),
            )
            assert row is not None
            await tx.rows(
                "INSERT INTO evening_members (evening_id, user_id, is_host, utc_offset) VALUES (?, ?, 1, ?)",
                (row[0], host, utc_offset),
            )
        return int(row[0])

    async def get(self, evening_id: int) -> Evening | None:
        row = await self._database.row(f"SELECT {_COLUMNS} FROM evenings WHERE evening_id = ?", (evening_id,))
        return None if row is None else _evening(row)

    async def members(self, evening_id: int) -> tuple[EveningMember, ...]:
        """The host first."""
        return tuple(_member(row) for row in await self._database.rows(_MEMBERS, (evening_id,)))

    async def count_in(self, evening_id: int, user_ids: Sequence[int]) -> None:
        """Those, beside the host and instead of all others, for as long as nothing is swiped or chosen."""
        async with self._database.write() as tx:
            if await tx.row("SELECT 1 FROM evenings WHERE evening_id = ? AND state = 'open'", (evening_id,)) is None:
                return
            await tx.rows("DELETE FROM evening_members WHERE evening_id = ? AND NOT is_host", (evening_id,))
            await tx.run_many(
                "INSERT INTO evening_members (evening_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [(evening_id, user_id) for user_id in user_ids],
            )

    async def show(self, evening_id: int, movie_ids: Sequence[int], before: int) -> bool:
        """Note a page of a list that had `before` films; False where it has gone on since."""
        async with self._database.write() as tx:
            row = await tx.row("SELECT movie_ids FROM evenings WHERE evening_id = ?", (evening_id,))
            shown = [] if row is None else json.loads(row[0])
            if row is None or len(shown) != before:
                return False
            await tx.rows(
                "UPDATE evenings SET movie_ids = ?, shown_from = ? WHERE evening_id = ?",
                (json.dumps([*shown, *movie_ids]), before, evening_id),
            )
        return True

    async def set_poll(self, evening_id: int, poll_id: int | None) -> None:
        """The message of its poll; None where that is over."""
        await self._database.run("UPDATE evenings SET poll_id = ? WHERE evening_id = ?", (poll_id, evening_id))

    async def start_swiping(self, evening_id: int, deck: Sequence[int]) -> None:
        """Keep the deck; one that is being swiped stays as it is."""
        await self._database.run(
            "UPDATE evenings SET deck = ? WHERE evening_id = ? AND deck IS NULL AND state = 'open'",
            (json.dumps(list(deck)), evening_id),
        )

    async def answer(
        self, evening_id: int, user_id: int, movie_id: int, at: int, *, likes: bool, share: float
    ) -> Answered:
        """Keep what a member says of a film; the first film that `share` of all counted members like is chosen."""
        async with self._database.write() as tx:
            new = await tx.row(
                "INSERT INTO evening_answers SELECT evening_id, ?, ?, ?, ? FROM evenings"
                " WHERE evening_id = ? AND state = 'open' ON CONFLICT DO NOTHING RETURNING 1",
                (user_id, movie_id, int(likes), at, evening_id),
            )
            if new is None or not likes:
                return Answered(new is not None)
            row = await tx.row(
                "SELECT (SELECT sum(likes) FROM evening_answers WHERE evening_id = ?1 AND movie_id = ?2)"
                " >= ?3 * (SELECT count(*) FROM evening_members WHERE evening_id = ?1 AND is_counted) - 1e-9",
                (evening_id, movie_id, share),
            )
            if row is None or not row[0]:
                return Answered(True)
            await _choose(tx, evening_id, movie_id)
        return Answered(True, movie_id)

    async def answers_of(self, evening_id: int, user_id: int) -> frozenset[int]:
        """The films a member has answered."""
        rows = await self._database.rows(
            "SELECT movie_id FROM evening_answers WHERE evening_id = ? AND user_id = ?", (evening_id, user_id)
        )
        return frozenset(movie_id for (movie_id,) in rows)

    async def liked(self, evening_id: int) -> tuple[Mapping[int, int], int]:
        """How many like each film, and how many answers there are."""
        rows = await self._database.rows(
            "SELECT movie_id, sum(likes), count(*) FROM evening_answers WHERE evening_id = ? GROUP BY movie_id",
            (evening_id,),
        )
        return {movie_id: likes for movie_id, likes, _ in rows}, sum(row[2] for row in rows)

    async def choose(self, evening_id: int, movie_id: int) -> bool:
        """The film is chosen; False where one was before, or the evening is off."""
        async with self._database.write() as tx:
            return await _choose(tx, evening_id, movie_id)

    async def set_appeals(self, evening_id: int, appeals: Mapping[int, float]) -> None:
        """What the chosen film is for each, by user id."""
        async with self._database.write() as tx:
            await tx.run_many(
                "UPDATE evening_members SET appeal = ? WHERE evening_id = ? AND user_id = ?",
                [(appeal, evening_id, user_id) for user_id, appeal in appeals.items()],
            )

    async def plan(
        self, evening_id: int, starts_at: int, *, host: int | None = None, utc_offset: int | None = None
    ) -> bool:
        """Give it a time, or another one; False where there is nothing to plan. `utc_offset` is what the host said."""
        async with self._database.write() as tx:
            row = await tx.row(
                "UPDATE evenings SET state = 'planned', starts_at = ? WHERE evening_id = ?"
                " AND state IN ('chosen', 'planned') RETURNING 1",
                (starts_at, evening_id),
            )
            if row is not None and host is not None and utc_offset is not None:
                await tx.rows(
                    "UPDATE evening_members SET utc_offset = ? WHERE evening_id = ? AND user_id = ?",
                    (utc_offset, evening_id, host),
                )
        return row is not None

    async def set_event(self, evening_id: int, event_id: int | None, voice_id: int | None) -> None:
        await self._database.run(
            "UPDATE evenings SET event_id = ?, voice_id = ? WHERE evening_id = ?", (event_id, voice_id, evening_id)
        )

    async def cancel(self, evening_id: int) -> bool:
        """False where it is over or was cancelled before."""
        async with self._database.write() as tx:
            row = await tx.row(
                "UPDATE evenings SET state = 'cancelled' WHERE evening_id = ?"
                " AND state NOT IN ('over', 'cancelled') RETURNING 1",
                (evening_id,),
            )
            await tx.rows("DELETE FROM evening_answers WHERE evening_id = ?", (evening_id,))
        return row is not None

    async def end(self, evening_id: int) -> None:
        await self._database.run(
            "UPDATE evenings SET state = 'over' WHERE evening_id = ? AND state = 'planned'", (evening_id,)
        )

    async def note_asked(self, evening_id: int, at: int) -> bool:
        """Those who came are asked for their stars; False where they were before."""
        sql = "UPDATE evenings SET asked_at = ? WHERE evening_id = ? AND asked_at IS NULL RETURNING 1"
        return bool(await self._database.run(sql, (at, evening_id)))

    async def note_interested(self, evening_id: int, user_ids: Sequence[int], at: int) -> None:
        """All who are interested now."""
        async with self._database.write() as tx:
            await tx.rows("UPDATE evening_members SET interested_at = NULL WHERE evening_id = ?", (evening_id,))
            await _note(tx, "interested_at", evening_id, user_ids, at)

    async def note_came(self, evening_id: int, user_ids: Sequence[int], at: int) -> None:
        async with self._database.write() as tx:
            await _note(tx, "came_at", evening_id, user_ids, at)

    async def by_event(self, event_id: int) -> Evening | None:
        row = await self._database.row(f"SELECT {_COLUMNS} FROM evenings WHERE event_id = ?", (event_id,))
        return None if row is None else _evening(row)

    async def pending(self) -> tuple[Evening, ...]:
        """All that time goes on with: polls, evenings to come, and those whose guests are still to be asked."""
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM evenings WHERE (state = 'open' AND poll_id IS NOT NULL) OR state = 'planned'"
            " OR (state = 'over' AND asked_at IS NULL) ORDER BY evening_id"
        )
        return tuple(map(_evening, rows))

    async def newest(self, guild_id: int, states: Sequence[EveningState], limit: int) -> tuple[Evening, ...]:
        """A server's last evenings in one of these states, the newest first."""
        marks = ", ".join("?" * len(states))
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM evenings WHERE guild_id = ? AND state IN ({marks})"
            " ORDER BY coalesce(starts_at, created_at) DESC, evening_id DESC LIMIT ?",
            (guild_id, *states, limit),
        )
        return tuple(map(_evening, rows))

    async def of_host(self, guild_id: int, user_id: int) -> Evening | None:
        """The member's newest evening in a server that is to come."""
        row = await self._database.row(
            f"SELECT {_COLUMNS} FROM evenings WHERE guild_id = ? AND state IN ('chosen', 'planned')"
            " AND evening_id IN (SELECT evening_id FROM evening_members WHERE user_id = ? AND is_host)"
            " ORDER BY evening_id DESC LIMIT 1",
            (guild_id, user_id),
        )
        return None if row is None else _evening(row)

    async def utc_offset_of(self, user_id: int) -> int | None:
        """The offset in minutes that a member gave last."""
        row = await self._database.row(
            "SELECT utc_offset FROM evening_members WHERE user_id = ? AND utc_offset IS NOT NULL"
            " ORDER BY evening_id DESC LIMIT 1",
            (user_id,),
        )
        return None if row is None else int(row[0])

    async def appeals(self, guild_id: int, user_ids: Sequence[int], limit: int) -> tuple[Mapping[int, float], ...]:
        """What each of the last evenings was for those of these members who came to it, by user id.

        Where nobody was seen to come, all who were counted in did.
        """
        marks = ", ".join("?" * len(user_ids))
        rows = await self._database.rows(
            f"SELECT evening_id, user_id, appeal {_WATCHED} AND appeal IS NOT NULL AND user_id IN ({marks})"
            " ORDER BY evening_id DESC",
            (guild_id, *user_ids),
        )
        found: dict[int, dict[int, float]] = {}
        for evening_id, user_id, appeal in rows:
            found.setdefault(evening_id, {})[user_id] = appeal
        return tuple(found.values())[:limit]

    async def watched(self, guild_id: int, user_ids: Sequence[int]) -> frozenset[int]:
        """The films of evenings that are over, to which any of these members came, likewise."""
        marks = ", ".join("?" * len(user_ids))
        rows = await self._database.rows(
            f"SELECT DISTINCT movie_id {_WATCHED} AND user_id IN ({marks})", (guild_id, *user_ids)
        )
        return frozenset(movie_id for (movie_id,) in rows)

    async def prune(self, before: int) -> None:
        """Forget evenings that were never planned, made before then."""
        await self._database.run(
            "DELETE FROM evenings WHERE created_at < ? AND state IN ('open', 'chosen', 'cancelled')", (before,)
        )


async def _choose(tx: Transaction, evening_id: int, movie_id: int) -> bool:
    row = await tx.row(
        "UPDATE evenings SET state = 'chosen', movie_id = ? WHERE evening_id = ? AND state = 'open' RETURNING 1",
        (movie_id, evening_id),
    )
    if row is not None:
        await tx.rows("DELETE FROM evening_answers WHERE evening_id = ?", (evening_id,))
    return row is not None


async def _note(tx: Transaction, column: str, evening_id: int, user_ids: Sequence[int], at: int) -> None:
    await tx.run_many(
        f"INSERT INTO evening_members (evening_id, user_id, is_counted, {column}) VALUES (?, ?, 0, ?)"
        f" ON CONFLICT DO UPDATE SET {column} = coalesce({column}, excluded.{column})",
        [(evening_id, user_id, at) for user_id in user_ids],
    )


def _evening(row: Row) -> Evening:
    *head, movie_ids, shown_from, deck, state, movie_id, starts_at, event_id, voice_id, poll_id, asked_at = row
    evening_id, guild_id, channel_id, created_at, wishes = head
    return Evening(
        evening_id,
        guild_id,
        channel_id,
        created_at,
        wishes,
        tuple(json.loads(movie_ids)),
        shown_from,
        None if deck is None else tuple(json.loads(deck)),
        state,
        movie_id,
        starts_at,
        event_id,
        voice_id,
        poll_id,
        asked_at,
    )


def _member(row: Row) -> EveningMember:
    user_id, discord_id, is_host, is_counted, *rest = row
    return EveningMember(user_id, discord_id, bool(is_host), bool(is_counted), *rest)
