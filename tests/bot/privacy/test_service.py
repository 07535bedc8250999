"""Showing, choosing and deleting over a real store; what a deletion means for trainings and copies."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.plots import loss_plot
from bot.errors import StaleComponentError
from bot.privacy.service import ASKED_FOR_S, Deletion, NothingStoredError, Receipt
from bot.training.job import TrainingReport
from bot.training.service import RetrainTooSoonError, RunResult, Schedule
from bot.training.snapshot import PREFIX
from bot.waiting import wait_directly
from bot.wiring import Services
from data.store import RETRAIN_WANTED
from tests.bot.conftest import settings_for

ANN, BOB = 811_222_333_444_555_666, 822_333_444_555_666_777
DAY_S = 86_400


async def delete(services: Services, discord_id: int, at: int) -> Receipt:
    asked = await services.privacy.ask_to_delete(discord_id, at)
    done = await services.privacy.delete(discord_id, asked.held.user_id or 0, asked.held.total, at, at)
    assert isinstance(done, Receipt)
    return done


async def test_looking_makes_no_profile_and_choosing_does(services: Services) -> None:
    assert (await services.privacy.card(ANN)).held.total == 0
    assert await services.store.profiles.count() == 0
    card = await services.privacy.show_to(ANN, "private", 5)
    assert (card.owner_id, card.held.visibility, card.held.trains) == (ANN, "private", True)
    card = await services.privacy.train_on(ANN, False, 6)
    assert (card.held.visibility, card.held.trains, card.held.created_at) == ("private", False, 5)


async def test_a_deletion_does_what_was_shown_and_nothing_else(services: Services) -> None:
    with pytest.raises(NothingStoredError):
        await services.privacy.ask_to_delete(ANN, 5)
    await services.ratings.rate_text(ANN, "Heat 5", 10)
    asked = await services.privacy.ask_to_delete(ANN, 20)
    user_id, rows = asked.held.user_id or 0, asked.held.total
    with pytest.raises(StaleComponentError):
        await services.privacy.delete(ANN, user_id + 1, rows, 20, 21)
    for number, at in ((rows + 1, 21), (rows, 20 + ASKED_FOR_S + 1)):
        again = await services.privacy.delete(ANN, user_id, number, 20, at)
        assert again == Deletion(ANN, asked.held, at, again=True)
    receipt = await services.privacy.delete(ANN, user_id, rows, 20, 20 + ASKED_FOR_S)
    assert isinstance(receipt, Receipt)
    assert (receipt.held, receipt.deleted_at) == (asked.held, 20 + ASKED_FOR_S)
    with pytest.raises(NothingStoredError):
        await services.privacy.delete(ANN, user_id, rows, 20, 21)


async def test_a_receipt_says_nothing_about_the_id(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    codes = set()
    caplog.set_level("DEBUG", "bot")
    for at in range(3):
        await services.ratings.rate_text(ANN, "Heat 5", at)
        codes.add((await delete(services, ANN, at)).code)
    assert len(codes) == 3
    assert all(code in caplog.text for code in codes)
    assert str(ANN) not in caplog.text


async def test_who_returns_has_no_ratings_and_another_number(services: Services) -> None:
    await services.ratings.rate_text(ANN, "Heat 5", 10)
    old = await services.store.profiles.find(ANN)
    await delete(services, ANN, 20)
    assert await services.store.profiles.find(ANN) is None
    await services.ratings.rate_text(ANN, "Alien 3", 30)
    new = await services.store.profiles.find(ANN)
    assert old is not None
    assert new is not None
    assert new.user_id > old.user_id
    assert await services.store.ratings.ratings_of(new.user_id) == {20: 3.0}


async def test_a_deletion_makes_a_training_due_after_the_interval(services: Services) -> None:
    services.training.schedule = Schedule(timedelta(hours=6), 20)
    await services.ratings.rate_text(ANN, "Heat 5", 10)
    run_id = await services.store.runs.begin(None, 0, 0, at=DAY_S)
    await services.store.runs.finish(run_id, "promoted", "v", None, DAY_S)
    with pytest.raises(RetrainTooSoonError, match="wanted_ratings=19"):
        await services.training.check_due(2 * DAY_S)
    await delete(services, ANN, DAY_S + 60)
    with pytest.raises(RetrainTooSoonError) as caught:
        await services.training.check_due(DAY_S + 3600)
    assert (caught.value.wait_s, caught.value.wanted_ratings) == (5 * 3600, 0)
    await services.training.check_due(DAY_S + 6 * 3600)


@pytest.mark.parametrize(("during", "is_wanted"), [(False, False), (True, True)])
async def test_only_a_training_that_began_after_it_answers_a_deletion(
    services: Services, monkeypatch: pytest.MonkeyPatch, during: bool, is_wanted: bool
) -> None:
    """One that was running had read the ratings before."""
    await services.ratings.rate_text(ANN, "Heat 5", 10)
    await services.ratings.rate_text(BOB, "Heat 5", 10)
    await delete(services, ANN, 20)
    ended: list[RunResult] = []
    version = services.models.serving.version

    class Trained:
        pid = None

        def __init__(self, job: object, on_progress: object) -> None:
            import concurrent.futures

            self.future: concurrent.futures.Future[TrainingReport] = concurrent.futures.Future()
            self.future.set_result(TrainingReport(version, (), {}, {}, b"", 1.0))

        def close(self) -> None:
            pass

    async def wait(awaitable: object) -> object:
        if during:
            await delete(services, BOB, 30)
        return await awaitable  # type: ignore[misc]

    async def on_end(result: RunResult) -> None:
        ended.append(result)

    monkeypatch.setattr("bot.training.service.TrainingProcess", Trained)
    services.training.wait = wait  # type: ignore[assignment]
    run = await services.training.start(None, 25)
    await services.training.follow(run, lambda _: None, on_end)
    assert services.training._task is not None
    await services.training._task
    assert [one.outcome for one in ended] == ["promoted"]
    assert (await services.store.facts.get(RETRAIN_WANTED) is not None) is is_wanted


async def test_a_start_deletes_again_and_removes_what_a_crash_left(
    services: Services, films: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await services.ratings.rate_text(ANN, "Heat 5", 10)
    await services.ratings.rate_text(BOB, "Heat 4", 10)
    database = services.store._database
    await database.empty_log()
    copy = database.path.with_name("copy")
    shutil.copy(database.path, copy)
    await delete(services, ANN, 20)
    await services.close()
    copy.replace(database.path)
    left = services.models.folder / f"{PREFIX}abc" / "snapshot.feather"
    left.parent.mkdir()
    left.write_bytes(b"ratings")

    again = await Services.open(settings_for(database.path.parent, films), plot=loss_plot, wait=wait_directly)
    try:
        assert not left.parent.exists()
        assert "held 1 members who had been deleted" in caplog.text
        assert str(ANN) not in caplog.text
        assert (await again.privacy.card(ANN)).held.total == 0
        assert (await again.privacy.card(BOB)).held.count("ratings") == 1
        assert ANN.to_bytes(8, "big") not in database.path.read_bytes()
    finally:
        await again.close()
