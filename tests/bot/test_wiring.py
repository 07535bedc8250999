"""How the services are put together from the settings."""

from pathlib import Path

import pytest

from bot.chat.plots import loss_plot
from bot.errors import SettingError
from bot.waiting import wait_directly
from bot.wiring import Services
from recommender import TrainingConfig
from recommender.config_file import write_config
from recommender.errors import ConfigFileError
from tests.bot.conftest import settings_for


async def config_with(data_dir: Path, films: Path, given: str) -> TrainingConfig:
    settings = settings_for(data_dir, films).model_copy(update={"retrain_config": given})
    services = await Services.open(settings, plot=loss_plot, wait=wait_directly)
    try:
        return services.training.config
    finally:
        await services.close()


async def test_a_training_in_the_bot_trains_what_is_set(films: Path, tmp_path: Path) -> None:
    found = tmp_path / "found.json"
    write_config(found, TrainingConfig(seed=9), {})
    data_dir = tmp_path / "data"
    assert await config_with(data_dir, films, "default") == TrainingConfig()
    assert await config_with(data_dir, films, "fast") == TrainingConfig.fast()
    assert await config_with(data_dir, films, str(found)) == TrainingConfig(seed=9)


async def test_what_is_no_configuration_is_said_before_anything_is_opened(films: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="RETRAIN_CONFIG"):
        await config_with(tmp_path / "data", films, "magic")
    with pytest.raises(ConfigFileError):
        await config_with(tmp_path / "data", films, str(tmp_path / "nothing.json"))
    assert not (tmp_path / "data").exists()
