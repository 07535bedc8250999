"""The history of ratings: each change of a rating is a write, and a write can be taken back.

Taking a write back is a write too. That one can be taken back in turn, which sets the stars again as a plain
write: so "restore" after "undo" can itself be undone, and no write is ever taken back twice.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.store.database import Database, Transaction
from data.store.errors import AlreadyUndoneError, UnknownWriteError, WriteSupersededError

WRITE_COLUMNS = "write_id, user_id, movie_id, before, after, at, undoes"
REPEATED_WITHIN_S = 10
"""The same stars for the same film again so soon are one rating: a double click, or a client that sent it twice."""
LAST_WRITE_ID = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'writes'"


@dataclass(frozen=True, slots=True)
class Write:
    """One change of one rating: the stars before and after it, None for no rating; `at` in epoch seconds.

    `undoes` is the write that it took back.
    """

    write_id: int
    user_id: int
    movie_id: int
    before: float | None
    after: float | None
    at: int
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A rating as it stands, and since when."""

    stars: float
    rated_at: int


async def record(
    tx: Transaction,
    user_id: int,
    changes: Sequence[tuple[int, Standing | None]],
    at: int,
    *,
    undoes: Sequence[int | None] | None = None,
    import_id: int | None = None,
) -> tuple[Write, ...]:
    """Let each (movie_id, rating or None) stand from now on, and write it into the history, in order.

    `undoes` says of each change which write it takes back, `import_id` which import they all belong to.
    """
    standing = await standing_of(tx, user_id, [movie_id for movie_id, _ in changes])
    ((last_id,),) = await tx.rows(LAST_WRITE_ID)
    writes: list[Write] = []
    history: list[tuple[int | float | None, ...]] = []
    for place, (movie_id, new) in enumerate(changes):
        write_id = last_id + 1 + place
        undone = undoes[place] if undoes is not None else None
        old = standing.get(movie_id)
        before, before_at = (old.stars, old.rated_at) if old else (None, None)
        after = new.stars if new else None
        writes.append(Write(write_id, user_id, movie_id, before, after, at, undone))
        history.append((write_id, user_id, movie_id, before, before_at, after, at, undone, import_id))
        standing[movie_id] = new
    await tx.run_many(
        "INSERT INTO writes (write_id, user_id, movie_id, before, before_at, after, at, undoes, import_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        history,
    )
    await let_stand(tx, user_id, standing)
    return tuple(writes)


async def repeated(tx: Transaction, user_id: int, movie_id: int, stars: float, at: int) -> Write | None:
    """The write that has just given these stars to that film, as the first click of two did; None where none has."""
    row = await tx.row(
        f"SELECT {WRITE_COLUMNS}, undone FROM writes WHERE user_id = ? AND movie_id = ? ORDER BY write_id DESC LIMIT 1",
        (user_id, movie_id),
    )
    if row is None:
        return None
    *columns, undone = row
    write = Write(*columns)
    is_same = write.after == stars and write.undoes is None and not undone and 0 <= at - write.at <= REPEATED_WITHIN_S
    return write if is_same else None


async def written_since(tx: Database | Transaction, user_id: int, at: int) -> int:
    """How often the user set stars at or after `at`, undos that did so too.

    Neither removing stars counts, nor what an import wrote or its undo.
    """
    ((count,),) = await tx.rows(
        "SELECT count(*) FROM writes WHERE user_id = ? AND at >= ? AND after IS NOT NULL AND import_id IS NULL",
        (user_id, at),
    )
    return int(count)


