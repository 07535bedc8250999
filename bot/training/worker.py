"""The first thing a training process does. It imports little, so that it watches its parent before torch has come."""

import contextlib
import os
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from bot.spawned import serve_parent


class Worker:
    """What the worker process holds; filled by `start`, read by the training."""

    pipe: Connection
    cancel: Event


def start(pipe: Connection, cancel: Event) -> None:
    """End with the parent, lower the priority, leave Ctrl-C to the parent, tell the pid."""
    serve_parent()
    Worker.pipe, Worker.cancel = pipe, cancel
    with contextlib.suppress(OSError):  # the bot has ended meanwhile, and so do we
        pipe.send(os.getpid())

    import torch

    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
