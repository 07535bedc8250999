"""Whether the measure of `match` tells who is alike: users of the data set whom the model was not trained on.

Two questions: does half of somebody's ratings match the other half of them better than a stranger's, and does the match
of two users foretell how far they agree on films whose stars it has not seen?
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from rich.table import Table

from benchmarks.timing import scratch, table
from data import Catalogue, load_dataset
from recommender import Recommender, TrainingConfig, matching, train
from recommender.matching import Match, match

USERS, LEAST_RATINGS, SEED = 100, 40, 7
"""Users kept out of the training, who have rated so many films at least."""
STRANGERS = 20
"""Whom each half is compared with."""
PAIRS, LEAST_COMMON = 20_000, 20
SEEN = ((0, 0), (1, 3), (5, 8), (10, 15), (20, 50))
"""Films in common that a match may see, from and to."""
MEASURES: Mapping[str, Callable[[Match], float]] = {
    "predicted stars alone": lambda found: found.predicted,
    "common films alone": lambda found: found.observed,
    "both, as served": lambda found: found.similarity,
}

Ratings = dict[int, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """`agreement` are correlations of the match with the agreement to come, by measure and number of films seen."""

    users: int
    auc: float
    same: float
    strangers: float
    pairs: Mapping[tuple[int, int], int]
    agreement: Mapping[str, Mapping[tuple[int, int], float]]


def measure(dataset: str, model: Recommender | None = None) -> Measured:
    """Train without the users who are compared, on one thread; `model` is one that was."""
    torch.set_num_threads(1)
    with scratch() as folder:
        loaded = load_dataset(dataset, folder)
        movies, ratings = Catalogue.from_dataset(loaded).frame(), loaded.load_ratings()
    random = np.random.default_rng(SEED)
    counts = ratings["user_id"].value_counts()
    eligible = np.sort(counts.index[counts >= LEAST_RATINGS].to_numpy())
    kept_out = random.choice(eligible, min(USERS, len(eligible) // 2), replace=False)
    model = model or train(ratings[~ratings["user_id"].isin(kept_out)], movies, config=TrainingConfig())
    people = [
        dict(zip(rows["movie_id"].tolist(), rows["rating"].tolist(), strict=True))
        for _, rows in ratings[ratings["user_id"].isin(kept_out)].groupby("user_id")
    ]
    same, strangers = _halves(model, people, random)
    pairs, agreement = _agreement(model, people, random)
    return Measured(
        len(people), _auc(same, strangers), float(np.mean(same)), float(np.mean(strangers)), pairs, agreement
    )


def _halves(model: Recommender, people: list[Ratings], random: np.random.Generator) -> tuple[list[float], list[float]]:
    """Similarities of the two halves of each, and of halves of different people."""
    halves = [_parted(one, random.permutation(list(one)).tolist(), len(one) // 2) for one in people]
    same = [match(model, first, second).similarity for first, second in halves]
    strangers = [
        match(model, first, halves[other][1]).similarity
        for place, (first, _) in enumerate(halves)
        for other in random.choice(np.delete(np.arange(len(halves)), place), STRANGERS, replace=False)
    ]
    return same, strangers


def _agreement(
    model: Recommender, people: list[Ratings], random: np.random.Generator
) -> tuple[dict[tuple[int, int], int], dict[str, dict[tuple[int, int], float]]]:
    """Half of what two have in common is to come; of the other half the match sees some."""
    to_come: dict[tuple[int, int], list[float]] = {seen: [] for seen in SEEN}
    found: dict[tuple[int, int], list[Match]] = {seen: [] for seen in SEEN}
    for _ in range(PAIRS):
        one, other = (people[place] for place in random.choice(len(people), 2, replace=False))
        common = random.permutation(sorted(one.keys() & other.keys())).tolist()
        seen = SEEN[random.integers(len(SEEN))]
        films = int(random.integers(seen[0], min(seen[1], len(common) // 2) + 1)) if len(common) // 2 >= seen[0] else 0
        if len(common) < LEAST_COMMON or films < seen[0]:
            continue
        unseen = set(common[films:])
        first, second = ({k: v for k, v in person.items() if k not in unseen} for person in (one, other))
        to_come[seen].append(matching.observed(model, one, other, model.known(common[len(common) // 2 :])))
        found[seen].append(match(model, first, second))
    correlations = {
        name: {seen: _correlation([told(one) for one in found[seen]], to_come[seen]) for seen in SEEN}
        for name, told in MEASURES.items()
    }
    return {seen: len(values) for seen, values in to_come.items()}, correlations


def _parted(ratings: Ratings, order: list[int], first: int) -> tuple[Ratings, Ratings]:
    return {one: ratings[one] for one in order[:first]}, {one: ratings[one] for one in order[first:]}


def _auc(positive: list[float], negative: list[float]) -> float:
    """The chance that a match with oneself is higher than one with a stranger (Mann–Whitney)."""
    higher = np.array(positive)[:, None] - np.array(negative)[None, :]
    return float((higher > 0).mean() + 0.5 * (higher == 0).mean())


def _correlation(first: list[float], second: list[float]) -> float:
    if len(first) < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def report(measured: Measured) -> Table:
    columns = [f"{low} seen" if low == high else f"{low}–{high} seen" for low, high in SEEN]
    shown = table("Correlation of a match with the agreement to come, by films in common seen", "measure", *columns)
    for name, by_seen in measured.agreement.items():
        shown.add_row(name, *(f"{by_seen[seen]:.2f}" for seen in SEEN))
    shown.add_row("pairs", *(str(measured.pairs[seen]) for seen in SEEN))
    shown.caption = (
        f"Halves of {measured.users} users: AUC {measured.auc:.3f}, similarity {measured.same:.2f} with oneself, "
        f"{measured.strangers:.2f} with strangers"
    )
    return shown
