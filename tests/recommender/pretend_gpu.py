"""A GPU for machines without one: tensors that say they are on `cuda`, and keep their numbers on the processor.

As on a real one, operations on tensors of both devices, and numpy's look at one, are refused. How fast, and how
exactly a GPU computes, it does not tell.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map

GPU = torch.device("cuda", 0)

INDEXING = ("index", "index_put", "index_put_", "_index_put_impl_")
"""Operations whose indices, after the first tensor, may be on the processor."""

MOVING = ("_to_copy", "copy_", "_local_scalar_dense")


class OnGpu(torch.Tensor):
    """`kept` is the same tensor on the processor."""

    kept: torch.Tensor

    @staticmethod
    def __new__(cls, kept: torch.Tensor) -> "OnGpu":
        made = torch.Tensor._make_wrapper_subclass(
            cls, kept.size(), strides=kept.stride(), dtype=kept.dtype, device=GPU, requires_grad=kept.requires_grad
        )
        made.kept = kept
        return made

    def __repr__(self) -> str:  # type: ignore[override]
        return f"OnGpu({self.kept})"

    # The next ones are here since torch's own want to make the GPU its current device first.

    def __getitem__(self, key: Any) -> "OnGpu":
        return OnGpu(self.kept[tree_map(lambda one: one.kept if isinstance(one, OnGpu) else one, key)])

    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(value, torch.Tensor) and value.dim() and not isinstance(value, OnGpu):
            raise RuntimeError("assigning from the processor")
        key, value = tree_map(lambda one: one.kept if isinstance(one, OnGpu) else one, (key, value))
        self.kept[key] = value

    def contiguous(self) -> "OnGpu":  # type: ignore[override]
        return OnGpu(self.kept.contiguous())

    def new_tensor(self, data: Any) -> "OnGpu":  # type: ignore[override]
        return OnGpu(self.kept.new_tensor(data))

    def copy_(self, other: torch.Tensor) -> "OnGpu":  # type: ignore[override]
        self.kept.copy_(other.kept if isinstance(other, OnGpu) else other)
        return self

    def __float__(self) -> float:
        return float(self.kept)

    def __int__(self) -> int:
        return int(self.kept)

    def __bool__(self) -> bool:
        return bool(self.kept)

    @classmethod
    def __torch_dispatch__(cls, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return computed(operation, args, kwargs or {})


class Machine(TorchDispatchMode):
    """Also sees operations without any tensor on the GPU, such as making one."""

    def __torch_dispatch__(self, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return computed(operation, args, kwargs or {})


def computed(operation: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    name = operation.overloadpacket.__name__
    tensors = [one for one in tree_flatten((args, kwargs))[0] if isinstance(one, torch.Tensor)]
    is_gpu = any(isinstance(one, OnGpu) for one in (tensors[:1] if name in INDEXING else tensors))
    if name not in MOVING:
        for one in tensors:
            is_free = one.dim() == 0 or name in INDEXING  # numbers go along, and indices to a GPU
            if isinstance(one, OnGpu) != is_gpu and not (is_gpu and is_free):
                raise RuntimeError(f"{operation} of tensors on both devices")
    device = kwargs.get("device")
    on_gpu = is_gpu if device is None else torch.device(device).type == "cuda"
    kept = {key: torch.device("cpu") if key == "device" and value else value for key, value in kwargs.items()}
    args, kept = tree_map(lambda one: one.kept if isinstance(one, OnGpu) else one, (args, kept))
    result = operation(*args, **kept)
    if name == "copy_" or (name.endswith("_") and not name.startswith("_")) or name == "_index_put_impl_":
        return tensors[0]  # in place
    wrap = on_gpu and name != "_local_scalar_dense"
    return tree_map(lambda one: OnGpu(one) if wrap and isinstance(one, torch.Tensor) else one, result)


@contextmanager
def pretended_gpu() -> Iterator[torch.device]:
    """Within, there is a GPU."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch.cuda, "_lazy_init", lambda: None)
        with Machine():
            yield GPU
