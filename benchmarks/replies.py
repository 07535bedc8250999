"""How long each command's reply takes, in the simulated Discord.

The demo plays a generated script in a process of its own: the real bot, a trained model, no retraining. Each time is
from a line's sending to the bot's first call of Discord, so it holds everything but the network. Every repetition is by
a member of their own, who has rated some films before.
"""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks.demo_script import play, popular_films
from benchmarks.timing import median, p99, table

REPETITIONS = 100
QUICK_REPETITIONS = 10
RATED_BEFORE = 12
FILMS = 1_200
IMPORTED = 1_000
STARS = ("5", "4.5", "2", "4", "3")
P99_GOAL_MS = 50.0

LINES: dict[str, tuple[str, ...]] = {
    "rate": ("!rate {film} 4.5",),
    "rate, 10 lines": ("!rate {ten}",),
    "rate, ambiguous": ("!rate Emma 4",),
    "rate, unknown title": ("!rate Qwertzuiop the Movie 4",),
    "undo": ("!undo",),
    "recommend": ("!recommend",),
    "recommend, filtered": ("!recommend comedy without:horror 1990-2009 deep",),
    "More": ("!recommend", "/click More"),
    "why": ("!why {film}",),
    "movie": ("!movie {film}",),
    "similar": ("!similar {film}",),
    "ratings": ("!ratings",),
    "unrate": ("!rate {film} 4", "!unrate {film}"),
    "watchlist add": ("!watchlist add {film}",),
    "watchlist": ("!watchlist",),
    "hide": ("!hide {film}",),
    "start": ("/slash start",),
    "privacy": ("/slash privacy show",),
    "help": ("!help",),
    "about": ("!about",),
    "slash recommend": ("/slash recommend",),
    "slash rate": ("/slash rate movie={film} stars=4",),
    "autocomplete": ("/autocomplete rate movie {start}",),
    "profile (plot)": ("!profile",),
    "export": ("/slash privacy export",),
    "import, 1,000 rows": ("/attach {file} !import",),
}
"""Command to what a member says; the last line is timed."""

EXEMPT = ("profile (plot)", "export", "import, 1,000 rows")
"""A plot, an archive or a file is made: these may take longer."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds of each command's replies."""

    ms: dict[str, tuple[float, ...]]


def measure(dataset: str, *, quick: bool = False) -> Waits:
    """Play every command; raises RuntimeError where a line had no reply."""
    repetitions = QUICK_REPETITIONS if quick else REPETITIONS
    labels = popular_films(dataset, FILMS)
    with tempfile.TemporaryDirectory(prefix="marquee-bench-") as folder:
        export = _letterboxd_csv(Path(folder), labels)
        return Waits({name: _times(dataset, name, repetitions, labels, export) for name in LINES})


def _times(dataset: str, name: str, repetitions: int, labels: Sequence[str], export: Path) -> tuple[float, ...]:
    """The first reply to the last line of each member who gave this command.

    A demo of its own for each command, since what the simulated Discord remembers slows it down.
    """
    lines = [line for repetition in range(repetitions) for line in _visit(name, repetition, labels, export)]
    events = play(dataset, lines)
    found = []
    for repetition in range(repetitions):
        own = [event for event in events if event["to"] == _speaker(repetition)]
        if len(own) <= len(LINES[name]):
            raise RuntimeError(f"{name}: {len(LINES[name]) + 1} lines had {len(own)} replies")
        found.append(float(own[len(LINES[name])]["ms"]))
    return tuple(found)


def _speaker(repetition: int) -> str:
    return f"member{repetition}"


def _visit(name: str, repetition: int, labels: Sequence[str], export: Path) -> Iterator[str]:
    """What one member says: films they have rated, then the command."""
    first = 7 * repetition % (len(labels) - 2 * RATED_BEFORE)
    rated = labels[first : first + RATED_BEFORE]
    others = labels[first + RATED_BEFORE : first + 2 * RATED_BEFORE]
    stars = (STARS[(repetition + index) % len(STARS)] for index in range(RATED_BEFORE))
    speaker = _speaker(repetition)
    yield f"{speaker}: !rate " + r"\n".join(f"{film} {given}" for film, given in zip(rated, stars, strict=True))
    words = {
        "film": others[0],
        "ten": r"\n".join(f"{film} 4" for film in others[:10]),
        "start": others[0][: 2 + repetition % 8],
        "file": str(export),
    }
    for text in LINES[name]:
        yield f"{speaker}: {text.format(**words)}"


def _letterboxd_csv(folder: Path, labels: Sequence[str]) -> Path:
    """Ratings as Letterboxd exports them: films go by title and year."""
    file = folder / "ratings.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Date", "Name", "Year", "Letterboxd URI", "Rating"])
        for index, label in enumerate(labels[:IMPORTED]):
            title, _, year = label.removesuffix(")").rpartition(" (")
            writer.writerow(["2024-05-01", title, year, f"https://boxd.it/{index}", STARS[index % len(STARS)]])
    return file


def report(waits: Waits) -> Table:
    repetitions = len(next(iter(waits.ms.values())))
    shown = table(f"Replies: each command {repetitions} times", "command", "p50 ms", "p99 ms", "longest ms")
    for name, values in waits.ms.items():
        shown.add_row(name, f"{median(values):.1f}", f"{p99(values):.1f}", f"{max(values):.1f}")
    late = [name for name, values in waits.ms.items() if name not in EXEMPT and p99(values) >= P99_GOAL_MS]
    shown.caption = f"p99 of {P99_GOAL_MS:.0f} ms or more, plots and files left out: {', '.join(late) or 'none'}"
    return shown
