"""A model on disk: tensors as safetensors, the rest as JSON. Nothing is unpickled, damage is found out."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load, save

from recommender import card_values
from recommender.errors import DamagedModelError, ModelNotFoundError
from recommender.model_card import card_text

FORMAT, READABLE = 6, (3, 4, 5, 6)
"""Raised when older readers could no longer read what is written; what has been written stays readable."""

TENSORS = "model.safetensors"
CARD = "card.json"
CARD_TEXT = "CARD.md"
"""The card in words. Nothing reads it back, so it may be edited or missing."""


def write(
    folder: Path, tensors: Mapping[str, npt.NDArray[Any]], card: Mapping[str, Any], extra: Mapping[str, Any]
) -> None:
    """Write all files through to the disk; raises ValueError if `extra` would hide a key of the card."""
    hidden = sorted({*card, "format", "sha256"} & set(extra))
    if hidden:
        raise ValueError(f"the card's own keys cannot be replaced: {', '.join(hidden)}")
    content = save({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()})
    whole = {"format": FORMAT, "sha256": hashlib.sha256(content).hexdigest(), **card, **extra}
    folder.mkdir(parents=True, exist_ok=True)
    _write_through(folder / TENSORS, content)
    _write_through(folder / CARD_TEXT, card_text(whole).encode())
    _write_through(folder / CARD, json.dumps(whole, indent=1, ensure_ascii=False).encode())


def read(folder: Path) -> tuple[dict[str, npt.NDArray[Any]], dict[str, Any]]:
    """The tensors and the card; raises DamagedModelError where they cannot be trusted."""
    card = read_card(folder)
    try:
        content = (folder / TENSORS).read_bytes()
    except OSError as error:
        raise DamagedModelError(folder, f"{type(error).__name__}: {error}") from error
    if card.get("format") not in READABLE:
        raise DamagedModelError(folder, f"format {card.get('format')!r}, this program reads {READABLE}")
    if card.get("sha256") != hashlib.sha256(content).hexdigest():
        raise DamagedModelError(folder, f"the checksum of {TENSORS} is not the card's")
    try:
        return load(content), card
    except SafetensorError as error:
        raise DamagedModelError(folder, str(error)) from error


def read_card(folder: Path) -> dict[str, Any]:
    """The card alone; raises DamagedModelError where it could be none, ModelNotFoundError where there are no files."""
    if not (folder / CARD).exists() and not (folder / TENSORS).exists():
        raise ModelNotFoundError(folder)
    try:
        return card_values.parse((folder / CARD).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise DamagedModelError(folder, f"{type(error).__name__}: {error}") from error


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
