import pickle
from dataclasses import replace
from typing import Any

import pytest

from recommender import TrainingConfig
from recommender.config import NetworkConfig, RankingConfig

CONFIGS = [
    TrainingConfig(),
    TrainingConfig.notebook(),
    TrainingConfig.popularity(),
    replace(TrainingConfig(), seed=7, network=NetworkConfig(epochs=1)),
]


@pytest.mark.parametrize("config", CONFIGS)
def test_a_configuration_survives_json_and_pickle(config: TrainingConfig) -> None:
    assert TrainingConfig.from_dict(config.to_dict()) == config
    assert pickle.loads(pickle.dumps(config)) == config


def test_the_three_configurations_differ() -> None:
    assert len({config.kind for config in CONFIGS[:3]}) == 3


@pytest.mark.parametrize(
    "values", [{"kind": "magic"}, {"validation_share": 1.0}, {"no_such_field": 1}, {"ranking": {"nothing": 1}}]
)
def test_what_is_no_configuration_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        TrainingConfig.from_dict(values)


def test_the_notebook_is_as_it_was_meant() -> None:
    network = TrainingConfig.notebook().network
    assert (network.dimensions, network.batch, network.learning_rate, network.epochs) == (64, 64, 0.005, 5)
    assert (network.adam_epsilon, network.weight_penalty) == (1e-7, 1e-6)
    assert TrainingConfig.notebook().validation_share == 0.1


def test_large_catalogues_keep_fewer_directions() -> None:
    config = RankingConfig(dimensions=384, cells=10_000)
    assert [config.most_dimensions(movies) for movies in (0, 10, 26, 100, 10**6)] == [384, 384, 384, 100, 1]
