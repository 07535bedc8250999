"""A database that cannot be written: members can read on and hear that nothing was written, the log hears the rest."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from data.store.database import Database
from data.store.errors import StoreLockedError
from tests.bot.conftest import OpenStage, Stage, labels_of, text_of

SAID = "nothing was written. Whoever runs me has been told"


@contextmanager
def locked(stage: Stage) -> Iterator[None]:
    """As long as another program writes."""
    with closing(sqlite3.connect(stage.settings.database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
async def stage(open_stage: OpenStage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setitem(Database.open.__func__.__kwdefaults__, "busy_timeout_s", 0.05)
    return await open_stage()


def told(stage: Stage, caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines of the log that name the file, none of them a trace."""
    path = str(stage.settings.database_path)
    lines = [one for one in caplog.records if path in one.getMessage() and one.levelno == logging.ERROR]
    assert [one for one in caplog.records if one.exc_info] == []
    return [one.getMessage() for one in lines]


async def test_what_cannot_be_written_is_said_to_both(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.say("alice", "!rate Heat 4.5")
    with locked(stage):
        for text in ("!rate Alien 5", "!watchlist add Jaws", "!rate Alien 5", "!undo"):
            answer = text_of(await stage.say("alice", text))
            assert SAID in answer
            assert str(stage.settings.data_dir) not in answer
    assert len(told(stage, caplog)) == 1  # once a minute, however many ask
    assert "locked by another process" in told(stage, caplog)[0]
    assert stage.bot.bugs == 0
    assert "Alien" in text_of(await stage.say("alice", "!rate Alien 5"))
    ratings = text_of(await stage.say("alice", "!ratings"))
    assert "Heat" in ratings
    assert "Jaws" not in text_of(await stage.say("alice", "!watchlist"))


async def test_reading_goes_on(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 4.5")
    kept = await stage.say("alice", "!recommend")
    assert "More" in labels_of(kept)
    with locked(stage):
        assert "Heat" in text_of(await stage.say("alice", "!ratings"))
        assert "Alien" in text_of(await stage.say("alice", "!movie Alien"))
        assert "rate" in text_of(await stage.say("alice", "!help"))
        assert "Heat" in text_of(await stage.say("alice", "!why Alien"))
        for name in ("alice", "bob"):  # bob is new, and cannot become a member now
            listed = await stage.say(name, "!recommend")
            assert "## Films for you" in text_of(listed)
            assert labels_of(listed) == []  # there is no list to go on with
        assert SAID not in text_of(await stage.say("alice", "!recommend Action 1950-1951"))
    assert await stage.bot.services.store.profiles.count() == 1


async def test_a_rating_and_its_guess_are_both_kept_or_neither(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise StoreLockedError(stage.settings.database_path)

    with monkeypatch.context() as patched:
        patched.setattr("data.store.ratings.keep_guesses", fail)
        assert SAID in text_of(await stage.say("alice", "!rate Heat 4.5"))
    assert "Heat" not in text_of(await stage.say("alice", "!ratings"))
    assert "Heat (1995)" in text_of(await stage.say("alice", "!rate Heat 4.5"))


async def test_a_night_of_trouble_is_no_bug(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    with locked(stage):
        for _ in range(3):
            await stage.advance(43_200.0)
    assert stage.bot.bugs == 0
    assert told(stage, caplog)
