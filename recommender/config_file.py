"""A configuration by its name, or as a JSON file that people may write by hand: what that leaves out is the default.

The key "about" is for whoever reads the file, such as how the values were found; nothing is made of it.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from recommender.config import TrainingConfig
from recommender.errors import ConfigFileError, UnknownConfigError

NAMED: Mapping[str, Callable[[], TrainingConfig]] = {
    "default": TrainingConfig,
    "fast": TrainingConfig.fast,
    "notebook": TrainingConfig.notebook,
    "popularity": TrainingConfig.popularity,
}

ABOUT = "about"

MOST_WHOLE = 2**31 - 1
MAY_BE_ZERO = {
    "seed",
    "validation_share",
    "min_support",
    "activity",
    "liked_at",
    "popularity",
    "least_weight",
    "weight_penalty",
}
"""Numbers that make sense as 0; no number makes sense below."""


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
    try:
        if not isinstance(values, dict):
            raise ValueError("it is not a JSON object")
        values.pop(ABOUT, None)
        _check(values, TrainingConfig, "it")
        return TrainingConfig.from_dict(values)
    except ValueError as error:
        raise ConfigFileError(path, str(error)) from error


def write_config(path: Path, config: TrainingConfig, about: Mapping[str, Any]) -> None:
    """What `read_config` reads; raises ConfigFileError where it cannot be written."""
    text = json.dumps({**config.to_dict(), ABOUT: about}, indent=1, ensure_ascii=False)
    try:
        path.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise ConfigFileError(path, (error.strerror or str(error)).lower()) from error


def _check(values: Mapping[str, Any], kind: Any, where: str) -> None:
    """Raises ValueError that names the first field that is wrong."""
    known = get_type_hints(kind)
    for name, value in values.items():
        if name not in known:
            raise ValueError(f"{where} has no “{name}”, only {', '.join(field.name for field in fields(kind))}")
        if not is_dataclass(known[name]):
            _check_value(name if where == "it" else f"{where}.{name}", value, known[name])
        elif isinstance(value, dict):
            _check(value, known[name], name)
        else:
            raise ValueError(f"“{name}” must be an object, not {json.dumps(value)}")


def _check_value(name: str, value: Any, hint: Any) -> None:
    least = "at least 0" if name.rpartition(".")[2] in MAY_BE_ZERO else "above 0"
    if hint is bool:
        is_right, expected = isinstance(value, bool), "true or false"
    elif hint is int:
        is_right, expected = _is_number(value, int, least), f"a whole number {least}"
    elif hint is float:
        is_right, expected = _is_number(value, int | float, least), f"a number {least}"
    else:
        is_right, expected = value in get_args(hint), f"one of {', '.join(get_args(hint))}"
    if not is_right:
        raise ValueError(f"“{name}” must be {expected}, not {json.dumps(value, ensure_ascii=False)}")


def _is_number(value: Any, kind: Any, least: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, kind) or not math.isfinite(value) or value > MOST_WHOLE:
        return False
    return bool(value >= 0 if least == "at least 0" else value > 0)
