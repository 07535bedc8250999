"""Fifty sock puppets that give one film five stars: how far it moves in a server's top list and in others' lists.

500 users of a data set are the honest members; each came on some evening of the last year and rated what they rated
in MovieLens, as an import does or the first evenings do. A puppet rates the target 5 and, where it has other ratings,
`FILLERS` films drawn by popularity at their mean with the noise of a person: the "average attack" (Lam & Riedl 2004).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import torch
from rich.table import Table

from bot.servers.votes import HERD, Tally, tally
from bot.settings import load_settings
from bot.training.snapshot import fair
from data import Catalogue, Dataset, load_dataset
from recommender import TrainingConfig, train

MEMBERS, PUPPETS, FILLERS = 500, 50, 30
RANKS = (5, 20, 100)
FIRST_PUPPET = 10**9
YEAR_S, DAY_S, NOW_S = 365 * 86_400, 86_400, 1_795_000_000
SEEDS = range(3)
TEN, ASKED = 10, 200
"""Places of a list that are seen, and members whose lists are looked at."""

COLUMNS = ["user_id", "movie_id", "rating", "timestamp"]
SPREADS_S = {"one evening": 3 * 3_600, "a week": 7 * DAY_S, "a month": 30 * DAY_S, "half a year": YEAR_S // 2}


@dataclass(frozen=True, slots=True)
class Case:
    """`fillers` other ratings of each puppet, given within `spread`."""

    fillers: int
    spread: str


LISTED_CASES = (Case(0, "one evening"), Case(FILLERS, "a month"), Case(FILLERS, "half a year"))
CASES = tuple(Case(fillers, spread) for spread in SPREADS_S for fillers in (0, FILLERS))


@dataclass(frozen=True, slots=True)
class Moved:
    """How many ranks the target moved, by our rule and by the plain Bayesian mean; and what a training gets to see.

    `taught` are ratings of the puppets that are trained on, `lost` those of honest members that no longer are.
    """

    case: Case
    before: int
    ours: int
    plain: int
    taught: int
    lost: int


def honest(ratings: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """500 members; a member's evenings keep their distances, brought into one year."""
    users = random.choice(ratings["user_id"].unique(), MEMBERS, replace=False)
    found = ratings[ratings["user_id"].isin(users)].copy()
    first = found.groupby("user_id")["timestamp"].transform("min")
    since = (found["timestamp"] - first).clip(upper=YEAR_S // 4)
    came = dict(zip(users, NOW_S - YEAR_S + random.integers(0, YEAR_S * 3 // 4, MEMBERS), strict=True))
    found["timestamp"] = found["user_id"].map(came).astype(np.int64) + since
    return found[COLUMNS]


def puppets(members: pd.DataFrame, movie_id: int, case: Case, random: np.random.Generator) -> pd.DataFrame:
    """Fifty accounts that only look like members."""
    by_film = members.groupby("movie_id")["rating"].agg(["size", "mean"])
    chance = (by_film["size"] / by_film["size"].sum()).to_numpy()
    rows: list[tuple[int, int, float, int]] = []
    for user_id in range(FIRST_PUPPET, FIRST_PUPPET + PUPPETS):
        at = int(NOW_S - SPREADS_S[case.spread] * random.random())
        rows.append((user_id, movie_id, 5.0, at))
        chosen = random.choice(len(by_film), case.fillers, replace=False, p=chance)
        for film in chosen.tolist():
            if int(by_film.index[film]) != movie_id:
                stars = by_film["mean"].iloc[film] + 0.9 * random.standard_normal()
                rows.append((user_id, int(by_film.index[film]), float(np.clip(round(2 * stars) / 2, 0.5, 5)), at))
    return pd.DataFrame(rows, columns=COLUMNS)


def counts(frame: pd.DataFrame) -> Tally:
    columns = (frame[one].to_numpy() for one in COLUMNS)
    user, movie_id, stars, rated_at = columns
    return tally(user, movie_id, stars.astype(np.float32), rated_at)


def ranking(found: Tally) -> list[int]:
    from bot.boards.service import order

    rows = order(found, "films", np.ones(len(found.movie_ids), dtype=np.bool_))
    return [int(one) for one in found.movie_ids[rows]]


def plain(frame: pd.DataFrame, min_votes: int) -> list[int]:
    """The Bayesian mean of all votes."""
    films = frame.groupby("movie_id")["rating"].agg(["size", "sum"])
    films = films[films["size"] >= min_votes]
    score = (films["sum"] + min_votes * frame["rating"].mean()) / (films["size"] + min_votes)
    return [int(one) for one in score.sort_values(ascending=False, kind="stable").index]


def moves(ratings: pd.DataFrame, seed: int) -> Iterator[Moved]:
    random = np.random.default_rng(seed)
    members = honest(ratings, random)
    found = counts(members)
    before, before_plain = ranking(found), plain(members, found.min_votes)
    trained = len(fair(members))
    for case in CASES:
        for rank in RANKS:
            target = before[rank - 1]
            after = pd.concat([members, puppets(members, target, case, random)], ignore_index=True)
            ours = ranking(counts(after)).index(target) + 1
            there = plain(after, found.min_votes).index(target) - before_plain.index(target)
            is_puppet = fair(after)["user_id"] >= FIRST_PUPPET
            taught = int(is_puppet.sum())
            yield Moved(case, rank, ours - rank, there, taught, trained - (len(is_puppet) - taught))


def agreement(ratings: pd.DataFrame, seed: int) -> tuple[float, float]:
    """Rank correlation (Spearman) of an honest board with the plain one, and the share of votes that count."""
    members = honest(ratings, np.random.default_rng(seed))
    found = counts(members)
    ours, other = ranking(found), plain(members, found.min_votes)
    both = sorted(set(ours) & set(other))
    ranks = pd.DataFrame({"ours": [ours.index(one) for one in both], "plain": [other.index(one) for one in both]})
    return float(ranks.corr("spearman").to_numpy()[0, 1]), float(found.count.sum() / len(members))


@dataclass(frozen=True, slots=True)
class Listed:
    """By how many places the target rose in the lists of members who have not rated it: median and most.

    Of a model that learned from the puppets, too; `control` is one that learned from as many other honest people
    instead, `unfiltered` one that learned from all that the puppets said.
    """

    name: str
    median: float
    most: int
    into_ten: int


def lists(dataset: Dataset, seed: int) -> list[Listed]:
    """What puppets do to other people's lists by way of a training; the members are no users of its data set."""
    random = np.random.default_rng(seed)
    ratings, movies = dataset.load_ratings(), Catalogue.from_dataset(dataset).frame()
    members = honest(ratings, random)
    others = ratings[~ratings["user_id"].isin(members["user_id"])][COLUMNS]
    target = ranking(counts(members))[RANKS[-1] - 1]
    ids = random.choice(others["user_id"].unique(), PUPPETS, replace=False)
    is_held = others["user_id"].isin(ids)
    base, held = others[~is_held], others[is_held]
    asking = {
        user_id: dict(zip(rows["movie_id"].tolist(), rows["rating"].tolist(), strict=True))
        for user_id, rows in members.groupby("user_id")
        if target not in set(rows["movie_id"])
    }
    asked = list(asking.values())[:ASKED]

    def places(more: pd.DataFrame) -> npt.NDArray[np.int64]:
        model = train(pd.concat([base, more], ignore_index=True), movies, config=TrainingConfig())
        return np.array([model.rank(one, target) for one in asked])

    before = places(fair(members))
    cases = {"control": pd.concat([fair(members), held], ignore_index=True)}
    for case in LISTED_CASES:
        joined = pd.concat([members, puppets(members, target, case, random)], ignore_index=True)
        cases[f"{case.fillers} other ratings, {case.spread}"] = fair(joined)
    cases[f"unfiltered, {case.fillers} other ratings"] = joined
    found = []
    for name, frame in cases.items():
        after = places(frame)
        risen = before - after
        into_ten = int(((after <= TEN) & (before > TEN)).sum())
        found.append(Listed(name, float(np.median(risen)), int(risen[np.abs(risen).argmax()]), into_ten))
    return found


def measure(dataset: str) -> tuple[list[Moved], list[tuple[float, float]], list[Listed]]:
    torch.set_num_threads(1)
    loaded = load_dataset(dataset, load_settings().datasets_dir)
    ratings = loaded.load_ratings()
    found = [one for seed in SEEDS for one in moves(ratings, seed)]
    return found, [agreement(ratings, seed) for seed in SEEDS], lists(loaded, SEEDS[0])


def report(measured: tuple[list[Moved], list[tuple[float, float]], list[Listed]]) -> list[Table]:
    moved, honest_boards, listed = measured
    table = Table(title=f"{PUPPETS} puppets among {MEMBERS} members: ranks moved, worst of {len(SEEDS)} servers")
    for column in (
        "within",
        "other ratings",
        "rank before",
        "moved",
        "plain Bayesian mean",
        "puppets' ratings trained on",
        "honest not",
    ):
        table.add_column(column)
    for case in CASES:
        for rank in RANKS:
            those = [one for one in moved if one.case == case and one.before == rank]
            ours, other = (
                max(values, key=abs) for values in zip(*((one.ours, one.plain) for one in those), strict=True)
            )
            table.add_row(
                case.spread,
                str(case.fillers),
                str(rank),
                f"{ours:+}",
                f"{other:+}",
                f"{max(one.taught for one in those):,}",
                f"{max(one.lost for one in those):,}",
            )
    same = Table(title=f"Honest boards: rank correlation with the plain mean, herds from {HERD} votes")
    same.add_column("least")
    same.add_column("median")
    same.add_column("votes that count")
    correlations, shares = ([one[part] for one in honest_boards] for part in (0, 1))
    same.add_row(f"{min(correlations):.4f}", f"{np.median(correlations):.4f}", f"{min(shares):.4f}")
    seen = Table(title=f"Lists of members after a training: places the film at rank {RANKS[-1]} rose")
    for column in ("learned from", "median", "most", f"into the first {TEN} of {ASKED}"):
        seen.add_column(column)
    for one in listed:
        seen.add_row(one.name, f"{one.median:+.0f}", f"{one.most:+}", str(one.into_ten))
    return [table, same, seen]
