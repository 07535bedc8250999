"""All that a catalogue says of films, as columns of numbers that a linear map can read."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from recommender.item_features import item_features
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary

NUMBERS: Mapping[str, bool] = {"runtime_min": False, "source_mean": False, "source_votes": True}
"""Columns of numbers, and whether their logarithm is meant."""

CURVED = ("source_mean", "source_votes")
"""Of these the squares and the product are features too, and of a logarithm the cube: a film is not twice as well known
for twice the logarithm, neither among the little known ones nor among the best known."""

LABELS: Mapping[str, int] = {"languages": 20, "countries": 20, "directors": 100, "cast": 100}
"""Columns of labels joined by |, and how many of the most frequent labels count."""

LEAST_FILMS = 5
"""Films with a label, among those that are learned from, without which it says nothing."""

FAR = 3.0
"""Standard deviations after which a number is as far as can be."""


def film_features(movies: pd.DataFrame | None, vocabulary: Vocabulary, known: IndexArray) -> FloatArray:
    """[movies, f] genres, years, and whatever else there is; of what is not known, what films have on average.

    The most frequent labels, and the spread of numbers, are those of the `known` films, which are learned from.
    """
    blocks: list[FloatArray] = [item_features(movies, vocabulary).astype(np.float64)]
    if movies is not None:
        rows = movies.drop_duplicates("movie_id").set_index("movie_id").reindex(vocabulary.ids)
        blocks += [_numbers(rows, known)]
        blocks += [_labels(rows[name], most, known) for name, most in LABELS.items() if name in rows]
    return np.concatenate(blocks, axis=1)


def _numbers(rows: pd.DataFrame, known: IndexArray) -> FloatArray:
    """[movies, n] standardised numbers, the curves of some, and whether each is known at all."""
    columns: dict[str, FloatArray] = {}
    for name, is_logarithm in NUMBERS.items():
        if name not in rows:
            continue
        values = pd.to_numeric(rows[name], errors="coerce").to_numpy(np.float64, na_value=np.nan, copy=True)
        values[~np.isfinite(values) | (values < 0)] = np.nan
        if is_logarithm:
            values = np.log1p(values)
        is_given = np.isfinite(values)
        learned = values[known][is_given[known]]
        if len(learned) < LEAST_FILMS or not learned.std():
            continue
        standard = np.clip((values - learned.mean()) / learned.std(), -FAR, FAR)
        columns[name] = np.where(is_given, standard, 0.0)
        columns[f"has {name}"] = is_given.astype(np.float64)
        if is_logarithm:
            columns[f"cube of {name}"] = columns[name] ** 3
    curved = [columns[name] for name in CURVED if name in columns]
    columns |= {f"square {k}": np.square(one) for k, one in enumerate(curved)}
    if len(curved) == 2:
        columns["product"] = curved[0] * curved[1]
    return np.stack(list(columns.values()), axis=1) if columns else np.zeros((len(rows), 0))


def _labels(column: "pd.Series[str]", most: int, known: IndexArray) -> FloatArray:
    """[movies, labels] 0 or 1."""
    each = column.fillna("").astype(str).str.split("|").explode()
    each = each.set_axis(np.repeat(np.arange(len(column)), column.fillna("").astype(str).str.count(r"\|") + 1))
    each = each[each != ""]
    counts = each[each.index.isin(known)].value_counts()
    counts = counts[counts >= LEAST_FILMS].sort_index().sort_values(ascending=False, kind="stable")
    frequent = sorted(counts.index[:most])
    flags = np.zeros((len(column), len(frequent)))
    each = each[each.isin(frequent)]
    flags[each.index.to_numpy(np.int64), np.searchsorted(frequent, each.to_numpy(str))] = 1.0
    return flags
