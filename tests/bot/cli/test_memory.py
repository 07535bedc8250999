"""What the process that serves does not hold: threads of its own for arithmetic, and memory it has given up."""

import subprocess
import sys

import pytest

PROBE = """
import os
from pathlib import Path

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.pop(name, None)
{spare}
import numpy as np

np.ones((300, 300)) @ np.ones((300, 300))
threads = len(os.listdir("/proc/self/task"))
import pyarrow as pa

bytearray(8_000_000)  # after this glibc would keep blocks of its size
before = resident_mb()
blocks, between = [], []
for _ in range(10):
    blocks.append(bytearray(b"x") * 8_000_000)
    between.append(bytearray(50_000))
blocks.clear()
kept_mb = resident_mb() - before
print(threads, pa.default_memory_pool().backend_name, round(kept_mb))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_is_freed_goes_back_and_arithmetic_has_one_thread() -> None:
    threads, pool, kept_mb = probe("from bot.cli.memory import spare_memory; spare_memory()")
    assert (threads, pool) == ("1", "system")
    assert int(kept_mb) < 20  # of 80


def probe(spare: str) -> list[str]:
    program = PROBE.format(spare=spare)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    return ended.stdout.split()
