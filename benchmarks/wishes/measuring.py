"""Wishes in words: how many are read as they were meant, what the lists of a mood hold, and how long reading takes.

Lists are those of somebody new and of MovieLens's people, drawn at random, who have rated so many films. A film carries
a mood that has one of the tags or genres that were written down for it. Beside them stand the same lists where a mood
goes by its genres alone, and the films whose titles, genres and tags have the words of the wish (BM25).
"""

import contextlib
import random
import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.table import Table

from benchmarks.lists import people_of
from benchmarks.timing import median, p95, scratch, table
from benchmarks.typed import FILMS, generated
from benchmarks.wishes.reading import FILES, Wish, read, tags_given
from benchmarks.wishes.scoring import Outcome, outcome
from bot.errors import UserError
from bot.lists.choosing import choose
from bot.lists.wishes import WishReader
from bot.lists.wishes.lacking import told
from bot.members import Feedback
from bot.models.registry import Serving
from bot.movies import MovieSearch
from data import Catalogue, Movie, TitleIndex, load_dataset
from data.facets import Facets
from data.folding import fold
from recommender import TrainingConfig, train

PEOPLE = 20
MOST_RATED = 60
K1, B = 1.2, 0.75
"""Of BM25, as usual."""


@dataclass(frozen=True, slots=True)
class Read:
    """Outcomes of a file, and of how many wishes an exclusion became a wish."""

    outcomes: Counter[Outcome]
    turned: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Mean films of ten that carry the mood, by file and way; milliseconds of a reading."""

    read: Mapping[str, Read]
    wishes: Mapping[str, int]
    carried: Mapping[str, Mapping[str, float]]
    ms: Mapping[str, list[float]]


def measure(dataset: str, files: Mapping[str, Path] = FILES) -> Measured:
    """Of ml-latest-small, whose zip is needed for all of its tags; without it moods are not measured."""
    with scratch() as folder:
        loaded = load_dataset(dataset, folder)
        catalogue, ratings = Catalogue.from_dataset(loaded), loaded.load_ratings()
    search = MovieSearch(catalogue, TitleIndex(catalogue))
    wished = {name: read(path) for name, path in files.items()}
    carried: dict[str, dict[str, float]] = {}
    if dataset.endswith(".zip"):
        serving = Serving("benchmark", train(ratings, catalogue.frame(), config=TrainingConfig()), {})
        tags = tags_given(Path(dataset))
        people = [{}, *_drawn(people_of(ratings))]
        carried = {name: _carried(wishes, search, serving, people, tags) for name, wishes in wished.items()}
    large = generated(FILMS)
    return Measured(
        {name: _read(wishes, WishReader(search), catalogue) for name, wishes in wished.items()},
        {name: len(wishes) for name, wishes in wished.items()},
        carried,
        {f"{len(one.catalogue):,} films": _timed(list(wished.values()), one) for one in (search, large)},
    )


def _read(wishes: Sequence[Wish], reader: WishReader, catalogue: Catalogue) -> Read:
    found = [outcome(wish, reader, catalogue) for wish in wishes]
    return Read(Counter(one for one, _ in found), sum(turned for _, turned in found))


def _drawn(people: Sequence[Mapping[int, float]], seed: int = 7) -> list[dict[int, float]]:
    drawn = random.Random(seed)
    return [
        dict(drawn.sample(sorted(one.items()), min(len(one), drawn.randint(5, MOST_RATED))))
        for one in drawn.sample(list(people), PEOPLE)
    ]


def _carried(
    wishes: Sequence[Wish],
    search: MovieSearch,
    serving: Serving,
    people: Sequence[Mapping[int, float]],
    tags: Mapping[int, frozenset[str]],
) -> dict[str, float]:
    """Films of ten in the mean of the wishes with a mood, for each way to choose them."""
    reader, bm25 = WishReader(search), _Bm25(search.catalogue)
    by_genres = Facets(replace(movie, tags=()) for movie in search.catalogue.values())
    found: dict[str, list[float]] = {"moods": [], "genre filter": [], "text search": []}
    for wish in wishes:
        if not wish.moods:
            continue
        filters = told(search.facets, reader.read(wish.text).filters)

        def carry(movie_ids: Sequence[int], wish: Wish = wish) -> float:
            films = [search.catalogue[one] for one in movie_ids]
            of_tags = {one.movie_id for one in films if tags.get(one.movie_id, frozenset()) & wish.carries.tags}
            of_genres = {one.movie_id for one in films if wish.carries.genres & {*one.genres}}
            return float(len(of_tags | of_genres))

        for ratings in people:
            feedback = Feedback(dict(ratings))
            for way, facets in (("moods", search.facets), ("genre filter", by_genres)):
                found[way].append(carry([one.movie_id for one in choose(serving, facets, feedback, filters)]))
            found["text search"].append(carry(bm25.best(wish.text, ratings)))
    return {way: float(np.mean(values)) for way, values in found.items()}


class _Bm25:
    """Okapi BM25 over titles, genres and tags; ties by how many people rated a film."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ids = np.array(list(catalogue))
        documents = [Counter(_terms(movie)) for movie in catalogue.values()]
        length = np.array([sum(one.values()) for one in documents], dtype=np.float64)
        self._norm = K1 * (1 - B + B * length / length.mean())
        self._counts: dict[str, dict[int, int]] = {}
        for row, document in enumerate(documents):
            for term, count in document.items():
                self._counts.setdefault(term, {})[row] = count
        self._known = np.array([movie.ratings_count for movie in catalogue.values()])

    def best(self, text: str, rated: Mapping[int, float]) -> list[int]:
        score = np.zeros(len(self._ids))
        for term in set(_stems(text)):
            rows = self._counts.get(term, {})
            idf = np.log(1 + (len(self._ids) - len(rows) + 0.5) / (len(rows) + 0.5))
            for row, count in rows.items():
                score[row] += idf * count * (K1 + 1) / (count + self._norm[row])
        score[np.isin(self._ids, list(rated))] = -1.0
        order = np.lexsort((-self._known, -score))[:10]
        return [int(self._ids[row]) for row in order if score[row] > 0]


