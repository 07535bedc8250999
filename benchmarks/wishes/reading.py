"""300 wishes in words, written before the reader was: what is typed, and what it should be read as.

A file has one JSON object a line; lines that begin with `#` are comments. `text` is what was typed, as it would stand
behind the command or a mention. All else is left out where nothing was said:

- `all_of`, `any_of`, `without`: MovieLens's genres. A film has all of the first, any of the second, none of the third.
- `moods`, `without_moods`: moods and themes, named plainly (`time travel` for `timetravel movies`). Only that one was
  found in those words counts, not what the reader calls it; one that is a genre too may be read as that genre.
- `carries`: what the ten films of a mood are measured by. A film fits that has one of its `tags` (in lower case) or
  `genres`; together they have at least twenty films of ml-latest-small, by its `tags.csv` (`tags_given`): a catalogue
  keeps but the first few of a film.
- `like`: films by MovieLens's title and year; `but`: what they should be instead, of `CHANGES`.
- `people`, `without_people`: full names, whatever they did for the film.
- `first`, `last`: years, both within; `new`: the catalogue's newest, however many years that is.
- `runtime_min`, `runtime_max`: minutes, both within; `short`: where no number was said.
- `countries`, `without_countries`: English names; `French` may as well be read as the language.
- `for_kids`, `surprise` (anything will do), `depth`, `source`, `count`: as they stand in a list's filters.
- `unknown`: words that should be named as not understood, with all else used. Whatever is filler is neither read nor
  named.
- `ask`: a friend would ask back, as in "from when I was a kid". Reading what else was said counts too.
"""

import csv
import io
import json
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

FOLDER = Path(__file__).parent
FILES = {"200 wishes": FOLDER / "open.jsonl", "100 held out": FOLDER / "held_out_do_not_open.jsonl"}

CHANGES = (
    *("darker", "lighter", "funnier", "scarier", "less violent"),
    *("newer", "older", "shorter", "less known", "better known"),
)


@dataclass(frozen=True, slots=True)
class Carries:
    """A film with one of these tags or genres fits."""

    tags: frozenset[str] = frozenset()
    genres: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed, and the reading of it; nothing where nothing was said."""

    text: str
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    without_moods: tuple[str, ...] = ()
    carries: Carries = field(default_factory=Carries)
    like: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    without_people: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    new: bool = False
    runtime_min: int | None = None
    runtime_max: int | None = None
    short: bool = False
    countries: tuple[str, ...] = ()
    without_countries: tuple[str, ...] = ()
    for_kids: bool = False
    surprise: bool = False
    depth: Literal["popular", "balanced", "deep"] = "balanced"
    source: Literal["all", "watchlist"] = "all"
    count: int | None = None
    unknown: tuple[str, ...] = ()
    ask: bool = False

    @classmethod
    def of(cls, parts: dict[str, Any]) -> Self:
        """Of a line's object; raises TypeError where it says what the format does not know."""
        read: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in parts.items()}
        if "carries" in parts:
            read["carries"] = Carries(**{key: frozenset(one) for key, one in parts["carries"].items()})
        return cls(**read)


def read(path: Path) -> list[Wish]:
    """The wishes of a file, in its order."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [Wish.of(json.loads(line)) for line in lines if line and not line.startswith("#")]


def tags_given(archive: Path) -> dict[int, frozenset[str]]:
    """All tags that anybody gave, in lower case, by film, out of the zip of ml-latest-small."""
    given: defaultdict[int, set[str]] = defaultdict(set)
    with zipfile.ZipFile(archive) as opened, opened.open("ml-latest-small/tags.csv") as stream:
        for row in csv.DictReader(io.TextIOWrapper(stream, "utf-8")):
            given[int(row["movieId"])].add(row["tag"].casefold())
    return {movie_id: frozenset(tags) for movie_id, tags in given.items()}
