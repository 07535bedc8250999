"""A configuration by its name, or as a JSON file that people may write by hand: what that leaves out is the default.

The key "about" is for whoever reads the file, such as how the values were found; nothing is made of it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from recommender.config import TrainingConfig
from recommender.errors import ConfigFileError, UnknownConfigError

NAMED: Mapping[str, Callable[[], TrainingConfig]] = {
    "default": TrainingConfig,
    "fast": TrainingConfig.fast,
    "notebook": TrainingConfig.notebook,
    "popularity": TrainingConfig.popularity,
}

ABOUT = "about"


def config_of(text: str) -> TrainingConfig:
    """A configuration by its name or its file; raises UnknownConfigError, or ConfigFileError for a file."""
    if text in NAMED:
        return NAMED[text]()
    path = Path(text)
    if path.suffix.lower() != ".json" and not path.is_file():
        raise UnknownConfigError(text, tuple(NAMED))
    return read_config(path)


def read_config(path: Path) -> TrainingConfig:
    """Raises ConfigFileError for a file that cannot be read, an unknown name, or a value that makes no sense."""
    try:
        values = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigFileError(path, (error.strerror or str(error)).lower()) from error
    except ValueError as error:  # not UTF-8, or not JSON
        raise ConfigFileError(path, f"it is not JSON ({error})") from error
    if not isinstance(values, dict):
        raise ConfigFileError(path, "it is not a JSON object")
    values.pop(ABOUT, None)
    try:
        return TypeAdapter(TrainingConfig).validate_json(json.dumps(values))
    except ValidationError as error:
        raise ConfigFileError(path, _sentence(error.errors()[0])) from error


def write_config(path: Path, config: TrainingConfig, about: Mapping[str, Any]) -> None:
    """What `read_config` reads; raises ConfigFileError where it cannot be written."""
    text = json.dumps({**config.to_dict(), ABOUT: about}, indent=1, ensure_ascii=False)
    try:
        path.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise ConfigFileError(path, (error.strerror or str(error)).lower()) from error


def _sentence(error: ErrorDetails) -> str:
    """Which field is wrong, what was expected, and what was given."""
    *section, name = map(str, error["loc"])
    if error["type"] == "unexpected_keyword_argument":
        owner = getattr(TrainingConfig(), section[0]) if section else TrainingConfig()
        return f"{' '.join(section) or 'it'} has no “{name}”, only {', '.join(field.name for field in fields(owner))}"
    expected = "an object" if error["type"] == "dataclass_type" else error["msg"].removeprefix("Input should be ")
    given = json.dumps(error["input"], ensure_ascii=False)
    return f"“{'.'.join([*section, name])}” must be {expected}, not {given}"
