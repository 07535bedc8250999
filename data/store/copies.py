"""Copies of the database from before its schema was changed, to go back to for a day of service.

They hold all there was of every member, so they go with the first deletion of one.
"""

import os
from pathlib import Path

from data.files import make_private, sync
from data.store.database import copy_into, store_errors


class Copies:
    """All methods block: call them in a thread. They raise `StoreUnusableError`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def make(self, number: int) -> Path:
        """Copy the database as it is before the migration of that number: `marquee.db.before-10`."""
        copy = self._path.with_name(f"{self._path.name}.before-{number}")
        unfinished = copy.with_name(f".{copy.name}.{os.getpid()}")
        with store_errors(copy):
            try:
                make_private(unfinished)
                copy_into(self._path, unfinished)
                sync(unfinished)
                unfinished.replace(copy)
            finally:
                unfinished.unlink(missing_ok=True)
        return copy

    def found(self) -> list[Path]:
        """All copies, what a killed process left of one too."""
        prefix = f"{self._path.name}.before-"
        return [one for one in self._path.parent.iterdir() if one.name.removeprefix(".").startswith(prefix)]

    def remove(self) -> None:
        for copy in self.found():
            with store_errors(copy):
                copy.unlink(missing_ok=True)
