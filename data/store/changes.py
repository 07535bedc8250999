"""A member's newest change that is no rating: `undo`, which takes back ratings alone, stops at it."""

from dataclasses import dataclass
from typing import Literal

from data.store.database import Transaction

ChangeKind = Literal["watchlist", "hidden", "unlisted", "unhidden", "adopted", "left", "forgotten", "imported"]


@dataclass(frozen=True, slots=True)
class Change:
    """`subject` is the film's id, the MovieLens user's, the import's, or how many ratings were forgotten."""

    kind: ChangeKind
    subject: int


async def note(tx: Transaction, user_id: int, change: Change) -> None:
    """Remember a change as the newest one."""
    await tx.rows(
        "UPDATE profiles SET last_change = ?, last_change_of = ?, last_change_after ="
        " (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'writes') WHERE user_id = ?",
        (change.kind, change.subject, user_id),
    )


async def unnote(tx: Transaction, user_id: int, change: Change) -> bool:
    """Forget a change that was taken back; False where it was not the newest one."""
    return bool(
        await tx.rows(
            "UPDATE profiles SET last_change = NULL, last_change_of = NULL, last_change_after = NULL"
            " WHERE user_id = ? AND last_change = ? AND last_change_of = ? RETURNING user_id",
            (user_id, change.kind, change.subject),
        )
    )


async def changed_after(tx: Transaction, user_id: int, write_id: int) -> Change | None:
    """What the member changed after that write (0: at any time) beside ratings; None for nothing."""
    row = await tx.row(
        "SELECT last_change, last_change_of FROM profiles WHERE user_id = ? AND last_change_after >= ?",
        (user_id, write_id),
    )
    return None if row is None else Change(*row)