async def take_back(tx: Transaction, user_id: int, write_id: int, at: int) -> Write:
    """Restore what stood before a write, and when it was given.

    Raises `UnknownWriteError`, `AlreadyUndoneError`, or `WriteSupersededError` if the film was changed since.
    """
    target = await tx.row(
        "SELECT movie_id, before, before_at, undoes, undone FROM writes WHERE write_id = ? AND user_id = ?",
        (write_id, user_id),
    )
    if target is None:
        raise UnknownWriteError(user_id, write_id)
    movie_id, before, before_at, undoes, undone = target
    if undone:
        raise AlreadyUndoneError(write_id)
    is_plain = undoes is None
    # Later pairs of a write and its undo cancel out. An undo counts only where an earlier undo is to be taken
    # back: the writes they belong to were taken back from the newest to the oldest.
    newest = await tx.row(
        "SELECT write_id FROM writes WHERE user_id = ? AND movie_id = ? AND write_id > ? AND undone = 0"
        + (" AND undoes IS NULL" if is_plain else "")
        + " ORDER BY write_id DESC LIMIT 1",
        (user_id, movie_id, write_id),
    )
    if newest is not None:
        raise WriteSupersededError(write_id, by=newest[0])
    await tx.rows("UPDATE writes SET undone = 1 WHERE write_id = ?", (write_id,))
    old = None if before is None else Standing(before, before_at)
    (write,) = await record(tx, user_id, [(movie_id, old)], at, undoes=[write_id] if is_plain else None)
    return write


async def take_back_import(tx: Transaction, user_id: int, import_id: int, at: int) -> int:
    """Take back all writes of an import that still stand, as one; how many there were.

    Those of films that were changed since stay, as `take_back` would refuse them one by one.
    """
    standing = await tx.rows(
        "SELECT write_id, movie_id, before, before_at FROM writes AS imported"
        " WHERE import_id = ? AND user_id = ? AND undoes IS NULL AND undone = 0 AND NOT EXISTS ("
        "SELECT 1 FROM writes AS later WHERE later.user_id = imported.user_id"
        " AND later.movie_id = imported.movie_id AND later.write_id > imported.write_id"
        " AND later.undone = 0 AND later.undoes IS NULL)"
        " ORDER BY write_id",
        (import_id, user_id),
    )
    await tx.run_many("UPDATE writes SET undone = 1 WHERE write_id = ?", [(row[0],) for row in standing])
    changes = [
        (movie_id, None if before is None else Standing(before, before_at))
        for _, movie_id, before, before_at in standing
    ]
    await record(tx, user_id, changes, at, undoes=[row[0] for row in standing], import_id=import_id)
    return len(standing)


async def newest_to_take_back(tx: Transaction, user_id: int) -> tuple[int, int | None] | None:
    """The user's newest write that neither is an undo nor was undone: its id, and that of the import it is part of.

    What is left of an import that was taken back is made of single writes.
    """
    row = await tx.row(
        "SELECT write_id, (SELECT import_id FROM imports WHERE import_id = writes.import_id AND state = 'written')"
        " FROM writes WHERE user_id = ? AND undone = 0 AND undoes IS NULL ORDER BY write_id DESC LIMIT 1",
        (user_id,),
    )
    return None if row is None else (int(row[0]), row[1])


async def standing_of(tx: Database | Transaction, user_id: int, movie_ids: Sequence[int]) -> dict[int, Standing | None]:
    """The ratings among these films, by movie id."""
    rows = await tx.rows(
        "SELECT movie_id, stars, rated_at FROM ratings"
        " WHERE user_id = ? AND movie_id IN (SELECT value FROM json_each(?))",
        (user_id, json.dumps(movie_ids)),
    )
    return {movie_id: Standing(stars, rated_at) for movie_id, stars, rated_at in rows}


async def let_stand(tx: Transaction, user_id: int, standing: Mapping[int, Standing | None]) -> None:
    """Set these ratings, None for no rating, without a word in the history."""
    await tx.run_many(
        "INSERT INTO ratings (user_id, movie_id, stars, rated_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (user_id, movie_id) DO UPDATE SET stars = excluded.stars, rated_at = excluded.rated_at",
        [(user_id, movie_id, new.stars, new.rated_at) for movie_id, new in standing.items() if new],
    )
    await tx.run_many(
        "DELETE FROM ratings WHERE user_id = ? AND movie_id = ?",
        [(user_id, movie_id) for movie_id, new in standing.items() if new is None],
    )
