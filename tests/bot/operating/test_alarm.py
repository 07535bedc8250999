"""What the log hears of a database that cannot be used."""

from pathlib import Path

import pytest

from bot.operating import alarm
from bot.operating.alarm import Alarm
from data.store.errors import StoreLockedError, StoreUnusableError

PATH = Path("data") / "marquee.db"


def test_each_kind_is_told_at_most_once_a_minute(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = Alarm()
    for _ in range(50):
        tell(StoreLockedError(PATH))
        tell(StoreUnusableError(PATH, "database or disk is full"))
    assert [record.getMessage().partition(";")[0] for record in caplog.records] == [
        f"{PATH} is locked by another process",
        f"{PATH} cannot be used as the database: database or disk is full",
    ]
    monkeypatch.setattr(alarm, "ALARM_EVERY_S", 0.0)  # a minute later
    tell(StoreLockedError(PATH))
    assert len(caplog.records) == 3
