"""From a film's features to what a model keeps of it: ridge regression over the films that are known.

Gantner et al. 2010, "Learning attribute-to-feature mappings for cold-start recommendations". How strong the ridge is,
the errors of left-out films say, which have a closed form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.vocabulary import FloatArray, IndexArray

RIDGES: Sequence[float] = (1.0, 10.0, 100.0, 1e3, 1e6)
"""Films of the average that are added to the regression's own; of the last only the average is left."""


@dataclass(frozen=True, slots=True)
class AttributeMap:
    """The films that are `known`, with the weight of each, in the axes along which their features vary."""

    known: IndexArray  # [n]
    weight: FloatArray  # [n] sums to n
    axes: FloatArray  # [movies, f] features of all films along these axes, the known ones' mean at 0
    variance: FloatArray  # [f] summed over the known films

    @classmethod
    def of(cls, features: FloatArray, known: IndexArray, weight: FloatArray) -> Self:
        """Of features [movies, f] and weights [n] of the known films [n]."""
        weight = weight * (len(weight) / weight.sum())
        centred = features - weight @ features[known] / len(known)
        own = centred[known]
        variance, rotation = np.linalg.eigh(own.T @ (weight[:, None] * own))
        return cls(known, weight, centred @ rotation, np.maximum(variance, 0.0))

    def __call__(self, values: FloatArray, films: IndexArray) -> tuple[FloatArray, FloatArray]:
        """[films, d] what is expected of some films by the `values` [n, d] of the known ones, and the error [d].

        The error is the mean square of that of films that are left out.
        """
        mean = self.weight @ values / len(self.known)
        above = values - mean
        own = self.axes[self.known]
        moment = own.T @ (self.weight[:, None] * above)  # [f, d]
        best, least, error = moment, np.inf, np.zeros(values.shape[1])
        for ridge in RIDGES:
            slope = moment / (self.variance + ridge)[:, None]
            leverage = self.weight * (1 / len(self.known) + np.square(own) @ (1 / (self.variance + ridge)))
            left_out = (above - own @ slope) / np.maximum(1 - leverage, 0.1)[:, None]
            squares = self.weight @ np.square(left_out) / len(self.known)
            if squares.sum() < least:
                best, least, error = slope, squares.sum(), squares
        return mean + self.axes[films] @ best, error
