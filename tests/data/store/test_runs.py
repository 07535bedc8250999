import pytest

from data.store import Store
from data.store.errors import RunNotOpenError
from data.store.runs import Outcome, TrainingRun


async def test_a_run_from_begin_to_finish(store: Store) -> None:
    run_id = await store.runs.begin(requested_by=111, last_write_id=7, ratings=5, at=10)
    assert await store.runs.last() == TrainingRun(run_id, 111, 7, 5, 10, "running", None, None, None)
    await store.runs.finish(run_id, "refused", None, "worse_than_current", at=20)
    assert await store.runs.last() == TrainingRun(run_id, 111, 7, 5, 10, "refused", None, "worse_than_current", 20)


async def test_the_last_of_some_outcomes(store: Store) -> None:
    assert await store.runs.last() is None
    ids = {}
    outcomes: tuple[Outcome, ...] = ("promoted", "refused", "cancelled")
    for outcome in outcomes:
        ids[outcome] = await store.runs.begin(None, 0, 0, at=1)
        await store.runs.finish(ids[outcome], outcome, None, None, at=2)
    wanted: dict[tuple[Outcome, ...], Outcome] = {
        ("promoted",): "promoted",
        ("promoted", "refused"): "refused",
        ("promoted", "refused", "failed"): "refused",
        (): "cancelled",
    }
    for any_of, expected in wanted.items():
        run = await store.runs.last(*any_of)
        assert run is not None
        assert run.run_id == ids[expected]
    assert await store.runs.last("failed") is None
    assert [run.run_id for run in await store.runs.recent(2)] == [ids["cancelled"], ids["refused"]]


async def test_a_run_has_one_outcome(store: Store) -> None:
    run_id = await store.runs.begin(None, 0, 0, at=1)
    await store.runs.finish(run_id, "promoted", "v1", None, at=2)
    with pytest.raises(RunNotOpenError) as caught:
        await store.runs.finish(run_id, "failed", None, "late", at=3)
    assert caught.value.run_id == run_id
    with pytest.raises(RunNotOpenError):
        await store.runs.finish(99, "failed", None, None, at=3)
    run = await store.runs.last()
    assert run is not None
    assert run.outcome == "promoted"


async def test_a_run_taken_for_interrupted_may_still_say_what_came_of_it(store: Store) -> None:
    run_id = await store.runs.begin(None, 0, 0, at=1)
    await store.runs.interrupt_running()
    await store.runs.finish(run_id, "promoted", "v1", None, at=2)
    run = await store.runs.last("promoted")
    assert run is not None
    assert run.version == "v1"
