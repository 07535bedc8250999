"""`lotr`, `t2`, `esb`: what people call films for short, kept in `abbreviations.txt`."""

from collections.abc import Callable
from importlib.resources import files

from data import Movie
from data.folding import fold
from data.titles import read_title

FILE = files("bot.movies").joinpath("abbreviations.txt")


def read_abbreviations(titled: Callable[[str], tuple[Movie, ...]]) -> dict[str, tuple[Movie, ...]]:
    """The films of each abbreviation that are in the catalogue, whose films of a title `titled` tells."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    named = (line.split(": ", 1) for line in lines)
    found = {fold(short): tuple(_found(titles.split(" | "), titled)) for short, titles in named}
    return {short: movies for short, movies in found.items() if movies}


def _found(titles: list[str], titled: Callable[[str], tuple[Movie, ...]]) -> list[Movie]:
    parts = [read_title(title) for title in titles]
    return [movie for part in parts for movie in titled(part.main.text) if movie.year == part.year]
