"""Two hundred films of 2019 to 2026 out of IMDb's files, as members of the demo ask for them.

They are generated, of ten kinds, with IMDb's figures beside those of the data set's films. They are synced, trained on
with the ratings of the data set, and then rated, completed, shown, explained, and listed for who likes their kind.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from benchmarks.timing import scratch, table
from benchmarks.titles import titles
from data import Catalogue, Movie, load_dataset
from data.imdb.tables import file_of
from tests.data.imdb.builders import HEADERS, write_file

KINDS = (
    *("Horror,Thriller", "Animation,Family", "Sci-Fi,Action", "Romance,Comedy", "Crime,Drama"),
    *("War,Drama", "Fantasy,Adventure", "Documentary", "Mystery,Thriller", "Musical,Romance"),
)
OF_A_KIND, FIRST_YEAR, LAST_YEAR = 20, 2019, 2026
FIRST_NUMBER = 50_000_000
LISTED = re.compile(r"^\d+\. \*\*(.+)\*\* ★", re.MULTILINE)
VOTES_PER_RATING = 3_000
"""Of IMDb's users for each rating of ml-latest-small."""
ASKED = 3
"""Ratings that somebody gives who likes a kind, each followed by a list."""
QUESTIONS = ("Do you mean", "Which ")
UNTRUE = re.compile(r"I know no film|next training|no longer in|too few|people in general|went wrong|\bNone\b|\bnan\b")
"""What no answer about a film that is known may say."""


@dataclass(frozen=True, slots=True)
class Measured:
    """`answered` are the films that each command told of by their name, `asked` those where it asked which is meant,
    `untrue` the answers that said what is not so.

    `listed` are the films of a kind in the first ten after so many ratings: new ones, and all with its genres.
    """

    films: int
    answered: Mapping[str, int]
    asked: Mapping[str, int]
    untrue: Sequence[str]
    listed: Mapping[str, Sequence[tuple[int, int]]]


def measure(dataset: str) -> Measured:
    with scratch() as folder:
        films = list(Catalogue.from_dataset(load_dataset(dataset, folder / "sets")).values())
        new = new_films(films)
        write_files(folder / "imdb", films, new)
        data = folder / "data"
        _marquee(data, dataset, "catalogue", "sync", "--from", str(folder / "imdb"))
        _marquee(data, dataset, "train", "--force")
        script = [line for film in new for line in _visit(film)] + [line for kind in KINDS for line in _fan(kind, new)]
        output = _marquee(data, dataset, "demo", "--script", "-", "--json", "--data-dir", str(data), lines=script)
    return _judged([json.loads(line) for line in output.splitlines()], films, new)


