"""The store as a whole: what outlives a restart, a kill, a broken file."""

import asyncio
import os
import signal
import stat
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from data import store as store_package
from data.store import GuildSettings, Store, StoreError
from data.store.database import Database
from data.store.errors import DatabaseGoneError, StoreUnusableError
from tests.data.store.conftest import content, fill
from tests.data.store.old_databases import NEW_FORM, restore

PARENT_OF_PACKAGES = Path(store_package.__file__).parents[2]

RATE_AND_SAY_SO = """
import asyncio, sys
from pathlib import Path
from data.store import Store

async def main():
    store = await Store.open(Path(sys.argv[1]))
    profile = await store.profiles.get_or_create(111, 0)
    for movie_id in range(1, 1000):
        (change,) = await store.ratings.rate(profile.user_id, [(movie_id, 4.5)], movie_id)
        print(change.change_id, flush=True)

asyncio.run(main())
"""


async def test_everything_is_there_after_a_restart(path: Path) -> None:
    store = await Store.open(path)
    profile = await store.profiles.get_or_create(111, at=5)
    (change,) = await store.ratings.rate(profile.user_id, [(318, 4.5)], at=6)
    list_id = await store.lists.create(profile.user_id, [1, 2], "query", at=7)
    await store.guilds.change(1, lambda before: replace(before, prefix="?"), at=8)
    await store.facts.set("key", "value")
    await store.close()

    store = await Store.open(path)
    assert await store.profiles.find(111) == profile
    assert await store.ratings.ratings_of(profile.user_id) == {318: 4.5}
    assert await store.journal.find(profile.user_id, change.change_id) == change
    shown = await store.lists.get(list_id)
    assert shown is not None
    assert shown.movie_ids == (1, 2)
    assert await store.guilds.all() == {1: GuildSettings(prefix="?")}
    assert await store.facts.get("key") == "value"
    await store.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill like that")
async def test_a_rating_that_was_acknowledged_outlives_a_kill(path: Path) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RATE_AND_SAY_SO, path, stdout=asyncio.subprocess.PIPE, cwd=PARENT_OF_PACKAGES
    )
    assert child.stdout is not None
    acknowledged = [int(await child.stdout.readline()) for _ in range(20)]
    child.kill()
    acknowledged += [int(line) for line in (await child.stdout.read()).splitlines()]
    assert await child.wait() == -signal.SIGKILL

    store = await Store.open(path)
    profile = await store.profiles.find(111)
    assert profile is not None
    ratings = await store.ratings.ratings_of(profile.user_id)
    assert ratings.keys() >= set(acknowledged)
    assert len(ratings) == await store.ratings.last_write_id()  # no rating without its change
    await store.close()


async def test_a_run_that_was_cut_off_can_be_told_at_the_next_opening(path: Path) -> None:
    store = await Store.open(path)
    done = await store.runs.begin(None, 0, 0, at=1)
    await store.runs.finish(done, "promoted", "v1", None, at=2)
    cut_off = await store.runs.begin(None, 0, 0, at=3)
    await store.close()

    store = await Store.open(path)
    await store.runs.interrupt_running()
    assert [(run.run_id, run.outcome) for run in await store.runs.recent(9)] == [
        (cut_off, "interrupted"),
        (done, "promoted"),
    ]
    await store.close()


async def test_two_may_open_one_file(path: Path) -> None:
    await (await Store.open(path)).close()
    one, two = await asyncio.gather(Store.open(path), Store.open(path))
    profile = await one.profiles.get_or_create(111, at=0)
    assert await two.profiles.get_or_create(111, at=1) == profile
    await one.close()
    await two.close()


async def test_a_cut_off_file_is_unusable(path: Path) -> None:
    store = await Store.open(path)
    await store.close()
    fill(path, content(path)[:5000])
    with pytest.raises(StoreUnusableError) as caught:
        await Store.open(path)
    assert caught.value.path == path
    assert isinstance(caught.value, StoreError)


async def test_an_opening_that_fails_leaves_no_thread(path: Path, tmp_path: Path) -> None:
    others = set(threading.enumerate())  # of stores that a failed test left open
    fill(path, b"garbage " * 1000)
    for broken in (path, tmp_path):
        with pytest.raises(StoreUnusableError):
            await Store.open(broken)
    for thread in set(threading.enumerate()) - others:
        if "_connection_worker" in thread.name:  # aiosqlite's; asked to end, it may take a moment
            await asyncio.to_thread(thread.join, 60)
            assert not thread.is_alive()


@pytest.mark.skipif(os.name != "posix", reason="this system has no such permissions")
async def test_files_that_were_open_to_others_are_closed_to_them(path: Path) -> None:
    await (await Store.open(restore(NEW_FORM, path))).close()
    files = (path, path.with_name("deleted"))
    copy = path.with_name("marquee.db.before-10")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    for file in files:
        file.chmod(0o644)
    store = await Store.open(path)
    await store.facts.set("key", "value")
    for file in (*files, path.with_name("marquee.db-wal"), path.with_name("marquee.db-shm")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    await store.close()


async def test_a_database_that_is_gone_is_no_new_one(path: Path) -> None:
    await (await Store.open(path)).close()
    await asyncio.to_thread(path.unlink)
    with pytest.raises(DatabaseGoneError) as caught:
        await Store.open(path)
    assert (caught.value.path, caught.value.left) == (path, path.with_name("deleted"))
    assert [one.name for one in path.parent.iterdir()] == ["deleted"]
    await (await Store.open(path, may_be_new=True)).close()
    await (await Store.open(path)).close()


async def test_a_first_start_that_was_cut_off_is_no_loss(path: Path) -> None:
    await (await Database.open(path)).close()  # made, but nothing in it
    await (await Store.open(path)).close()


async def test_damage_that_is_nowhere_near_the_schema_is_told_at_the_opening(path: Path) -> None:
    store = await Store.open(path)
    ann = await store.profiles.get_or_create(111, at=0)
    await store.ratings.rate(ann.user_id, [(movie_id, 4.5) for movie_id in range(2000)], at=1)
    await store.close()
    whole = bytearray(content(path))
    place = len(whole) // 2 // 4096 * 4096
    whole[place : place + 4096] = b"\xff" * 4096
    fill(path, bytes(whole))
    before = content(path)
    with pytest.raises(StoreUnusableError):
        await Store.open(path)
    assert content(path) == before
