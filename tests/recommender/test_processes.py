"""Sums over processes, and how a group ends when one of its processes does not come, or goes."""

import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import numpy as np
import pytest
import torch

from recommender.errors import DeviceMissingError, ProcessLostError, ProcessMissingError
from recommender.processes import ALONE, Processes
from recommender.together import Together, device_named, together
from tests.recommender.groups import in_group, threads_left

SIZE = 3


@dataclass
class Said:
    """What one process was told."""

    sums: list[torch.Tensor]
    joined: list[np.ndarray]
    agreed: torch.Tensor
    totals: list[float]
    count: int
    place: slice


def ask(processes: Processes) -> Said:
    """Every question; each process has other numbers, and the second nothing to join."""
    rank = processes.rank
    transposed = torch.arange(6.0).view(2, 3).T.contiguous().T * (rank + 1)  # not contiguous
    sums = [transposed, torch.full((2,), float(rank)), torch.zeros(0)]
    processes.sum(*sums)
    rows = 0 if rank == 1 else rank + 1
    return Said(
        sums=sums,
        joined=[
            processes.joined(np.full((rows, 2), rank, dtype=np.int32)),
            processes.joined(np.full(rows, rank == 2)),
            processes.joined(np.empty(0)),
        ],
        agreed=processes.agreed(torch.tensor([1.0, 2.0]) + rank),
        totals=processes.totals(0.1 * rank, 1e9 + rank),
        count=processes.count(rank + 5),
        place=processes.place(rows),
    )


def leave_early(processes: Together) -> str:
    if processes.rank == 1:
        raise ValueError("the disk is full")
    processes.count(1)
    processes.count(1)
    return "never"


def interrupted(processes: Together) -> None:
    """The first process waits for a sum that the second has no part in."""
    if processes.rank == 1:
        time.sleep(3)
        return

    def lost(number: int, frame: FrameType | None) -> None:
        raise ProcessLostError(2)

    signal.signal(signal.SIGALRM, lost)
    signal.alarm(1)
    processes.count(1)


def test_all_are_told_the_same_of_everybody(tmp_path: Path) -> None:
    told = in_group(SIZE, ask, tmp_path)
    for rank, said in enumerate(told):
        assert isinstance(said, Said)
        assert said.sums[0].tolist() == (torch.arange(6.0).view(2, 3) * 6).tolist()
        assert said.sums[1].tolist() == [3.0, 3.0]
        assert said.sums[2].shape == (0,)
        assert said.joined[0].tolist() == [[0, 0], [2, 2], [2, 2], [2, 2]]
        assert said.joined[0].dtype == np.int32
        assert said.joined[1].tolist() == [False, True, True, True]
        assert said.joined[2].shape == (0,)
        assert said.agreed.tolist() == [1.0, 2.0]
        assert said.totals == pytest.approx([0.3, 3e9 + 3], rel=1e-15)
        assert said.count == 18
        assert said.place == (slice(0, 1), slice(1, 1), slice(1, 4))[rank]


def test_alone_what_is_ones_own_is_everybodys() -> None:
    said = ask(ALONE)
    assert said.sums[1].tolist() == [0.0, 0.0]
    assert said.joined[0].tolist() == [[0, 0]]
    assert (said.count, said.place) == (5, slice(0, 1))


def test_when_one_ends_the_others_end_with_a_sentence(tmp_path: Path) -> None:
    first, second = in_group(2, leave_early, tmp_path)
    assert isinstance(second, ValueError)
    assert isinstance(first, ProcessLostError)
    assert first.size == 2


def test_who_came_and_ended_before_all_were_connected_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("Connection closed by peer")

    monkeypatch.setattr("torch.distributed.new_group", broken)
    with pytest.raises(ProcessLostError), together(0, 1, init_method=f"file://{tmp_path / 'meeting'}"):
        pass
    assert not torch.distributed.is_initialized()


def test_a_process_that_never_comes_is_not_waited_for_forever(tmp_path: Path) -> None:
    (alone,) = in_group(2, ask, tmp_path, join_timeout_s=2.0, absent=1)
    assert isinstance(alone, ProcessMissingError)
    assert (alone.size, alone.timeout_s) == (2, 2.0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("job", [ask, leave_early])
def test_no_thread_of_a_group_outlives_it(job: Callable[[Together], object], tmp_path: Path) -> None:
    """One that is alive when the interpreter ends aborts the process now and then: pytorch#190489."""
    in_group(2, job, tmp_path)
    assert [threads_left(tmp_path, rank) for rank in range(2)] == [[], []]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_no_thread_outlives_a_group_that_is_left_in_the_middle_of_a_sum(tmp_path: Path) -> None:
    """As by torchrun's SIGTERM, whose handler raises within torch."""
    first, _ = in_group(2, interrupted, tmp_path)
    assert isinstance(first, ProcessLostError)
    assert threads_left(tmp_path, 0) == []


def test_devices_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert device_named("cpu", 5) == torch.device("cpu")
    assert device_named("cuda") == device_named("auto") == torch.device("cuda", 0)
    assert device_named("cuda", 1) == torch.device("cuda", 1)
    with pytest.raises(DeviceMissingError) as more:
        device_named("auto", 2)
    assert (more.value.wanted, more.value.seen) == (3, 2)
    with pytest.raises(DeviceMissingError):
        device_named("abacus")


def test_without_a_gpu_auto_is_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert device_named("auto", 3) == torch.device("cpu")
    with pytest.raises(DeviceMissingError) as missing:
        device_named("cuda")
    assert (missing.value.wanted, missing.value.seen) == (1, 0)