def _terms(movie: Movie) -> list[str]:
    return _stems(" ".join((movie.title, *movie.genres, *movie.tags)))


def _stems(text: str) -> list[str]:
    return [re.sub("(ies|es|s)$", "", word) for word in fold(text).split(" ")]


def _timed(files: Sequence[Sequence[Wish]], search: MovieSearch) -> list[float]:
    """As the command reads: the reader is made anew for each wish."""
    WishReader(search).read("comedy")
    waits = []
    for wish in (wish for wishes in files for wish in wishes):
        began = time.perf_counter()
        with contextlib.suppress(UserError):
            WishReader(search).read(wish.text)
        waits.append(1000 * (time.perf_counter() - began))
    return waits


def report(measured: Measured) -> list[Table]:
    readings = table("Wishes in words", "", "as meant", "asked", "wrong", "exclusion became wish")
    for name, one in measured.read.items():
        shares = (
            f"{100 * one.outcomes[kind] / measured.wishes[name]:.1f} %" for kind in ("as meant", "asked", "wrong")
        )
        readings.add_row(name, *shares, str(one.turned))
    moods = table("Films of ten that carry the mood", "", "moods", "genre filter", "text search")
    for name, carried in measured.carried.items():
        moods.add_row(name, *(f"{one:.1f}" for one in carried.values()))
    times = table("Reading a wish", "", "median ms", "p95 ms", "longest ms")
    for name, ms in measured.ms.items():
        times.add_row(name, f"{median(ms):.2f}", f"{p95(ms):.2f}", f"{max(ms):.2f}")
    return [readings, *([moods] if measured.carried else []), times]
