"""The generated server has as many members and ratings as it says, and the bot reads them."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.server import FIRST_DISCORD_ID, GUILD_ID, LEAST_ACTIVITY, drawn, fill
from bot.servers import ServerRatingsReader
from data.store import Store

GIVEN = pd.DataFrame(
    [(user, movie, 0.5 + (user * movie) % 10 / 2) for user in range(1, 40) for movie in range(user, user + 60)],
    columns=["user_id", "movie_id", "rating"],
)


async def test_members_rate_as_users_of_the_data_set_do(tmp_path: Path) -> None:
    made = list(drawn(GIVEN, 50, 1_000, np.random.default_rng(1)))
    assert len(made) == 50
    assert abs(sum(map(len, made)) - 1_000) <= 50
    assert all(len(one) >= LEAST_ACTIVITY and one["movie_id"].is_unique for one in made)
    store = await Store.open(tmp_path / "marquee.db")
    try:
        fill(tmp_path / "marquee.db", iter(made))
        found = await ServerRatingsReader(store).of(GUILD_ID)
    finally:
        await store.close()
    assert len(found.members) == 50
    assert found.places[FIRST_DISCORD_ID + 7] == 7
    assert found.of(7) == dict(zip(made[7]["movie_id"], made[7]["rating"], strict=True))
