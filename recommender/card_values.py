"""What is read of a model's card. It stands outside of the checksum and may be edited, so nothing in it is trusted.

All raise ValueError, TypeError or KeyError where a value cannot be right.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from recommender.progress import Epoch

LARGEST = 1 << 53
"""No number in a card is larger; up to here floats are exact."""


def parse(content: bytes) -> dict[str, Any]:
    """The card as JSON, without numbers that nothing can be computed with; raises RecursionError too."""
    card = json.loads(content, parse_float=_finite, parse_int=_whole, parse_constant=_finite)
    if not isinstance(card, dict):
        raise ValueError("the card is not a JSON object")
    return card


def rating_range(card: Mapping[str, Any]) -> tuple[float, float]:
    low, high = card["rating_range"]
    if not (_is_number(low) and _is_number(high) and low <= high):
        raise ValueError(f"ratings from {low!r} to {high!r}")
    return float(low), float(high)


def counts(card: Mapping[str, Any]) -> dict[str, int]:
    """users, movies and ratings of the training."""
    found = {name: card["counts"][name] for name in ("users", "movies", "ratings")}
    for name, count in found.items():
        if type(count) is not int or count < 0:
            raise ValueError(f"{count!r} {name}")
    return found


def history(card: Mapping[str, Any]) -> tuple[Epoch, ...]:
    epochs = tuple(Epoch(**one) for one in card["history"])
    for one in epochs:
        known = (one.epoch, one.loss, one.seconds, 0.0 if one.val_loss is None else one.val_loss)
        if not all(map(_is_number, known)):
            raise ValueError(f"no epoch of a training: {one}")
    return epochs


def metrics(card: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers or None; "skipped" says in a word why there are none."""
    found = dict(card["metrics"])
    for name, value in found.items():
        if name != "skipped" and value is not None and not _is_number(value):
            raise ValueError(f"{name} is {value!r}")
    return found


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError(f"the number {text[:20]}")
    return value


def _whole(text: str) -> int:
    value = int(text)
    if abs(value) > LARGEST:
        raise ValueError(f"the number {text[:20]}")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
