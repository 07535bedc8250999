"""The services over a real store, the small data set and a trained model; no Discord."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.services.household import Household
from bot.services.retraining import wait_directly
from bot.settings import Settings
from bot.ui.plots import loss_plot


def settings_for(data_dir: Path, films: Path) -> Settings:
    return Settings(_env_file=None, data_dir=data_dir, dataset=str(films), retrain_every=None)  # type: ignore[call-arg]


@pytest_asyncio.fixture
async def house(films: Path, trained: Path, tmp_path: Path) -> AsyncIterator[Household]:
    shutil.copytree(trained, tmp_path / "data")
    opened = await Household.open(settings_for(tmp_path / "data", films), plot=loss_plot, wait=wait_directly)
    yield opened
    await opened.close()
