"""Where a training computes: on which device, and with which other processes.

Users are shared out among the processes, each holding all ratings of its own; films are known to all. Whatever is said
of a film is a sum over users, so a training computes the sum over its own and asks here for everybody's. Alone, these
are the same, and nothing is done.

Every method but `tensor` is collective: all processes must call it, in the same order.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import torch
import torch.distributed as dist
from torch import Tensor

from recommender.errors import DeviceMissingError, ProcessLostError, ProcessMissingError

JOIN_TIMEOUT_S = 120.0
"""How long a process waits for the others to come."""

STEP_TIMEOUT_S = 1800.0
"""How long it waits for the others within the training: for those with more to do, until one must be hanging."""

CPU = torch.device("cpu")

Number = TypeVar("Number", bound=np.generic)


class Processes(ABC):
    """The processes of one training, seen from one of them, and the device it computes on."""

    rank: int
    size: int
    device: torch.device

    @abstractmethod
    def sum(self, *tensors: Tensor) -> None:
        """Replace each tensor by its sum over the processes; those given together should have one type."""

    @abstractmethod
    def joined(self, array: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """[…] the rows of all processes, one's after another's. They may have different numbers of rows."""

    @abstractmethod
    def agreed(self, tensor: Tensor) -> Tensor:
        """The first process's, where machines may differ in the last digit, or in a sign."""

    def tensor(self, array: npt.NDArray[Any]) -> Tensor:
        """The array on this process's device."""
        return torch.from_numpy(array).to(self.device)

    def totals(self, *numbers: float) -> list[float]:
        """The sum of each over the processes, in double precision."""
        values = torch.tensor(numbers, dtype=torch.float64)
        self.sum(values)
        return values.tolist()

    def count(self, number: int) -> int:
        """The sum over the processes."""
        return round(self.totals(number)[0])

    def place(self, number: int) -> slice:
        """Where this process's things stand when it has so many and all are joined."""
        numbers = self.joined(np.array([number]))
        begin = int(numbers[: self.rank].sum())
        return slice(begin, begin + number)


class Alone(Processes):
    """One process that holds everything."""

    rank, size = 0, 1

    def __init__(self, device: torch.device = CPU) -> None:
        self.device = device

    def sum(self, *tensors: Tensor) -> None:
        pass

    def joined(self, array: npt.NDArray[Number]) -> npt.NDArray[Number]:
        return array

    def agreed(self, tensor: Tensor) -> Tensor:
        return tensor


ALONE = Alone()


class Together(Processes):
    """The processes of a torch.distributed group. `sent_bytes` is what this one has put into sums and joins."""

    def __init__(self, group: dist.ProcessGroup, device: torch.device = CPU) -> None:
        self.rank, self.size = dist.get_rank(group), dist.get_world_size(group)
        self.device = device
        self.sent_bytes = 0
        self._group = group
        self._wire = device if dist.get_backend(group) == "nccl" else CPU

    def sum(self, *tensors: Tensor) -> None:
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
        everybodys = self._gathered(torch.from_numpy(padded)[None]).numpy()
        return np.concatenate([rows[:length] for rows, length in zip(everybodys, lengths.tolist(), strict=True)])

    def agreed(self, tensor: Tensor) -> Tensor:
        message = tensor.contiguous().to(self._wire)
        with self._failures():
            dist.broadcast(message, group_src=0, group=self._group)
        return message.to(tensor.device)

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

    Raises ProcessMissingError where some never come; within, ProcessLostError where one ends or hangs.
    """
    backend = "nccl" if device.type == "cuda" else "gloo"
    if device.type == "cuda":
        torch.cuda.set_device(device)
    try:
        dist.init_process_group(
            backend, init_method=init_method, rank=rank, world_size=size, timeout=timedelta(seconds=join_timeout_s)
        )
        group = dist.new_group(timeout=timedelta(seconds=step_timeout_s))
    except (RuntimeError, ValueError) as error:
        raise ProcessMissingError(size, join_timeout_s) from error
    try:
        yield Together(group, device)
    finally:
        dist.destroy_process_group()


def device_named(name: str, place: int = 0) -> torch.device:
    """`cpu`, `cuda`, or `auto`: cuda where torch sees a GPU. `place` is the process's on its own machine.

    Raises DeviceMissingError where torch does not see so many GPUs, and for any other name.
    """
    seen = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if name == "cpu" or (name == "auto" and not seen):
        return CPU
    if name not in ("cuda", "auto") or place >= seen:
        raise DeviceMissingError(name, place + 1, seen)
    return torch.device("cuda", place)
