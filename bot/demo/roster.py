"""Who has spoken in the demo, under which Discord id, so that a kept database meets the same people again."""

import json
from datetime import UTC, datetime
from pathlib import Path

from discord.utils import time_snowflake

from bot.demo.script import OPERATOR

FILE_NAME = "demo-people.json"

_OPENED = datetime(2025, 1, 1, tzinfo=UTC)
"""When all accounts and the guild were made: long ago, so that nobody is a new account."""

GUILD_ID = time_snowflake(_OPENED)
OPERATOR_ID = GUILD_ID + 1


class RosterError(Exception):
    """The file cannot be read as a roster."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Roster:
    """Names to ids, allocated in order of appearance; the operator is always there."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.people = {OPERATOR: OPERATOR_ID}
        self.left_at: datetime | None = None
        if path is not None and path.exists():
            self._load(path)

    def _load(self, path: Path) -> None:
        try:
            kept = json.loads(path.read_text("utf-8"))
            self.people |= {str(name): int(discord_id) for name, discord_id in kept["people"].items()}
            self.left_at = datetime.fromisoformat(kept["left_at"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RosterError(path, f"not a list of the demo's people ({error})") from error

    def id_of(self, name: str, now: datetime) -> int:
        """The id of a name, kept at once if it is new: the database may know it from the next moment on."""
        if name not in self.people:
            self.people[name] = max(self.people.values()) + 1
            self.save(now)
        return self.people[name]

    def save(self, now: datetime) -> None:
        """Keep the people and the simulated time, for time must not run backwards in a kept database."""
        self.left_at = max(now, self.left_at or now)
        if self._path is not None:
            kept = {"left_at": self.left_at.isoformat(), "people": self.people}
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._path.with_suffix(".tmp")
            temporary.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
            temporary.replace(self._path)
