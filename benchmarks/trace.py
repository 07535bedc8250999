"""Files and functions of ours on the way of a plain rating and of a list, in the demo with a trained model.

Counted are distinct functions that have a name, whoever calls them and in whatever thread, from the message's arrival
to the end of its turn.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks.timing import table

RATED = ("Alien 4", "Heat 4.5", "Toy Story 3", "Fargo 5", "Jaws 2", "Speed 3")
TRACED = ("!rate Casino 4.5", "!recommend")
PACKAGES = ("bot", "data", "recommender")
APART = ("bot/demo/", "bot/cli/")
"""The simulated Discord's side."""


@dataclass(frozen=True, slots=True)
class Traced:
    """Files of each package, and functions, by what was said."""

    files: Mapping[str, Mapping[str, int]]
    functions: Mapping[str, int]


def measure(dataset: str) -> Traced:
    rated = r"\n".join(RATED)
    script = [f"alice: !rate {rated}", "alice: !recommend", *(f"alice: {one}" for one in TRACED)]
    with tempfile.TemporaryDirectory(prefix="marquee-bench-") as folder:
        lines, out = Path(folder) / "script.txt", Path(folder) / "trace.json"
        lines.write_text("\n".join(script) + "\n", "utf-8")
        subprocess.run(
            [sys.executable, "-m", "benchmarks.trace_job", str(out), "demo", "--script", str(lines)],
            env={**os.environ, "DATASET": dataset},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        traced = json.loads(out.read_text("utf-8"))
    called = {one["text"]: [pair for pair in one["called"] if not pair[0].startswith(APART)] for one in traced}
    files = {text: {file for file, _ in called[text]} for text in TRACED}
    return Traced(
        {text: {one: sum(file.startswith(f"{one}/") for file in files[text]) for one in PACKAGES} for text in TRACED},
        {text: len(called[text]) for text in TRACED},
    )


def report(traced: Traced) -> Table:
    shown = table("The way of a message through the code", "message", *PACKAGES, "files", "functions")
    for text, counts in traced.files.items():
        shown.add_row(
            text, *(str(counts[one]) for one in PACKAGES), str(sum(counts.values())), str(traced.functions[text])
        )
    return shown
