"""What the bot does again and again goes on after an error, and makes up for nothing after a sleep of the machine."""

import pytest

from bot.movienight.evening_cog import LOOK_EVERY_MIN
from bot.movienight.planning import Due
from data.store.errors import StoreLockedError
from tests.bot.conftest import Stage

TURN_S = 60 * LOOK_EVERY_MIN


class Turns:
    """Counts the looks at movie nights; `errors` are raised, one each."""

    def __init__(self) -> None:
        self.count = 0
        self.errors: list[Exception] = []

    async def due(self, now: int) -> Due:
        self.count += 1
        if self.errors:
            raise self.errors.pop()
        return Due((), (), ())


@pytest.fixture
def turns(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Turns:
    counted = Turns()
    monkeypatch.setattr(stage.bot.services.planning, "due", counted.due)
    return counted


async def test_after_a_sleep_of_the_machine_one_turn_is_taken(stage: Stage, turns: Turns) -> None:
    stage.env.backend.advance_clock(1000 * TURN_S)
    await stage.env.advance_time(TURN_S)
    assert 1 <= turns.count <= 2
    before = turns.count
    await stage.env.advance_time(3 * TURN_S)
    assert turns.count == before + 3


async def test_no_error_ends_it(stage: Stage, turns: Turns) -> None:
    turns.errors = [StoreLockedError(stage.settings.database_path), ValueError("a bad turn")]
    await stage.env.advance_time(TURN_S)
    assert stage.bot.bugs == 1
    await stage.env.advance_time(2 * TURN_S)
    assert turns.count == 3
    assert stage.bot.bugs == 1  # a locked database is in the log already
