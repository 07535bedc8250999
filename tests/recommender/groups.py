"""Processes of a test's own that train together, as those of torchrun do."""

import pickle
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import torch
import torch.multiprocessing

from recommender.together import Together, together

T = TypeVar("T")


def in_group(
    size: int, job: Callable[[Together], T], folder: Path, *, join_timeout_s: float = 60.0, absent: int = 0
) -> list[T | Exception]:
    """What `job`, a function of a module, returns or raises in each process; the last `absent` ones never come."""
    folder.mkdir(parents=True, exist_ok=True)
    arguments = (size, job, folder, join_timeout_s)
    torch.multiprocessing.spawn(_work, arguments, nprocs=size - absent)
    return [pickle.loads((folder / str(rank)).read_bytes()) for rank in range(size - absent)]


def threads_left(folder: Path, rank: int) -> list[str]:
    """The threads of torch.distributed that were alive in a process of `in_group` when it had left the group."""
    return (folder / f"{rank}-threads").read_text().split()


def _work(rank: int, size: int, job: Callable[[Together], Any], folder: Path, join_timeout_s: float) -> None:
    torch.set_num_threads(1)
    meeting = f"file://{folder / 'meeting'}"
    try:
        with together(rank, size, init_method=meeting, join_timeout_s=join_timeout_s, step_timeout_s=60.0) as processes:
            ended = job(processes)
    except Exception as error:
        traceback.print_exc()
        ended = error
    names = [(task / "comm").read_text().strip() for task in Path("/proc/self/task").glob("*")]
    (folder / f"{rank}-threads").write_text("\n".join(name for name in names if "gloo" in name))
    (folder / str(rank)).write_bytes(pickle.dumps(ended))
