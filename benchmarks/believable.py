"""What members notice first: reasons that share nothing with the film they explain, similar films that are chance."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import pandas as pd
import torch
from rich.table import Table

from benchmarks.timing import median, scratch, table
from data import Catalogue, load_dataset
from recommender import Recommender, TrainingConfig, train
from recommender.metadata import Metadata
from recommender.ranking import top_n
from recommender.reranker import CANDIDATES
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary

TOLD, MEMBERS, SERIES, SEED = 10, 500, 40, 7
"""Random ratings that a member tells, members, series, and the seed of all choices."""

FEW, RARE = (4, 9), 10
"""Ratings of the films whose neighbours are looked at; a neighbour with fewer is rare."""

QUARTER = 0.25
"""Share of the films from which on a genre tells little."""

KNOWN = 15
"""Ratings of well-known parts of series."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares in [0, 1]; `order_us` is what the order of parts adds to a list, microseconds."""

    reasons: int
    unrelated: float  # those without a common genre or series
    commonplace: float  # those with nothing in common but genres of a quarter of all films, and others besides
    disliked: float  # reasons rated below 3 on a scale to 5
    unexplained: float  # listed films without a reason
    common_genre: float  # neighbours of films with few ratings
    rare: float
    next_part: float  # series whose next part is among the ten
    other_parts: float  # pairs of well-known parts of one series: the second is among the ten of the first
    out_of_order: float  # lists that name a part before an earlier one
    order_us: float


def measure(dataset: str, config: TrainingConfig | None = None) -> Measured:
    """Train on all of the data set, on one thread."""
    torch.set_num_threads(1)
    with scratch() as folder:
        loaded = load_dataset(dataset, folder)
        movies, ratings = Catalogue.from_dataset(loaded).frame(), loaded.load_ratings()
    return look(train(ratings, movies, config=config or TrainingConfig()), ratings, movies)


def look(model: Recommender, ratings: pd.DataFrame, movies: pd.DataFrame) -> Measured:
    """Lists of random members and neighbours of all films with few ratings."""
    vocabulary = Vocabulary(model.movie_ids)
    metadata = Metadata.of(movies, vocabulary)
    support = np.array([model.support(movie_id) for movie_id in vocabulary.ids.tolist()])
    generator = np.random.default_rng(SEED)

    def similar(movie_idx: int) -> IndexArray:
        return vocabulary.indices(one.movie_id for one in model.similar(int(vocabulary.ids[movie_idx])))

    related, commonplace, stars, explained, ordered = [], [], [], [], []
    is_rare = metadata.genres.mean(axis=0) < QUARTER
    for profile in random_profiles(ratings, generator):
        listed = model.recommend(profile)
        idx = vocabulary.indices(one.movie_id for one in listed)
        ordered.append(_in_order(idx, metadata))
        for film, one in zip(idx, listed, strict=True):
            told = vocabulary.indices(reason.movie_id for reason in one.reasons)
            shared = np.minimum(metadata.genres[told], metadata.genres[film])
            is_part = (metadata.series[told] == metadata.series[film]) & (metadata.series[told] >= 0)
            is_same = (metadata.genres[told] == metadata.genres[film]).all(axis=1)
            related += (shared.any(axis=1) | is_part).tolist()
            commonplace += (~shared[:, is_rare].any(axis=1) & ~is_part & ~is_same).tolist()
            stars += [profile[reason.movie_id] for reason in one.reasons]
            explained.append(bool(one.reasons))
    common, rare = [], []
    for film in np.flatnonzero((support >= FEW[0]) & (support <= FEW[1]) & metadata.genres.any(axis=1)).tolist():
        near = similar(film)
        common += (metadata.genres[near] @ metadata.genres[film] > 0).tolist()
        rare += (support[near] < RARE).tolist()
    well_known = np.flatnonzero((support >= KNOWN) & (metadata.series >= 0)).tolist()
    pairs = [
        (film, after)
        for film in well_known
        for after in metadata.other_parts(film)[:1]
        if metadata.place[after] == metadata.place[film] + 1 and support[after] >= FEW[0]
    ]
    of_series = {metadata.series[film]: (film, after) for film, after in reversed(pairs)}
    chosen = generator.permutation(list(of_series.values()))[:SERIES]
    others = {film: np.intersect1d(metadata.other_parts(film), well_known) for film in well_known}
    return Measured(
        reasons=len(related),
        unrelated=1 - _share(related),
        commonplace=_share(commonplace),
        disliked=_share(star < 3 for star in stars),
        unexplained=1 - _share(explained),
        common_genre=_share(common),
        rare=_share(rare),
        next_part=_share(after in similar(film) for film, after in chosen),
        other_parts=_share(hit for film, parts in others.items() for hit in np.isin(parts, similar(film)).tolist()),
        out_of_order=1 - _share(ordered),
        order_us=_order_us(model, len(vocabulary)),
    )


def random_profiles(
    ratings: pd.DataFrame, generator: np.random.Generator, members: int = MEMBERS
) -> list[dict[int, float]]:
    """Random ratings of random people who gave at least three times as many."""
    people = [of for _, of in ratings.groupby("user_id") if len(of) >= 3 * TOLD]
    chosen = [people[one] for one in generator.permutation(len(people))[:members]]
    told = [of.iloc[generator.permutation(len(of))[:TOLD]] for of in chosen]
    return [dict(zip(of["movie_id"].tolist(), of["rating"].tolist(), strict=True)) for of in told]


def _in_order(listed: IndexArray, metadata: Metadata) -> bool:
    parts = listed[metadata.series[listed] >= 0]
    frame = pd.DataFrame({"series": metadata.series[parts], "place": metadata.place[parts]})
    return bool((frame.groupby("series")["place"].diff().fillna(1) > 0).all())


def _order_us(model: Recommender, movies: int) -> float:
    """Median time of putting the parts in order, of 1,000 times; the model's own, since nothing else shows it."""
    order = model._ranker.part_order
    if order is None:
        return 0.0
    scores: list[FloatArray] = list(np.random.default_rng(SEED).normal(size=(1_000, movies)).astype(np.float32))
    waits = []
    for one in scores:
        best = top_n(one, CANDIDATES)
        began = perf_counter()
        order.apply(one, best)
        waits.append(1e6 * (perf_counter() - began))
    return median(waits)


def _share(of: Iterable[bool]) -> float:
    return float(np.mean(list(of) or [False]))


def report(measured: Measured) -> Table:
    shown = table("What members notice", "what", "share")
    for what, share in (
        (f"reasons without a common genre or series, of {measured.reasons:,}", measured.unrelated),
        ("reasons that share genres of a quarter of all films alone, and have others", measured.commonplace),
        ("reasons rated below 3", measured.disliked),
        ("listed films without a reason", measured.unexplained),
        (f"films with {FEW[0]}–{FEW[1]} ratings: neighbours with a common genre", measured.common_genre),
        (f"films with {FEW[0]}–{FEW[1]} ratings: neighbours with under {RARE} ratings", measured.rare),
        (f"the next part among the ten similar ones, {SERIES} series", measured.next_part),
        (f"another part among them, of all pairs of parts with {KNOWN} ratings", measured.other_parts),
        ("lists that name a later part first", measured.out_of_order),
    ):
        shown.add_row(what, f"{share:.1%}")
    shown.caption = f"the order of parts takes {measured.order_us:.0f} µs of a list"
    return shown
