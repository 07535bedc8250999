"""An open store in an empty folder."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.store import Store


def content(path: Path) -> bytes:
    return path.read_bytes()


def fill(path: Path, data: bytes) -> bytes:
    path.write_bytes(data)
    return data


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "marquee.db"


@pytest.fixture
async def store(path: Path, empty_database: Path) -> AsyncIterator[Store]:
    shutil.copy(empty_database, path)
    opened = await Store.open(path)
    yield opened
    await opened.close()


@pytest.fixture
async def ann(store: Store) -> int:
    """The user id of a member."""
    return (await store.profiles.get_or_create(discord_id=111, at=0)).user_id


@pytest.fixture
async def bob(store: Store) -> int:
    """The user id of another member."""
    return (await store.profiles.get_or_create(discord_id=222, at=0)).user_id
