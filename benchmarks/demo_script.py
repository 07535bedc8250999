"""Playing a generated script in the demo: the real bot and a trained model, in a process of its own."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from benchmarks.timing import scratch
from data import Catalogue, load_dataset


def popular_films(dataset: str, n: int) -> list[str]:
    """Labels of the most rated films that no other film shares."""
    with scratch() as folder:
        films = list(Catalogue.from_dataset(load_dataset(dataset, folder)).values())
    shared = Counter(film.label for film in films)
    unique = [film for film in films if film.year is not None and shared[film.label] == 1]
    return [film.label for film in sorted(unique, key=lambda film: -film.ratings_count)[:n]]


def play(dataset: str, lines: Sequence[str]) -> list[dict[str, Any]]:
    """Play lines in the demo, in a process of its own; every message the bot sent or edited, in order."""
    played = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--script", "-", "--json"],
        input="\n".join(lines) + "\n",
        env=os.environ | {"DATASET": dataset},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in played.stdout.splitlines()]
