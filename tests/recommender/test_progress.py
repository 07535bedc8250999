import pytest

from recommender import NonFiniteLossError, Progress, TrainingCancelled, progress
from recommender.progress import Reporter


def test_every_epoch_is_reported_and_remembered() -> None:
    seen: list[Progress] = []
    reporter = Reporter("stage", 2, seen.append)
    reporter.epoch(0.5, 0.6)
    reporter.epoch(0.4)
    assert [(one.step, one.steps, one.loss, one.val_loss) for one in seen] == [
        (0, 2, None, None),
        (1, 2, 0.5, 0.6),
        (2, 2, 0.4, None),
    ]
    assert [(epoch.epoch, epoch.loss, epoch.val_loss) for epoch in reporter.history] == [
        (1, 0.5, 0.6),
        (2, 0.4, None),
    ]
    assert seen[-1].seconds >= seen[0].seconds


def test_a_stage_of_one_piece_ends_without_a_loss() -> None:
    seen: list[Progress] = []
    reporter = Reporter("stage", 1, seen.append)
    reporter.done()
    assert [(one.step, one.steps, one.loss) for one in seen] == [(0, 1, None), (1, 1, None)]
    assert reporter.history == []


def test_a_long_epoch_is_reported_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "TICK_INTERVAL_S", 0.0)
    seen: list[Progress] = []
    reporter = Reporter("stage", 2, seen.append)
    reporter.epoch(0.5, 0.6)
    reporter.tick()
    assert (seen[-1].step, seen[-1].loss, seen[-1].val_loss) == (1, 0.5, 0.6)


def test_a_tick_soon_after_the_last_report_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "TICK_INTERVAL_S", 1000.0)
    seen: list[Progress] = []
    reporter = Reporter("stage", 2, seen.append)
    reporter.tick()
    assert len(seen) == 1


def test_false_stops_and_none_does_not() -> None:
    Reporter("stage", 1, lambda _: None).epoch(0.1)
    with pytest.raises(TrainingCancelled) as caught:
        Reporter("stage", 1, lambda now: now.step < 1).epoch(0.1)
    assert (caught.value.stage, caught.value.step) == ("stage", 1)


@pytest.mark.parametrize("losses", [(float("nan"), None), (0.1, float("inf"))])
def test_a_loss_that_is_not_finite_ends_the_training(losses: tuple[float, float | None]) -> None:
    with pytest.raises(NonFiniteLossError) as caught:
        Reporter("stage", 3, None).epoch(*losses)
    assert (caught.value.stage, caught.value.step) == ("stage", 1)
