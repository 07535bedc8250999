"""Who asked to be forgotten: a file beside the database, which a database put back from a copy does not undo.

The first line is a random salt. Each deletion adds `<hash> <epoch seconds>`; the hash is of the Discord id under
the salt, so the file can be asked about an id and names nobody.
"""

import hashlib
import secrets
from pathlib import Path
from typing import Self

from data.files import make_private, sync, write_durably
from data.store.database import store_errors
from data.store.errors import StoreUnusableError

TOMBSTONES = "deleted"
"""The name of the file."""

_SALT_BYTES = 32
_HASH_BYTES = 16


class Tombstones:
    """All methods but `deleted_at` block: call them in a thread."""

    def __init__(self, path: Path, salt: bytes, deleted_at: dict[str, int]) -> None:
        self.path = path
        self._salt = salt
        self._deleted_at = deleted_at

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read the file, or make it with a new salt; raises `StoreUnusableError`."""
        with store_errors(path):
            if not path.exists():
                write_durably(path, secrets.token_hex(_SALT_BYTES), 0o600)  # a crash leaves no file with half a salt
            make_private(path)
            try:
                salt, *lines = path.read_text("ascii").splitlines()
                return cls(path, _salt(salt), _records(lines))
            except ValueError as error:
                raise StoreUnusableError(path, "its first line is no salt") from error

    def __len__(self) -> int:
        return len(self._deleted_at)

    def add(self, discord_id: int, at: int) -> None:
        """Note a deletion; on the disk when this returns."""
        key = self._hash(discord_id)
        with store_errors(self.path):
            with self.path.open("a", encoding="ascii") as file:
                # The newline goes first: a record that a power cut tore is no part of the next one.
                file.write(f"\n{key} {at}")
            sync(self.path)
        self._deleted_at[key] = max(at, self._deleted_at.get(key, at))

    def deleted_at(self, discord_id: int) -> int | None:
        """When that member was last deleted, in epoch seconds."""
        return self._deleted_at.get(self._hash(discord_id))

    def _hash(self, discord_id: int) -> str:
        return hashlib.blake2b(str(discord_id).encode(), key=self._salt, digest_size=_HASH_BYTES).hexdigest()


def _salt(line: str) -> bytes:
    salt = bytes.fromhex(line)
    if len(salt) != _SALT_BYTES:
        raise ValueError(line)
    return salt


def _records(lines: list[str]) -> dict[str, int]:
    """The newest deletion of each hash; a torn line belongs to a deletion that never happened."""
    found: dict[str, int] = {}
    for line in lines:
        key, _, at = line.partition(" ")
        if len(key) == 2 * _HASH_BYTES and at.isdigit():
            found[key] = max(int(at), found.get(key, 0))
    return found
