"""What a member changes: the stars of a film, the shelf it stands on, or a setting. Every change is in the journal."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from data.store.database import Database, Transaction, Value

Setting = Literal["visibility", "trains", "compares", "has_pictures", "language", "adopted_user_id", "list_defaults"]
"""Columns of a profile that its member chooses."""
What = Literal["rating", "shelf"] | Setting

SETTINGS: tuple[Setting, ...] = get_args(Setting)
COLUMNS = "change_id, entry_id, what, movie_id, before, before_at, after, after_at, at"
LAST_CHANGE_ID = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'changes'"


class Thing(NamedTuple):
    """What can be changed: the rating or the shelf of a film, or a setting."""

    what: What
    movie_id: int | None = None


class State(NamedTuple):
    """How a thing stands: stars, the name of a shelf, or a setting's value; since when, for a film."""

    value: Value
    since: int | None = None

    @property
    def stars(self) -> float:
        """Of a rating."""
        return float(self.value or 0)


NOTHING: tuple[Value, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing, before and after; None where there was, or is, nothing. `at` in epoch seconds."""

    change_id: int
    entry_id: int
    thing: Thing
    before: State | None
    after: State | None
    at: int


async def record(
    tx: Transaction, user_id: int, states: Mapping[Thing, State | None], at: int, *, import_id: int | None = None
) -> tuple[Change, ...]:
    """Let these things stand so from now on, as one entry; a change for each, in order."""
    before = await standing_of(tx, user_id, states)
    ((last_id,),) = await tx.rows(LAST_CHANGE_ID)
    changes = tuple(
        Change(last_id + place, last_id + 1, thing, before.get(thing), after, at)
        for place, (thing, after) in enumerate(states.items(), 1)
    )
    await tx.run_many(
        f"INSERT INTO changes (user_id, import_id, {COLUMNS}) VALUES ({', '.join('?' * 11)})",
        [
            (
                *(user_id, import_id, one.change_id, one.entry_id, *one.thing),
                *(*(one.before or NOTHING), *(one.after or NOTHING), at),
            )
            for one in changes
        ],
    )
    await let_stand(tx, user_id, states)
    return changes


async def set_setting(tx: Transaction, user_id: int, setting: Setting, value: Value, at: int) -> Change | None:
    """Choose a setting; None where it was chosen already, or the member is gone."""
    if not await tx.row("SELECT 1 FROM profiles WHERE user_id = ?", (user_id,)):
        return None
    thing = Thing(setting)
    new = None if value is None else State(value)
    if (await standing_of(tx, user_id, [thing])).get(thing) == new:
        return None
    (change,) = await record(tx, user_id, {thing: new}, at)
    return change


async def standing_of(tx: Database | Transaction, user_id: int, things: Collection[Thing]) -> dict[Thing, State]:
    """How these things stand; what is nothing is left out."""
    found: dict[Thing, State] = {}
    for what, columns in (("rating", "stars, rated_at FROM ratings"), ("shelf", "shelf, added_at FROM shelves")):
        movie_ids = json.dumps([thing.movie_id for thing in things if thing.what == what])
        for movie_id, value, since in await tx.rows(
            f"SELECT movie_id, {columns} WHERE user_id = ? AND movie_id IN (SELECT value FROM json_each(?))",
            (user_id, movie_ids),
        ):
            found[Thing(what, movie_id)] = State(value, since)  # type: ignore[arg-type]
    for thing in things:
        if thing.what in SETTINGS:
            row = await tx.row(f"SELECT {thing.what} FROM profiles WHERE user_id = ?", (user_id,))
            if row is not None and row[0] is not None:
                found[thing] = State(row[0])
    return found


async def let_stand(tx: Transaction, user_id: int, states: Mapping[Thing, State | None]) -> None:
    """Set these things, without a word in the journal."""
    of = {what: [(one, state) for one, state in states.items() if one.what == what] for what in ("rating", "shelf")}
    await tx.run_many(
        "INSERT INTO ratings (user_id, movie_id, stars, rated_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (user_id, movie_id) DO UPDATE SET stars = excluded.stars, rated_at = excluded.rated_at",
        [(user_id, thing.movie_id, *state) for thing, state in of["rating"] if state],
    )
    await tx.run_many(
        "INSERT INTO shelves (user_id, movie_id, shelf, added_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (user_id, movie_id) DO UPDATE SET shelf = excluded.shelf, added_at = excluded.added_at",
        [(user_id, thing.movie_id, *state) for thing, state in of["shelf"] if state],
    )
    for what, table in (("rating", "ratings"), ("shelf", "shelves")):
        await tx.run_many(
            f"DELETE FROM {table} WHERE user_id = ? AND movie_id = ?",
            [(user_id, thing.movie_id) for thing, state in of[what] if state is None],
        )
    for thing, state in states.items():
        if thing.what in SETTINGS:
            value = None if state is None else state.value
            await tx.rows(f"UPDATE profiles SET {thing.what} = ? WHERE user_id = ?", (value, user_id))


def change_of(row: Sequence[Any]) -> Change:
    change_id, entry_id, what, movie_id, before, before_at, after, after_at, at = row
    return Change(
        change_id, entry_id, Thing(what, movie_id),
        None if before is None else State(before, before_at), None if after is None else State(after, after_at), at,
    )  # fmt: skip
