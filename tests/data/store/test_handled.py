import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.store import Store
from data.store.handled import DISCORD_EPOCH_S


def ask_at(second: int, place: int = 0) -> int:
    """The id of something that was asked then, in epoch seconds."""
    return (second - DISCORD_EPOCH_S) * 1000 << 22 | place


def marked(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [ask_id for (ask_id,) in connection.execute("SELECT ask_id FROM handled ORDER BY ask_id")]


async def test_an_ask_is_worked_on_once(store: Store) -> None:
    assert await store.handled.begin(7)
    assert not await store.handled.begin(7)
    await store.handled.finish(7)
    assert not await store.handled.begin(7)
    assert await store.handled.begin(8)


async def test_also_after_a_restart(store: Store, path: Path) -> None:
    await store.handled.begin(7)
    await store.handled.finish(7)
    await store.close()
    again = await Store.open(path)
    assert not await again.handled.begin(7)
    await again.close()


async def test_the_mark_is_written_with_what_is_asked_for(store: Store, ann: int, path: Path) -> None:
    """A process killed at any moment has both or neither; nobody else's write takes the mark along."""
    worked = asyncio.Event()

    async def rate() -> None:
        await store.handled.begin(7)
        await asyncio.sleep(0)
        worked.set()
        await asyncio.sleep(0.05)
        await store.ratings.rate(ann, [(1, 4.0)], 5)
        assert marked(path) == [7]
        await store.ratings.rate(ann, [(2, 4.0)], 5)

    rating = asyncio.create_task(rate())
    await worked.wait()
    await store.facts.set("another's", "write")
    assert marked(path) == []
    await rating


async def test_work_that_fails_leaves_no_mark_until_it_is_answered(store: Store, ann: int, path: Path) -> None:
    await store.handled.begin(7)
    with pytest.raises(ZeroDivisionError):
        async with store._database.write():
            _ = 1 / 0
    assert marked(path) == []
    await store.handled.finish(7)
    assert marked(path) == [7]


async def test_asks_that_end_together_share_a_commit(store: Store, path: Path) -> None:
    async def ask(ask_id: int) -> None:
        await store.handled.begin(ask_id)
        await store.handled.finish(ask_id)

    async with store._database.write():  # as long as somebody else writes
        asking = [asyncio.create_task(ask(one)) for one in range(1, 101)]
        async with asyncio.timeout(60):
            while len(store.handled._unmarked) < 99:  # noqa: ASYNC110 (the first one waits with its own)
                await asyncio.sleep(0.01)
    commits: list[str] = []
    await store._database._writer.set_trace_callback(commits.append)
    await asyncio.gather(*asking)
    assert marked(path) == list(range(1, 101))
    assert commits.count("COMMIT") <= 3


async def test_old_ones_are_forgotten(store: Store, path: Path) -> None:
    now = 1_700_000_000
    asked = [ask_at(now - 90_000), ask_at(now - 86_400), ask_at(now)]
    for one in asked:
        await store.handled.begin(one)
        await store.handled.finish(one)
    assert await store.handled.prune(now - 86_400) == 1
    assert marked(path) == asked[1:]
