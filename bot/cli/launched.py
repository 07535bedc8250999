"""Processes that torchrun has started, which train one model together."""

import contextlib
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from bot.training.job import TrainingJob
    from data import Dataset
    from recommender.processes import Processes

DeviceName = Literal["cpu", "cuda", "auto"]

NEEDED = ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")
"""What a launcher sets in the environment of its processes."""

LAST_WORDS_S = 5.0
"""A process that leaves the word to the first one waits so long: torchrun ends all as soon as one has ended."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Launch:
    """This process among those that were launched; `local_rank` counts those of this machine."""

    processes: "Processes"
    local_rank: int = 0

    @property
    def is_first(self) -> bool:
        """Whether it is the one that talks, reads the chat ratings and writes the model."""
        return self.processes.rank == 0

    def first_on_each_machine(self, load: Callable[[], T]) -> T:
        """Load what the machine's processes share (a download, a cache) in one of them, then in the others."""
        if self.local_rank == 0:
            loaded = load()
            self.processes.count(0)  # all wait here
            return loaded
        self.processes.count(0)
        return load()


@contextlib.contextmanager
def launched(device: DeviceName) -> Iterator[Launch]:
    """The processes of torchrun's environment; outside of one, this process alone.

    An error that all processes meet alike is told by the first one only; the others end quietly with exit code 1.
    Raises DeviceMissingError, ProcessMissingError, and within ProcessLostError.
    """
    from recommender.errors import ProcessLostError
    from recommender.processes import Alone
    from recommender.together import device_named, together

    local_rank = int(os.environ.get("LOCAL_RANK", "0"))
    if not all(name in os.environ for name in NEEDED):
        yield Launch(Alone(device_named(device)))
        return
    rank, size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])

    def ended(number: int, frame: FrameType | None) -> None:  # torchrun's way to say that another one has ended
        raise ProcessLostError(size)

    signal.signal(signal.SIGTERM, ended)
    try:
        with together(rank, size, device_named(device, local_rank)) as processes:
            yield Launch(processes, local_rank)
    except Exception as error:
        if not _is_told_elsewhere(error, rank):
            raise
        if not isinstance(error, ProcessLostError):
            time.sleep(LAST_WORDS_S)
        sys.exit(1)


def share_job(job: "TrainingJob", processes: "Processes") -> None:
    """In the first process: tell the others what to train on. `help_training` is their part."""
    import numpy as np

    current = None if job.current is None else job.current.to_dict()
    order = {"config": job.config.to_dict(), "current": current, "force": job.force}
    films = b"" if job.movies is None else job.movies.read_bytes()
    for content in (json.dumps(order).encode(), job.snapshot.read_bytes(), films):
        processes.joined(np.frombuffer(content, dtype=np.uint8))


def help_training(dataset: "Dataset", processes: "Processes") -> None:
    """In all other processes: train on their shares. The first one has the model in the end, and writes it."""
    import numpy as np

    from bot.training.job import TrainingJob, run
    from recommender import TrainingConfig

    order, ratings, films = (processes.joined(np.empty(0, dtype=np.uint8)).tobytes() for _ in range(3))
    wanted = json.loads(order)
    current = wanted["current"]
    with tempfile.TemporaryDirectory(prefix="marquee-") as folder:
        snapshot = Path(folder) / "snapshot.feather"
        snapshot.write_bytes(ratings)
        movies = Path(folder) / "movies.feather" if films else None
        if movies is not None:
            movies.write_bytes(films)
        job = TrainingJob(
            dataset=dataset.path,
            snapshot=snapshot,
            models=Path(folder),
            config=TrainingConfig.from_dict(wanted["config"]),
            current=None if current is None else TrainingConfig.from_dict(current),
            parent=None,
            force=wanted["force"],
            plot=lambda history: b"",
            movies=movies,
        )
        run(job, None, processes)


def _is_told_elsewhere(error: Exception, rank: int) -> bool:
    from recommender.errors import DeviceMissingError, RecommenderError

    if isinstance(error, DeviceMissingError):
        return error.wanted > error.seen + 1  # the first process of this machine that finds none tells
    return isinstance(error, RecommenderError) and rank > 0
