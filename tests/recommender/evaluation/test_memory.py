import numpy as np
import pytest

from recommender.evaluation.memory import PeakMemory, resident_mb


@pytest.mark.skipif(resident_mb() == 0.0, reason="this system does not say how much memory a process has")
def test_a_peak_is_seen_after_it_has_passed() -> None:
    with PeakMemory() as memory:
        for _ in range(5):
            np.ones(20_000_000).sum()  # 160 MB, gone at once
    assert 100 < memory.peak_mb < 400


def test_an_error_goes_through_and_the_sampler_ends() -> None:
    with pytest.raises(ZeroDivisionError), PeakMemory():
        _ = 1 / 0
