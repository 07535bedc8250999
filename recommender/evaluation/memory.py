"""How much memory a training takes beyond what was there before."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

SAMPLE_INTERVAL_S = 0.01
STATM = Path("/proc/self/statm")
PAGE_BYTES = 4096


def resident_mb() -> float:
    """Resident memory of this process in 10⁶ bytes; 0 on a system that does not say."""
    try:
        return int(STATM.read_text().split()[1]) * PAGE_BYTES / 1e6
    except OSError:
        return 0.0


class PeakMemory:
    """Samples the resident memory while the block runs; `peak_mb` is its greatest rise."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._before = 0.0
        self._done = threading.Event()
        self._sampler = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Self:
        self._before = resident_mb()
        self._sampler.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._sampler.join()

    def _sample(self) -> None:
        while True:
            self.peak_mb = max(self.peak_mb, resident_mb() - self._before)
            if self._done.wait(SAMPLE_INTERVAL_S):
                return
