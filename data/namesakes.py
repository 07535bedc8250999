"""Films newer than many a catalogue that are called as a well-known older one is, or nearly so."""

from collections.abc import Iterator
from pathlib import Path

from data.titles import read_title

FILE = Path(__file__).with_name("newer_namesakes.txt")


def newer_namesakes() -> Iterator[tuple[str, int]]:
    """Title and year of each."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        title = read_title(line)
        if title.year is not None and not line.startswith("#"):
            yield title.main.text, title.year
