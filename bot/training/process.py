"""The process a training runs in: one spawned worker, its progress through a pipe, its end by event or by pid."""

import asyncio
import contextlib
import contextvars
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Literal

from bot.training.job import TrainingJob, TrainingReport, run
from bot.training.worker import Worker, start
from data.errors import DataError
from recommender import NonFiniteLossError, Progress, RecommenderError, TrainingCancelled

CANCEL_GRACE_S = 5.0


@dataclass(frozen=True, slots=True)
class Stamped:
    """A progress report and the worker's own monotonic time in seconds."""

    progress: Progress
    at_s: float


@dataclass(frozen=True, slots=True)
class Aborted:
    """A training that came to no report; a value, since exceptions with data do not survive the way back."""

    reason: Literal["cancelled", "non_finite_loss", "unusable_data"]
    detail: str


def _train(job: TrainingJob) -> TrainingReport | Aborted:
    def report(progress: Progress) -> bool:
        Worker.pipe.send(Stamped(progress, time.monotonic()))
        return not Worker.cancel.is_set()

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
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=start, initargs=(writer, self._cancel))
        self.future: Future[TrainingReport | Aborted] = self._pool.submit(_train, job)
        (self._worker,) = self._pool._processes.values()  # it can be ended before it has told anything
        writer.close()
        self._thread = threading.Thread(target=self._read, name="training progress", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        # EOFError: the worker has ended. RuntimeError: the loop has.
        with self._reader, contextlib.suppress(EOFError, OSError, RuntimeError):
            self.pid = self._reader.recv()
            while True:
                stamped = self._reader.recv()
                self._loop.call_soon_threadsafe(self._on_progress, stamped, context=self._context)

    def cancel(self) -> None:
        """Ask the training to stop, and end its process if it has not within a few seconds."""
        self._cancel.set()
        self._loop.call_later(CANCEL_GRACE_S, self.kill)

    def kill(self) -> None:
        """End the worker at once, whatever it does; the future then fails with BrokenProcessPool."""
        self._worker.kill()

    def was_killed(self) -> bool:
        """Whether a broken worker was ended by SIGKILL, as the system does for lack of memory; waits for its end."""
        self._pool.shutdown()
        return self._worker.exitcode == -getattr(signal, "SIGKILL", 9)

    def close(self) -> None:
        """End the worker and give its memory back. At its own exit Python waits for a worker, so none is left."""
        self._worker.kill()
        self._pool.shutdown(wait=False, cancel_futures=True)