def new_films(films: Sequence[Movie]) -> list[Movie]:
    """As well known, and as well liked, as films of the data set's last years; no two of a title, none of theirs."""
    random = np.random.default_rng(3)
    taken = {film.title.casefold() for film in films}
    new: list[Movie] = []
    while len(new) < OF_A_KIND * len(KINDS):
        year = int(random.integers(FIRST_YEAR, LAST_YEAR + 1))
        title = titles(np.array([year]), random)[0].rpartition(" (")[0].removesuffix(", The")
        if title.casefold() in taken or title[-1].isdigit():
            continue
        taken.add(title.casefold())
        kind = KINDS[len(new) // OF_A_KIND]
        number = FIRST_NUMBER + len(new)
        votes, mean = int(np.exp(random.normal(11.5, 1.0))), round(float(random.normal(6.8, 0.8)), 1)
        new.append(
            Movie(number, title, year, tuple(kind.split(",")), title, number, source_mean=mean, source_votes=votes)
        )
    return new


def write_files(folder: Path, films: Sequence[Movie], new: Sequence[Movie]) -> None:
    """IMDb's files of both; the films of a kind have a director, and two of four leads, in common."""
    folder.mkdir()
    random = np.random.default_rng(4)
    known = {film.imdb_id: film for film in films if film.imdb_id is not None}
    rows: dict[str, list[str]] = {name: [] for name in HEADERS}
    for number, film in [*known.items(), *((film.imdb_id or 0, film) for film in new)]:
        name, minutes = f"tt{number:07d}", int(random.normal(108, 15))
        genres = ",".join(film.genres) or r"\N"
        title = film.title
        rows["title.basics"].append(f"{name}~movie~{title}~{title}~0~{film.year or 2000}~\\N~{minutes}~{genres}")
        votes, mean = film.source_votes, film.source_mean
        if votes is None or mean is None:
            votes = int(max(film.ratings_count, 0.3) * VOTES_PER_RATING * np.exp(random.normal(0, 0.4)))
            mean = float(np.clip(2 * (film.ratings_mean or 3.2) - 0.3 + random.normal(0, 0.5), 1, 10))
        rows["title.ratings"].append(f"{name}~{mean:.1f}~{votes}")
    for place, film in enumerate(new):
        name, kind = f"tt{film.imdb_id:07d}", place // OF_A_KIND
        rows["title.crew"].append(f"{name}~nm{kind + 1:07d}~\\N")
        leads = random.permutation(4)[:2] + 100 + 4 * kind
        for ordering, lead in enumerate(leads.tolist(), 1):
            rows["title.principals"].append(f"{name}~{ordering}~nm{lead:07d}~actor~\\N~\\N")
    for number in [*range(1, len(KINDS) + 1), *range(100, 100 + 4 * len(KINDS))]:
        rows["name.basics"].append(f"nm{number:07d}~Person {number}~1970~\\N~actor~\\N")
    for name, header in HEADERS.items():
        write_file(folder / file_of(name), header, rows[name])


def _visit(film: Movie) -> list[str]:
    """What a member says of a film, the title without its year."""
    who, title = f"m{film.movie_id}", film.title
    return [
        f"{who}: !movie {title}",
        f"{who}: !similar {title}",
        f"{who}: /autocomplete rate movie {title[: 2 * len(title) // 3]}",
        f"{who}: !rate {title} 4.5",
        f"{who}: !why {title}",
    ]


def _fan(kind: str, new: Sequence[Movie]) -> list[str]:
    own = [film for film in new if film.genres == tuple(kind.split(","))][:ASKED]
    who = f"fan{KINDS.index(kind)}"
    return [line for film in own for line in (f"{who}: !rate {film.title} 5", f"{who}: !recommend", "/advance 2m")]


def _judged(events: Sequence[Mapping[str, Any]], films: Sequence[Movie], new: Sequence[Movie]) -> Measured:
    told: dict[str, list[Mapping[str, Any]]] = {}
    for event in events:
        told.setdefault(event["to"], []).append(event)
    commands = ("movie", "similar", "complete", "rate", "why")
    answered, asked = dict.fromkeys(commands, 0), dict.fromkeys(commands, 0)
    untrue: list[str] = []
    for film in new:
        replies = [event["text"] for event in told.get(f"m{film.movie_id}", ())]
        for command, text in zip(commands, replies, strict=True):
            is_question = text.startswith(QUESTIONS)
            asked[command] += is_question
            answered[command] += not is_question and film.title in text and str(film.year) in text
            untrue += [f"{command}: {text}"] if UNTRUE.search(text) else []
    genres = {film.label: set(film.genres) for film in [*films, *new]}
    own = {film.label for film in new}
    listed = {}
    for number, kind in enumerate(KINDS):
        lists = [event["text"] for event in told.get(f"fan{number}", ()) if "Films for you" in event["text"]]
        of_kind = [[one for one in LISTED.findall(text) if set(kind.split(",")) <= genres[one]] for text in lists]
        listed[kind] = [(sum(one in own for one in labels), len(labels)) for labels in of_kind]
    return Measured(len(new), answered, asked, untrue, listed)


def _marquee(data: Path, dataset: str, *arguments: str, lines: Sequence[str] = ()) -> str:
    own = {"DATA_DIR": str(data), "DATASET": dataset}
    command = [sys.executable, "-m", "bot", *arguments]
    text = "\n".join(lines) + "\n"
    ended = subprocess.run(command, env=os.environ | own, input=text, stdout=subprocess.PIPE, text=True, check=True)
    return ended.stdout


def report(measured: Measured) -> list[Table]:
    answers = table(f"{measured.films} films of {FIRST_YEAR} to {LAST_YEAR}", "command", "answered", "asked which film")
    for command, count in measured.answered.items():
        answers.add_row(command, str(count), str(measured.asked[command]))
    answers.caption = f"{len(measured.untrue)} answers said what is not so"
    lists = table(
        "New ones and all films of a kind in the first ten of who likes it", "kind", "after 1 rating", "2", "3"
    )
    for kind, counts in measured.listed.items():
        lists.add_row(kind, *(f"{new} · {every}" for new, every in counts))
    return [answers, lists]
