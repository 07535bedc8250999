"""The process of a training: that it can be ended at any moment, and what is said of its end."""

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from bot.training.job import TrainingJob
from bot.training.process import Aborted, TrainingProcess
from recommender import Epoch, TrainingConfig

pytestmark = pytest.mark.training

WAIT_S = 60


def no_picture(history: tuple[Epoch, ...]) -> bytes:
    return b""


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    """A training of a data set that is not there: it ends by itself as soon as it begins."""
    return TrainingJob(
        tmp_path / "nothing", tmp_path / "snapshot", tmp_path, TrainingConfig(), None, None, False, no_picture
    )


async def told(process: TrainingProcess) -> int:
    while process.pid is None:  # noqa: ASYNC110 - a thread sets it
        await asyncio.sleep(0.01)
    return process.pid


async def exit_code(worker: BaseProcess) -> int:
    """Joined by the executor's thread too: whichever of two comes second is told of no exit code for an instant."""
    async with asyncio.timeout(WAIT_S):
        while worker.exitcode is None:  # noqa: ASYNC110 - a thread sets it
            await asyncio.sleep(0.01)
    return worker.exitcode


def oom_score_adj(pid: int) -> int:
    return int(Path(f"/proc/{pid}/oom_score_adj").read_text())


def progress_threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "training progress"]


async def test_closing_ends_a_worker_that_has_not_told_its_pid(job: TrainingJob) -> None:
    """Else the bot's own exit waits until it has imported torch."""
    process = TrainingProcess(job, lambda stamped: None)
    (worker,) = multiprocessing.active_children()
    assert process.pid is None
    process.close()
    assert await exit_code(worker) == -signal.SIGKILL
    with pytest.raises(BrokenProcessPool):
        await asyncio.wait_for(asyncio.wrap_future(process.future), WAIT_S)
    for thread in progress_threads():
        thread.join(WAIT_S)
    assert progress_threads() == []


async def test_a_worker_ends_with_its_result(job: TrainingJob) -> None:
    process = TrainingProcess(job, lambda stamped: None)
    (worker,) = multiprocessing.active_children()
    end = await asyncio.wait_for(asyncio.wrap_future(process.future), WAIT_S)
    assert isinstance(end, Aborted)
    assert end.reason == "unusable_data"
    assert process.pid == worker.pid
    process.close()
    assert await exit_code(worker) in (0, -signal.SIGKILL)


@pytest.mark.parametrize(("number", "was_killed"), [(signal.SIGKILL, True), (signal.SIGTERM, False)])
async def test_a_worker_ended_by_the_system_is_told_from_one_that_ended_otherwise(
    job: TrainingJob, number: signal.Signals, was_killed: bool
) -> None:
    process = TrainingProcess(job, lambda stamped: None)
    os.kill(await told(process), number)
    with pytest.raises(BrokenProcessPool):
        await asyncio.wait_for(asyncio.wrap_future(process.future), WAIT_S)
    assert await asyncio.to_thread(process.was_killed) is was_killed
    process.close()


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="a file of Linux")
async def test_where_memory_ends_the_system_takes_the_training_first(job: TrainingJob) -> None:
    process = TrainingProcess(job, lambda stamped: None)
    assert oom_score_adj(await told(process)) > oom_score_adj(os.getpid())
    process.close()
