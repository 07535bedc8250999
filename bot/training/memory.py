"""How much memory this process took."""

import re
from pathlib import Path

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_mb() -> float | None:
    """The most resident memory it ever had, in 10⁶ bytes; None on a system that does not say.

    Not `ru_maxrss`: Linux counts there what the parent had when it started this process.
    """
    try:
        found = _PEAK.search(Path("/proc/self/status").read_text())
    except OSError:
        return None
    return None if found is None else int(found[1]) * 1024 / 1e6
