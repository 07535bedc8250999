"""Cooldowns per member on everything: commands and presses of one kind share a bucket.

They are so wide that somebody in a hurry does not meet them; what they hold back is a flood.
"""

from dataclasses import dataclass
from typing import Any, Literal

from discord.ext import commands

from bot.errors import UserError

CooldownKind = Literal["write", "quick", "list", "heavy", "other"]

_LIMITS: dict[CooldownKind, tuple[int, float]] = {
    # uses, seconds
    "write": (15, 20.0),
    "quick": (60, 20.0),  # answers to questions, one a click
    "list": (12, 20.0),
    "heavy": (4, 60.0),
    "other": (15, 20.0),
}


@dataclass(eq=False)
class CooldownError(UserError):
    """Too much in too short a time. `was_told` the member in this window already: refuse without another reply."""

    retry_after_s: float
    was_told: bool


class Cooldowns:
    """Time comes from Discord's own stamps of messages and interactions, in epoch seconds."""

    def __init__(self) -> None:
        self._buckets: dict[CooldownKind, commands.CooldownMapping[Any]] = {
            kind: commands.CooldownMapping(commands.Cooldown(uses, seconds), lambda user_id: user_id)
            for kind, (uses, seconds) in _LIMITS.items()
        }
        self._told: dict[tuple[int, CooldownKind], float] = {}

    def spend(self, user_id: int, kind: CooldownKind, at: float) -> None:
        """Use one token of the member's bucket; raises CooldownError when it is empty."""
        retry_after_s = self._buckets[kind].update_rate_limit(user_id, at)
        if retry_after_s is None:
            return
        was_told = self._told.get((user_id, kind), 0.0) > at
        if not was_told:
            self._told = {key: until for key, until in self._told.items() if until > at}
            self._told[user_id, kind] = at + retry_after_s
        raise CooldownError(retry_after_s, was_told)

    def forget(self, user_id: int) -> None:
        """Drop what is counted of a member who was deleted.

        But for `heavy`, which is what holds back somebody who is deleted again and again; it falls out within a
        minute, when the next heavy command is counted.
        """
        for kind, bucket in self._buckets.items():
            if kind != "heavy":
                bucket._cache.pop(user_id, None)
        self._told = {key: until for key, until in self._told.items() if key[0] != user_id}


def cooldown_kind(command: Any) -> CooldownKind:
    """The kind a command was declared with (`extras={"cooldown": …}`)."""
    kind: CooldownKind = getattr(command, "extras", {}).get("cooldown", "other")
    return kind
