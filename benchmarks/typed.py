"""What people type for a film: how often they are understood, and how long completions take while they type.

The texts in `tests/data` are ours and name the film meant by its id in ml-latest-small; the 87,000 titles that are
completed are generated. Completions are asked of the command's own coroutine, on a running event loop.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple

import numpy as np
from rich.table import Table

from benchmarks.timing import median, p95, p99, scratch, table
from benchmarks.titles import titles
from bot.movies import MovieSearch
from bot.movies.asking import complete_movie
from data import Ambiguous, Catalogue, Doubtful, Found, Movie, Resolution, TitleIndex, load_dataset
from data.titles import read_title

FOLDER = Path(__file__).parents[1] / "tests" / "data"
FILES = {"300 texts": FOLDER / "messy_titles.tsv", "100 held out": FOLDER / "messy_titles_held_out.tsv"}

ASK, NONE = "?", "-"
"""What is right where several films may be meant, and where none can be."""

FILMS = 87_000
TYPED_TITLES = 400
SLIPS = 0.2
"""Share of the titles that are typed with one letter missing."""

Verdict = Literal["right", "asked", "missed", "wrong"]


class Typed(NamedTuple):
    """A text, the id of the film meant, `?` or `-`, and what makes it hard."""

    text: str
    meant: str
    kind: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Verdicts by file and kind; milliseconds of each completion by who typed."""

    verdicts: Mapping[str, Mapping[str, Counter[Verdict]]]
    completions_ms: Mapping[str, list[float]]


def read(path: Path) -> list[Typed]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [Typed(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def verdict(typed: Typed, answer: Resolution) -> Verdict:
    """`asked` counts only where the film meant can be chosen; `wrong` is another film that would be written to."""
    match answer:
        case Found(movie):
            return "right" if str(movie.movie_id) == typed.meant else "wrong"
        case Doubtful(movie):
            return "asked" if typed.meant in (ASK, str(movie.movie_id)) else "missed"
        case Ambiguous(candidates):
            offered = {str(movie.movie_id) for movie in candidates}
            return "asked" if typed.meant == ASK or typed.meant in offered else "missed"
        case _:
            return "right" if typed.meant == NONE else "missed"


def judge(index: TitleIndex, path: Path) -> dict[str, Counter[Verdict]]:
    verdicts: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
    for typed in read(path):
        verdicts[typed.kind][verdict(typed, index.resolve(typed.text))] += 1
    return dict(verdicts)


def measure(dataset: str, films: int = FILMS, typed_titles: int = TYPED_TITLES) -> Measured:
    with scratch() as folder:
        index = TitleIndex(Catalogue.from_dataset(load_dataset(dataset, folder)))
    verdicts = {name: judge(index, path) for name, path in FILES.items()}
    return Measured(verdicts, asyncio.run(_complete(generated(films), typed_titles)))


def generated(films: int) -> MovieSearch:
    """A catalogue in which few films have most of the ratings."""
    random = np.random.default_rng(0)
    counts = (100_000 / np.arange(1, films + 1)).astype(int).tolist()
    made = titles(random.integers(1920, 2024, films), random)
    movies = []
    for movie_id, (raw, count) in enumerate(zip(made, counts, strict=True)):
        parts = read_title(raw)
        movies.append(Movie(movie_id, parts.main.text, parts.year, (), raw, ratings_count=count))
    catalogue = Catalogue(movies)
    return MovieSearch(catalogue, TitleIndex(catalogue))


async def _complete(search: MovieSearch, typed_titles: int) -> dict[str, list[float]]:
    """Ask as `/rate` does after every key; popular films are typed more often."""
    client = SimpleNamespace(get_cog=lambda _: SimpleNamespace(search=search))
    interaction: Any = SimpleNamespace(client=client)  # the completion does not look at who types
    random = np.random.default_rng(1)
    movies = list(search.catalogue.values())
    times: dict[str, list[float]] = {"as it is": [], "with a slip": []}
    for _ in range(typed_titles):
        movie = movies[int(len(movies) * random.random() ** 3)]
        has_slip = bool(random.random() < SLIPS)
        for text in _keystrokes(movie, random, has_slip=has_slip):
            started = time.perf_counter()
            await complete_movie(interaction, text)
            times["with a slip" if has_slip else "as it is"].append(1000 * (time.perf_counter() - started))
    return times | {"all": [one for values in times.values() for one in values]}


def _keystrokes(movie: Movie, random: np.random.Generator, *, has_slip: bool) -> Iterator[str]:
    """Everything that stands in the field while a title is typed, small and now and then without its article."""
    text = movie.title.lower()
    if random.random() < 0.5:
        text = text.removeprefix("the ")
    if has_slip:
        at = int(random.integers(1, len(text)))
        text = text[:at] + text[at + 1 :]
    for end in range(len(text) + 1):
        yield text[:end]


def report(measured: Measured) -> list[Table]:
    tables = []
    for name, kinds in measured.verdicts.items():
        shown = table(f"Typed titles: {name}", "kind", "texts", "right", "asked", "missed", "wrong")
        for kind, counts in {**kinds, "all": sum(kinds.values(), Counter())}.items():
            figures = (counts["right"], counts["asked"], counts["missed"], counts["wrong"])
            shown.add_row(kind, str(counts.total()), *(str(one) for one in figures))
        tables.append(shown)
    times = table("Completions: milliseconds on the event loop", "titles typed", "keys", "p50", "p95", "p99", "longest")
    for name, values in measured.completions_ms.items():
        times.add_row(name, str(len(values)), *(f"{one(values):.2f}" for one in (median, p95, p99, max)))
    return [*tables, times]
