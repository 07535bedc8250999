"""Which of two models serves the same people better: differences user by user, with their standard error."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from recommender.vocabulary import FloatArray

BY_USER = "ndcg_by_user"
"""In a protocol's figures: NDCG@10 [users], or [users, profile sizes] with NaN where a user has no positive left."""


def compared(rows: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Figures by model, the users' own NDCG replaced by "compared": its difference from the first model's."""
    measured = [name for name, figures in rows.items() if BY_USER in figures]
    found = {name: {key: value for key, value in figures.items() if key != BY_USER} for name, figures in rows.items()}
    for name in measured[1:]:
        difference = rows[name][BY_USER] - rows[measured[0]][BY_USER]
        if len(difference) > 1:
            sizes = [size for size in rows[name]["ndcg@10"] if size != "mean"] if difference.ndim == 2 else None
            found[name]["compared"] = {"with": measured[0], **_paired(difference, sizes)}
    return found


def _paired(difference: FloatArray, sizes: list[str] | None) -> dict[str, Any]:
    if sizes is None:
        mean, error = _mean_and_error(difference)
        return {"difference": mean, "standard_error": error}
    columns = dict(zip(sizes, difference.T, strict=True))
    some = [column for size, column in columns.items() if size != "0"]
    if some:
        columns["mean"] = _over_sizes(np.stack(some, axis=1))
    pairs = {size: _mean_and_error(column) for size, column in columns.items()}
    return {
        "difference": {size: mean for size, (mean, _) in pairs.items()},
        "standard_error": {size: error for size, (_, error) in pairs.items()},
    }


def _over_sizes(difference: FloatArray) -> FloatArray:
    """[users] each user's share in the mean over the sizes of [users, sizes]: their mean is the mean of the means."""
    share = np.isfinite(difference).mean(axis=0)  # a size counts alike however few users have a positive left
    return np.asarray((np.nan_to_num(difference) / share).mean(axis=1))


def _mean_and_error(values: FloatArray) -> tuple[float, float]:
    values = values[np.isfinite(values)]
    if len(values) < 2:
        return 0.0, 0.0
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))
