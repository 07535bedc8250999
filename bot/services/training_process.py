"""The process a training runs in: one spawned worker, its progress through a pipe, its end by event or by pid."""

import asyncio
import contextlib
import contextvars
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Literal

from bot.services.training_job import TrainingJob, TrainingReport, run
from data.errors import DataError
from recommender import NonFiniteLossError, Progress, RecommenderError, TrainingCancelled

CANCEL_GRACE_S = 5.0
NICENESS = 10


@dataclass(frozen=True, slots=True)
class Stamped:
    """A progress report and the worker's own monotonic time in seconds."""

    progress: Progress
    at_s: float


class _Worker:
    """What the worker process holds; filled by `_start`, read by `_train`."""

    pipe: Connection
    cancel: Event


def _start(pipe: Connection, cancel: Event) -> None:
    """Runs first in the worker: lower its priority, leave Ctrl-C to the parent, tell the pid."""
    import torch

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
    _Worker.pipe, _Worker.cancel = pipe, cancel
    try:
        pipe.send(os.getpid())
    except OSError:  # the bot has ended meanwhile, and so does its worker
        os._exit(0)


@dataclass(frozen=True, slots=True)
class Aborted:
    """A training that came to no report; a value, since exceptions with data do not survive the way back."""

    reason: Literal["cancelled", "non_finite_loss", "unusable_data"]
    detail: str


def _train(job: TrainingJob) -> TrainingReport | Aborted:
    def report(progress: Progress) -> bool:
        _Worker.pipe.send(Stamped(progress, time.monotonic()))
        return not _Worker.cancel.is_set()

    try:
        return run(job, report)
    except TrainingCancelled as error:
        return Aborted("cancelled", str(error))
    except NonFiniteLossError as error:
        return Aborted("non_finite_loss", str(error))
    except (RecommenderError, DataError) as error:
        return Aborted("unusable_data", str(error))


class TrainingProcess:
    """One training in a process of its own. Start it on the event loop; `close` it when the future is done."""

    def __init__(self, job: TrainingJob, on_progress: Callable[[Stamped], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self._reader, writer = context.Pipe(duplex=False)
        self._cancel = context.Event()
        self.pid: int | None = None
        """Of the worker, once it has told."""
        self._on_progress = on_progress
        self._loop = asyncio.get_running_loop()
        # Callbacks from the reader's thread run in the context of whoever started the training.
        self._context = contextvars.copy_context()
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_start, initargs=(writer, self._cancel))
        self.future: Future[TrainingReport | Aborted] = self._pool.submit(_train, job)
        writer.close()
        self._thread = threading.Thread(target=self._read, name="training progress", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        # EOFError: the worker has ended. The others: closed under our hands, or the loop is gone.
        with contextlib.suppress(EOFError, OSError, RuntimeError, TypeError):
            self.pid = self._reader.recv()
            while True:
                stamped = self._reader.recv()
                self._loop.call_soon_threadsafe(self._on_progress, stamped, context=self._context)

    def cancel(self) -> None:
        """Ask the training to stop, and end its process if it has not within a few seconds."""
        self._cancel.set()
        self._loop.call_later(CANCEL_GRACE_S, self.kill)

    def kill(self) -> None:
        """End the worker at once; the future then fails with BrokenProcessPool.

        One that has not told its pid yet ends by itself when it tries to, since nobody reads any more.
        """
        self._cancel.set()
        if self.pid is not None and not self.future.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)

    def close(self) -> None:
        """Give the memory back; does not wait for the worker's last breath."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._reader.close()
