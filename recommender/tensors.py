"""Parameters as named tensors: how a model's parts are written into one flat file, and checked when read."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from recommender.vocabulary import FloatArray

Tensors = Mapping[str, FloatArray]

NUMBER = ()
"""The shape of a plain number, which is kept as a tensor of one."""


def named(parameters: object, names: Iterable[str]) -> dict[str, FloatArray]:
    """The arrays and numbers that an object has under these names."""
    return {name: np.atleast_1d(getattr(parameters, name)) for name in names}


def checked(tensors: Tensors, **shapes: tuple[int, ...]) -> dict[str, Any]:
    """All of these, numbers as float.

    Raises KeyError for a missing one, and ValueError for one too many or of another shape.
    """
    if unknown := sorted(tensors.keys() - shapes.keys()):
        raise ValueError(f"unknown tensors {', '.join(unknown)}")
    for name, shape in shapes.items():
        if tensors[name].shape != (shape or (1,)):
            raise ValueError(f"{name} has the shape {tensors[name].shape}, not {shape or (1,)}")
    return {name: tensors[name] if shape else float(tensors[name][0]) for name, shape in shapes.items()}


def prefixed(prefix: str, tensors: Tensors) -> dict[str, FloatArray]:
    return {prefix + name: tensor for name, tensor in tensors.items()}


def under(prefix: str, tensors: Tensors) -> dict[str, FloatArray]:
    """Those whose names begin so, under the rest of their names."""
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}
