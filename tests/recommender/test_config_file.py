"""Configurations in files: what is left out is the default, what makes no sense is named."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from recommender import TrainingConfig
from recommender.config import RankingConfig
from recommender.config_file import config_of, read_config, write_config
from recommender.errors import ConfigFileError, UnknownConfigError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "found.json"


CONFIGS = [
    TrainingConfig(),
    TrainingConfig.fast(),
    TrainingConfig.notebook(),
    TrainingConfig.popularity(),
    replace(TrainingConfig(), seed=0, ranking=RankingConfig(damping=7.25, popularity=0.0)),
]


@pytest.mark.parametrize("config", CONFIGS)
def test_what_is_written_is_read_again(path: Path, config: TrainingConfig) -> None:
    write_config(path, config, {"dataset": "ml-1m", "trials": 3})
    assert read_config(path) == config
    assert json.loads(path.read_text("utf-8"))["about"] == {"dataset": "ml-1m", "trials": 3}


def test_what_is_left_out_is_the_default(path: Path) -> None:
    path.write_text('{"ranking": {"damping": 30, "rerank": false}}', "utf-8")
    assert read_config(path) == TrainingConfig(ranking=RankingConfig(damping=30.0, rerank=False))
    path.write_text("{}", "utf-8")
    assert read_config(path) == TrainingConfig()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"speed": 1}, "it has no “speed”, only kind, seed, "),
        ({"ranking": {"dimension": 3}}, "ranking has no “dimension”, only dimensions, "),
        ({"ranking": 3}, "“ranking” must be an object, not 3"),
        ({"ranking": None}, "“ranking” must be an object, not null"),
        ({"kind": "magic"}, "“kind” must be 'factors', 'notebook' or 'popularity', not \"magic\""),
        ({"kind": ["factors"]}, "“kind” must be 'factors', 'notebook' or 'popularity', not [\"factors\"]"),
        ({"ranking": {"dimensions": "many"}}, '“ranking.dimensions” must be a valid integer, not "many"'),
        ({"ranking": {"dimensions": 2.5}}, "“ranking.dimensions” must be a valid integer, not 2.5"),
        ({"ranking": {"dimensions": 0}}, "“ranking.dimensions” must be greater than 0, not 0"),
        ({"ranking": {"dimensions": True}}, "“ranking.dimensions” must be a valid integer, not true"),
        ({"ranking": {"damping": -1}}, "“ranking.damping” must be greater than 0, not -1"),
        ({"ranking": {"popularity": float("nan")}}, "“ranking.popularity” must be a finite number, not NaN"),
        ({"ranking": {"liked_at": float("inf")}}, "“ranking.liked_at” must be a finite number, not Infinity"),
        ({"ranking": {"rerank": 1}}, "“ranking.rerank” must be a valid boolean, not 1"),
        ({"seed": 10**12}, "“seed” must be less than or equal to 2147483647, not 1000000000000"),
        ({"validation_share": 1}, "“validation_share” must be less than 1, not 1"),
        ([], "it is not a JSON object"),
    ],
)
def test_what_makes_no_sense_is_named(path: Path, values: Any, reason: str) -> None:
    path.write_text(json.dumps(values), "utf-8")
    with pytest.raises(ConfigFileError) as caught:
        read_config(path)
    assert caught.value.path == path
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe"])
def test_what_is_no_json_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ConfigFileError, match="it is not JSON"):
        read_config(path)


def test_a_file_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigFileError, match="no such file"):
        read_config(tmp_path / "nothing.json")
    with pytest.raises(ConfigFileError, match="no such file"):
        write_config(tmp_path / "nowhere" / "found.json", TrainingConfig(), {})
    with pytest.raises(ConfigFileError):
        read_config(tmp_path)


@pytest.mark.parametrize(
    ("name", "config"), [*zip(["default", "fast", "notebook", "popularity"], CONFIGS[:4], strict=True)]
)
def test_configurations_have_names(name: str, config: TrainingConfig) -> None:
    assert config_of(name) == config


def test_a_configuration_is_a_name_or_a_file(path: Path) -> None:
    write_config(path, TrainingConfig(seed=3), {})
    assert config_of(str(path)) == TrainingConfig(seed=3)
    other = path.rename(path.with_name("found"))
    assert config_of(str(other)) == TrainingConfig(seed=3)
    with pytest.raises(UnknownConfigError, match="'magic' is none of default, fast, notebook, popularity"):
        config_of("magic")
    with pytest.raises(ConfigFileError):
        config_of("magic.json")
