"""10,000 random lists on a real data set: nothing rated, hidden, repeated or unwanted, and none shorter than need be.

Members are made of random MovieLens users, cut to a random size, with random hidden films, watchlist and filters; each
list goes on with More a random number of times. What it may hold is worked out here anew, film by film.
"""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from rich.table import Table

from benchmarks.timing import median, p99, scratch, table
from bot.lists.choosing import choose
from bot.lists.filters import ANY_YEAR, Filters, Years
from bot.members import Feedback
from bot.models.registry import Serving
from data import Catalogue, Movie, load_dataset
from data.facets import Facets
from recommender import TrainingConfig, train

LISTS = 10_000
QUICK_LISTS = 1_000
MOST_RATED, MOST_HIDDEN, MOST_WANTED, MOST_PAGES = 200, 50, 60, 5


@dataclass(slots=True)
class Counts:
    """What was found, summed over lists; `short` are those with fewer films than the catalogue permits."""

    lists: int = 0
    films: int = 0
    full: int = 0
    ended: int = 0
    rated: int = 0
    hidden: int = 0
    repeated: int = 0
    unwanted: int = 0
    short: int = 0

    @property
    def violations(self) -> int:
        return self.rated + self.hidden + self.repeated + self.unwanted + self.short


@dataclass(frozen=True, slots=True)
class Measured:
    counts: Counts
    ms: tuple[float, ...]


def measure(dataset: str, lists: int = LISTS, config: TrainingConfig | None = None) -> Measured:
    """Train on all of the data set and make so many lists."""
    with scratch() as folder:
        loaded = load_dataset(dataset, folder)
        catalogue, ratings = Catalogue.from_dataset(loaded), loaded.load_ratings()
    serving = Serving("benchmark", train(ratings, catalogue.frame(), config=config or TrainingConfig()), {})
    return play(serving, catalogue, people_of(ratings), lists)


def people_of(ratings: pd.DataFrame) -> list[Mapping[int, float]]:
    return [dict(zip(of["movie_id"], of["rating"], strict=True)) for _, of in ratings.groupby("user_id")]


def play(
    serving: Serving, catalogue: Catalogue, people: Sequence[Mapping[int, float]], lists: int, seed: int = 7
) -> Measured:
    """Make lists for random members, who go on with some of them."""
    facets, rng, ids = Facets(catalogue.values(), catalogue.renown), random.Random(seed), list(catalogue)
    counts, waits = Counts(), []
    while counts.lists < lists:
        feedback, filters = random_feedback(rng, people, ids), random_filters(rng, catalogue)
        permitted = {movie.movie_id for movie in catalogue.values() if may_be_listed(movie, feedback, filters)}
        shown: list[int] = []
        for _ in range(min(rng.randint(1, MOST_PAGES), lists - counts.lists)):
            began = time.perf_counter()
            chosen = [one.movie_id for one in choose(serving, facets, feedback, filters, shown)]
            waits.append(1000 * (time.perf_counter() - began))
            note(counts, chosen, shown, permitted, feedback, filters)
            shown += chosen
    return Measured(counts, tuple(waits))


def may_be_listed(movie: Movie, feedback: Feedback, filters: Filters) -> bool:
    """Whether a film fits the words of the filters, and is neither rated nor hidden."""
    first, last = filters.years.first, filters.years.last
    return (
        movie.movie_id not in feedback.rated
        and movie.movie_id not in feedback.adopted
        and movie.movie_id not in feedback.hidden
        and (not filters.genres or any(genre in filters.genres for genre in movie.genres))
        and not any(genre in filters.without for genre in movie.genres)
        and (filters.years == ANY_YEAR or movie.year is not None)
        and (first is None or (movie.year or 0) >= first)
        and (last is None or (movie.year or 0) <= last)
        and (filters.source == "all" or movie.movie_id in feedback.watchlist)
    )


def note(
    counts: Counts,
    chosen: Sequence[int],
    shown: Sequence[int],
    permitted: set[int],
    feedback: Feedback,
    filters: Filters,
) -> None:
    """Count one list, and everything that is wrong with it."""
    available = len(permitted.difference(shown))
    counts.lists += 1
    counts.films += len(chosen)
    counts.full += len(chosen) == filters.count
    counts.ended += available < filters.count
    counts.rated += sum(one in feedback.ratings for one in chosen)
    counts.hidden += sum(one in feedback.hidden for one in chosen)
    counts.repeated += len(chosen) - len(set(chosen).difference(shown))
    counts.unwanted += sum(one not in permitted for one in chosen)
    counts.short += len(chosen) < min(filters.count, available)


def random_feedback(rng: random.Random, people: Sequence[Mapping[int, float]], ids: Sequence[int]) -> Feedback:
    """A member: some ratings of one or two people; films hidden and wanted, most of them of what people know."""
    known = [*rng.choice(people), *rng.choice(people)]

    def some(most: int) -> Iterator[int]:
        most = min(most, len(ids) // 3)
        return (rng.choice(known if rng.random() < 0.8 else ids) for _ in range(rng.randint(0, most)))

    def stars(most: int) -> dict[int, float]:
        one = list(rng.choice(people).items())
        return dict(rng.sample(one, rng.randint(0, min(len(one), most))))

    return Feedback(
        rated=stars(MOST_RATED),
        adopted=stars(MOST_RATED) if rng.random() < 0.2 else {},
        hidden=frozenset(some(MOST_HIDDEN)),
        watchlist=tuple(dict.fromkeys(some(MOST_WANTED))),
    )


def random_filters(rng: random.Random, catalogue: Catalogue) -> Filters:
    def genres(most: int) -> tuple[str, ...]:
        return tuple(rng.sample(catalogue.genres, rng.randint(0, min(most, len(catalogue.genres)))))

    wanted, left_out = genres(3), genres(2)
    known = [movie.year for movie in rng.choices(list(catalogue.values()), k=2) if movie.year is not None]
    first, last = min(known, default=None), max(known, default=None)
    return Filters(
        genres=wanted,
        without=tuple(genre for genre in left_out if genre not in wanted),
        years=rng.choice((ANY_YEAR, ANY_YEAR, Years(first, last), Years(first, None), Years(None, last))),
        depth=rng.choice(("popular", "balanced", "deep")),
        source=rng.choice(("all", "all", "all", "watchlist")),
        count=rng.randint(1, 10),
    )


def report(measured: Measured) -> Table:
    counts = measured.counts
    shown = table(f"Lists: {counts.lists:,} at random", "what", "how many")
    for what, number in (
        ("films listed", counts.films),
        ("rated, hidden, repeated, unwanted films", counts.rated + counts.hidden + counts.repeated + counts.unwanted),
        ("lists shorter than the catalogue permits", counts.short),
        ("lists of full length", counts.full),
        ("lists for which fewer films were left than asked for", counts.ended),
    ):
        shown.add_row(what, f"{number:,}")
    shown.caption = f"a list: median {median(measured.ms):.2f} ms, p99 {p99(measured.ms):.2f} ms"
    return shown
