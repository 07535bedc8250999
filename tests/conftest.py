"""Fixtures that all tests share."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from data import Catalogue, Dataset

# The tests run in as many processes as there are cores. Threads beside them would wait for each other, spinning.
# Set before numpy and torch are imported, and handed down to the processes that tests start.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

# Hypothesis would fail a test of which an example, or making one, takes long on a busy machine. The same commit has the
# same examples, so that a run is green or red for what was changed; `make search` looks for others.
_ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", _ANY_SPEED, derandomize=True)
settings.register_profile("search", _ANY_SPEED, max_examples=2_000, print_blob=True)
settings.load_profile("repeatable")

# Thousands of data folders are made and removed, which takes a disk longer than many a test.
_MEMORY = Path("/dev/shm")
if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 4 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: a full collection need not visit them each time."""
    gc.collect()
    gc.freeze()


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


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the newest schema with nothing in it, to be copied: making one takes longer than most tests do."""
    from data.store import Store

    path = tmp_path_factory.mktemp("empty") / "marquee.db"

    async def make() -> None:
        await (await Store.open(path)).close()

    asyncio.run(make())
    return path


if find_spec("torch") is None:
    # Where torch is missing, what trains is left out: tests and modules that import it, and tests marked `training`,
    # whose training imports it in another process. Serving cannot hide here: `test_imports.py` and
    # `bot/test_without_torch.py` look at what it imports in processes of their own.
    NO_TORCH = "trains, and this Python has no torch"

    class _TorchSkips:
        @staticmethod
        def find_spec(name: str, path: object = None, target: object = None) -> None:
            if name == "torch":
                pytest.skip(NO_TORCH, allow_module_level=True)

    sys.meta_path.append(_TorchSkips)

    def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
        for item in items:
            if item.get_closest_marker("training"):
                item.add_marker(pytest.mark.skip(NO_TORCH))
