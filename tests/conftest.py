"""Fixtures every floor shares."""

import os
from pathlib import Path

import pytest

# The tests run in as many processes as there are cores. Threads beside them would wait for each other, spinning.
# Set before numpy and torch are imported, and handed down to the processes that tests start.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

ML_LATEST_SMALL = Path(__file__).parents[2] / "shared" / "datasets" / "ml-latest-small.zip"


@pytest.fixture(scope="session")
def ml_latest_small() -> Path:
    """The real archive, where it stands beside the checkout (its licence keeps it out of the repository)."""
    if not ML_LATEST_SMALL.exists():
        pytest.skip("ml-latest-small.zip is not beside this checkout")
    return ML_LATEST_SMALL
