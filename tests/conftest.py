"""Fixtures every floor shares."""

from pathlib import Path

import pytest

ML_LATEST_SMALL = Path(__file__).parents[2] / "shared" / "datasets" / "ml-latest-small.zip"


@pytest.fixture(scope="session")
def ml_latest_small() -> Path:
    """The real archive, where it stands beside the checkout (its licence keeps it out of the repository)."""
    if not ML_LATEST_SMALL.exists():
        pytest.skip("ml-latest-small.zip is not beside this checkout")
    return ML_LATEST_SMALL
