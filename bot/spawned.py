"""How a process that the bot has spawned behaves: it gives way to the bot, and ends with it."""

import contextlib
import multiprocessing
import os
import signal
import threading
from pathlib import Path

NICENESS = 10
SACRIFICE = "500"
"""Of at most 1,000: where memory ends, Linux ends this process and not the bot."""


def serve_parent() -> None:
    """End with the parent, lower the priority, leave Ctrl-C to the parent."""
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with contextlib.suppress(OSError):  # other systems than Linux have no such file
        Path("/proc/self/oom_score_adj").write_text(SACRIFICE)


def _end_with_parent() -> None:
    """However the parent ends, its end of a pipe is closed then."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
