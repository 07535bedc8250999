"""Several processes that train one model: those of a torch.distributed group."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from traceback import clear_frames
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.distributed as dist
from torch import Tensor

from recommender.errors import DeviceMissingError, ProcessLostError, ProcessMissingError
from recommender.processes import Number, Processes

JOIN_TIMEOUT_S = 120.0
"""How long a process waits for the others to come."""

STEP_TIMEOUT_S = 1800.0
"""How long it waits for the others within the training: for those with more to do, until one must be hanging."""

CPU = torch.device("cpu")


class Together(Processes):
    """The processes of a torch.distributed group. `sent_bytes` is what this one has put into sums and joins."""

    def __init__(self, group: dist.ProcessGroup, device: torch.device = CPU) -> None:
        self.rank, self.size = dist.get_rank(group), dist.get_world_size(group)
        self.device = device
        self.sent_bytes = 0
        self._group: dist.ProcessGroup | None = group
        self._wire = device if dist.get_backend(group) == "nccl" else CPU

    def sum(self, *values: Tensor | npt.NDArray[Any]) -> None:
        tensors = [torch.from_numpy(one) if isinstance(one, np.ndarray) else one for one in values]
        message = torch.cat([one.detach().reshape(-1) for one in tensors]).to(self._wire)
        self._count(message)
        with self._failures():
            dist.all_reduce(message, group=self._group)
        for one, part in zip(tensors, torch.split(message, [one.numel() for one in tensors]), strict=True):
            one.copy_(part.view(one.shape))

    def joined(self, array: npt.NDArray[Number]) -> npt.NDArray[Number]:
        lengths = self._gathered(torch.tensor([len(array)]))
        longest = max(int(lengths.max()), 1)
        padded = np.zeros((longest, *array.shape[1:]), dtype=array.dtype)
        padded[: len(array)] = array
        gathered = self._gathered(torch.from_numpy(padded)[None]).numpy()
        return np.concatenate([rows[:length] for rows, length in zip(gathered, lengths.tolist(), strict=True)])

    def agreed(self, tensor: Tensor) -> Tensor:
        message = tensor.contiguous().to(self._wire)
        with self._failures():
            dist.broadcast(message, group_src=0, group=self._group)
        return message.to(tensor.device)

    def leave(self) -> None:
        """Let go of the group. Its threads end with the last reference to it; one that is alive when the interpreter
        ends aborts the process now and then."""
        self._group = None

    def _gathered(self, tensor: Tensor) -> Tensor:
        """[size, …] of tensors [1, …]."""
        message = tensor.to(self._wire)
        self._count(message)
        parts = [torch.empty_like(message) for _ in range(self.size)]
        with self._failures():
            dist.all_gather(parts, message, group=self._group)
        return torch.cat(parts).cpu()

    def _count(self, message: Tensor) -> None:
        self.sent_bytes += message.numel() * message.element_size()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except RuntimeError as error:  # whatever the backend says when somebody is gone
            raise ProcessLostError(self.size) from error


@contextmanager
def together(
    rank: int,
    size: int,
    device: torch.device = CPU,
    *,
    init_method: str = "env://",
    join_timeout_s: float = JOIN_TIMEOUT_S,
    step_timeout_s: float = STEP_TIMEOUT_S,
) -> Iterator[Together]:
    """Meet the other processes: over NCCL on GPUs, over Gloo elsewhere.

    Raises ProcessMissingError where some never come; then, and within, ProcessLostError where one ends or hangs.
    """
    backend = "nccl" if device.type == "cuda" else "gloo"
    if device.type == "cuda":
        torch.cuda.set_device(device)
    try:
        dist.init_process_group(
            backend, init_method=init_method, rank=rank, world_size=size, timeout=timedelta(seconds=join_timeout_s)
        )
        group = dist.new_group(timeout=timedelta(seconds=step_timeout_s))
        processes = Together(group, device)
        del group
    except (RuntimeError, ValueError) as error:
        if not dist.is_initialized():
            raise ProcessMissingError(size, join_timeout_s) from error
        # All had come, and one was gone before each was connected with each.
        _clear(error)
        dist.destroy_process_group()
        raise ProcessLostError(size) from error
    try:
        yield processes
    except BaseException as error:
        _clear(error)
        raise
    finally:
        processes.leave()
        dist.destroy_process_group()


def _clear(error: BaseException | None) -> None:
    """Let the frames that an error has come through forget the group."""
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def device_named(name: str, place: int = 0) -> torch.device:
    """`cpu`, `cuda`, or `auto`: cuda where torch sees a GPU. `place` is the process's on its own machine.

    Raises DeviceMissingError where torch does not see so many GPUs, and for any other name.
    """
    available = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if name == "cpu" or (name == "auto" and not available):
        return CPU
    if name not in ("cuda", "auto") or place >= available:
        raise DeviceMissingError(name, place + 1, available)
    return torch.device("cuda", place)
