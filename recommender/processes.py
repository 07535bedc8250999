"""Where a training computes: on which device, and with which other processes.

Users are shared out among the processes, each holding all ratings of its own; films are known to all. Whatever is said
of a film is a sum over users, so a training computes the sum over its own and asks here for everybody's. Alone, these
are the same, and nothing is done. Alone no torch is needed either, so that the popularity model can be made without it;
`recommender.together` is for several.

Every method but `tensor` is collective: all processes must call it, in the same order.
"""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import torch
    from torch import Tensor as Tensor

    Device = torch.device | str

CPU = "cpu"

Number = TypeVar("Number", bound=np.generic)


class Processes(ABC):
    """The processes of one training, seen from one of them, and the device it computes on."""

    rank: int
    size: int
    device: "Device"

    @abstractmethod
    def sum(self, *values: "Tensor | npt.NDArray[Any]") -> None:
        """Replace each by its sum over the processes; those given together should have one type."""

    @abstractmethod
    def joined(self, array: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """[…] the rows of all processes, one's after another's. They may have different numbers of rows."""

    @abstractmethod
    def agreed(self, tensor: "Tensor") -> "Tensor":
        """The first process's, where machines may differ in the last digit, or in a sign."""

    def tensor(self, array: npt.NDArray[Any]) -> "Tensor":
        """The array on this process's device."""
        import torch

        return torch.from_numpy(array).to(self.device)

    def totals(self, *numbers: float) -> list[float]:
        """The sum of each over the processes, in double precision."""
        values = np.array(numbers, dtype=np.float64)
        self.sum(values)
        return [float(one) for one in values]

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

    def __init__(self, device: "Device" = CPU) -> None:
        self.device = device

    def sum(self, *values: "Tensor | npt.NDArray[Any]") -> None:
        pass

    def joined(self, array: npt.NDArray[Number]) -> npt.NDArray[Number]:
        return array

    def agreed(self, tensor: "Tensor") -> "Tensor":
        return tensor


ALONE = Alone()
