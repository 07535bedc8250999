"""What a training reads of the chat, and that only what nobody reads any more is removed."""

from pathlib import Path

import numpy as np
import pandas as pd

from bot.servers.votes import MIN_ACCOUNT_AGE_S
from bot.training.snapshot import (
    MOST_OF_ONE,
    PREFIX,
    fair,
    remove_snapshots,
    snapshot_file,
    write_snapshot,
)
from bot.wiring import Services

DISCORD_EPOCH_S = 1_420_070_400
NOW = DISCORD_EPOCH_S + 100 * 86_400


def made(seconds: int) -> int:
    """The id of an account made so many seconds after Discord's first one."""
    return seconds * 1000 << 22


async def test_young_accounts_are_left_out(services: Services, tmp_path: Path) -> None:
    old, young = made(1), made(NOW - DISCORD_EPOCH_S - MIN_ACCOUNT_AGE_S + 1)
    await services.ratings.rate_text(old, "Heat 5", NOW)
    await services.ratings.rate_text(young, "Alien 4\nTitanic 1", NOW)
    path = tmp_path / "snapshot.feather"
    assert await write_snapshot(services.store, path, NOW) == 1
    assert list(pd.read_feather(path)["movie_id"]) == [10]
    assert await write_snapshot(services.store, path, NOW + 60) == 3


def test_a_snapshot_in_use_stays_and_one_of_a_killed_training_goes(tmp_path: Path) -> None:
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / "lock").write_text("{}")
    (left / "snapshot.feather").write_bytes(b"ratings")
    with snapshot_file(tmp_path) as path:
        path.write_bytes(b"ratings")
        remove_snapshots(tmp_path)
        assert path.exists()
        assert not left.exists()
    assert list(tmp_path.iterdir()) == []


def test_nobody_weighs_more_than_the_cap() -> None:
    count = MOST_OF_ONE + 5
    frame = pd.DataFrame(
        {
            "user_id": np.ones(count, dtype=np.int64),
            "movie_id": np.arange(count),
            "timestamp": np.arange(count) * 90_000,
            "rating": np.full(count, 3.5, dtype=np.float32),
        }
    )
    assert fair(frame)["movie_id"].tolist() == list(range(5, count))
    assert fair(frame.head(0)).empty
