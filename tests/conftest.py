"""Fixtures every floor shares."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from data import Catalogue, Dataset

# The tests run in as many processes as there are cores. Threads beside them would wait for each other, spinning.
# Set before numpy and torch are imported, and handed down to the processes that tests start.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

ARCHIVE = "MARQUEE_TEST_ARCHIVE"
"""The environment variable that names a MovieLens archive to test with."""


@pytest.fixture(scope="session")
def real_dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Real MovieLens ratings: of the archive that was named, else of the packaged sample."""
    from data import load_dataset

    return load_dataset(os.environ.get(ARCHIVE, "sample"), tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="session")
def real_catalogue(real_dataset: Dataset) -> Catalogue:
    from data import Catalogue

    return Catalogue.from_dataset(real_dataset)
