"""The first thing a training process does. It imports little, so that it watches its parent before torch has come."""

import contextlib
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

NICENESS = 10
SACRIFICE = "500"
"""Of at most 1,000: where memory ends, Linux ends the training and not the bot."""


class Worker:
    """What the worker process holds; filled by `start`, read by the training."""

    pipe: Connection
    cancel: Event


def start(pipe: Connection, cancel: Event) -> None:
    """End with the parent, lower the priority, leave Ctrl-C to the parent, tell the pid."""
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with contextlib.suppress(OSError):  # other systems than Linux have no such file
        Path("/proc/self/oom_score_adj").write_text(SACRIFICE)
    Worker.pipe, Worker.cancel = pipe, cancel
    with contextlib.suppress(OSError):  # the bot has ended meanwhile, and so do we
        pipe.send(os.getpid())

    import torch

    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))


def _end_with_parent() -> None:
    """However the parent ends, its end of a pipe is closed then."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
