"""Sparing memory and threads of the process that serves: its defaults are those of one that computes all day."""

import contextlib
import ctypes
import gc
import os

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""Of glibc's malloc.h."""

LARGE_BYTES = 1 << 20
"""Blocks of this size go back to the system as soon as they are freed, such as what loading a model leaves."""

ARENAS = 2
"""Heaps that all threads share; by default every thread keeps what it has freed in one of its own."""


def spare_memory() -> None:
    """Call it before numpy and pyarrow are loaded; the environment's own settings stay."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # lists are small; the other cores are for a training
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # the others keep what was freed
    with contextlib.suppress(OSError, TypeError, AttributeError):  # not glibc
        libc = ctypes.CDLL(None)
        libc.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        libc.mallopt(M_ARENA_MAX, ARENAS)


def freeze_what_stays() -> None:
    """Call it once all is loaded: catalogue, data set and modules stay as long as the bot.

    A full collection need not visit them again, which would stop the event loop for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
