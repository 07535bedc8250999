"""What is to be imported: what is sure, what is to be asked, what is missing. Kept as JSON until it is decided."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.imports.matching import Match, Matched, Uncertain
from bot.imports.rows import Reading, Row, RowKind
from bot.movies.adding import Addition
from data.catalogue import own_id
from data.store import Incoming

UNDECIDED, SKIPPED = -1, 0
"""Answers to a question that name no film."""
MISSING_KEPT = 1_000
UNREADABLE_KEPT = 20
TITLE_KEPT = 200

Entry = tuple[RowKind, int, float | None, int]
"""Kind, movie id, stars (None on a shelf), epoch seconds."""


@dataclass(frozen=True, slots=True)
class Question:
    """A row that may mean one of several films. `answer` is a movie id, `SKIPPED` or `UNDECIDED`."""

    kind: RowKind
    title: str
    year: int | None
    stars: float | None
    at: int
    candidates: tuple[int, ...]
    answer: int = UNDECIDED


@dataclass(frozen=True, slots=True)
class Named:
    """A film as the file calls it; `movie_id` is all there is where the title is empty.

    `kind`, None in plans of earlier versions, `stars` and `at` are what it is to be given once it is found;
    `is_nowhere` where it was looked for.
    """

    title: str
    year: int | None
    movie_id: int | None
    kind: RowKind | None = None
    stars: float | None = None
    at: int = 0
    imdb_id: int | None = None
    tmdb_id: int | None = None
    is_nowhere: bool = False

    @property
    def film(self) -> "Wanted":
        return Wanted(self.title, self.year, self.imdb_id, self.tmdb_id)

    @property
    def may_be_found(self) -> bool:
        return self.kind is not None and bool(self.title) and not self.is_nowhere


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file says of a film: so far as two rows say the same, they are about one."""

    title: str
    year: int | None
    imdb_id: int | None
    tmdb_id: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a film that was missing was found: here by another name, or elsewhere. `is_sure`: no other can be meant."""

    film: int | Addition
    is_sure: bool


def key_of(film: Addition) -> int:
    """What a film goes by in a plan until it is added: its id to be, or below `UNDECIDED`, where no id is."""
    return own_id(film.imdb_id) if film.imdb_id is not None else UNDECIDED - (film.tmdb_id or 0)


@dataclass(slots=True)
class Plan:
    """`missing_total` and `unreadable_total` count what is kept in part. Everything else is whole.

    `new` are films that are added to the catalogue where what is written needs them.
    """

    source: str
    scale: int
    entries: list[Entry] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    missing: list[Named] = field(default_factory=list)
    missing_total: int = 0
    unreadable: list[tuple[str, int, str, str]] = field(default_factory=list)
    unreadable_total: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    repeated: int = 0
    new: list[Addition] = field(default_factory=list)

    @classmethod
    def of(cls, reading: Reading, matches: Iterable[Match], at: int) -> "Plan":
        """A row without a time, or with one to come, happens now (`at`)."""
        plan = cls(reading.source, reading.scale)
        for row, match in zip(reading.rows, matches, strict=True):
            plan._add(row, match, min(row.at or at, at))
        plan._keep_newest()
        plan.unreadable_total = len(reading.unreadable)
        plan.unreadable = [
            (one.file[:TITLE_KEPT], one.line, one.fault, one.text) for one in reading.unreadable[:UNREADABLE_KEPT]
        ]
        plan.left_out = {
            reason: count for reason, count in (Counter(plan.left_out) + reading.left_out).items() if count
        }
        return plan

    def _add(self, row: Row, match: Match, at: int) -> None:
        title = row.title[:TITLE_KEPT]
        match match:
            case Matched(movie_id):
                self.entries.append((row.kind, movie_id, row.stars, at))
            case Uncertain(candidates):
                self.questions.append(Question(row.kind, title, row.year, row.stars, at, candidates))
            case _ if row.is_series:
                self.left_out["series"] = self.left_out.get("series", 0) + 1
            case _:
                self.missing_total += 1
                if len(self.missing) < MISSING_KEPT:
                    named = Named(title, row.year, row.movie_id, row.kind, row.stars, at, row.imdb_id, row.tmdb_id)
                    self.missing.append(named)

    def to_look_up(self) -> list[Wanted]:
        """The missing films that were not looked for yet, each once."""
        return list(dict.fromkeys(one.film for one in self.missing if one.may_be_found))

    def take(self, found: Mapping[Wanted, Finding | None]) -> None:
        """Let films that were missing be those that were found; None where there was nothing to be found."""
        still: list[Named] = []
        for one in self.missing:
            finding = found.get(one.film) if one.may_be_found else None
            if finding is None or one.kind is None:
                still.append(replace(one, is_nowhere=True) if one.may_be_found and one.film in found else one)
                continue
            key = key_of(finding.film) if isinstance(finding.film, Addition) else finding.film
            if isinstance(finding.film, Addition) and finding.film not in self.new:
                self.new.append(finding.film)
            if finding.is_sure:
                self.entries.append((one.kind, key, one.stars, one.at))
            else:
                self.questions.append(Question(one.kind, one.title, one.year, one.stars, one.at, (key,)))
        self.missing_total -= len(self.missing) - len(still)
        self.missing = still
        self._keep_newest()

    def _keep_newest(self) -> None:
        found = len(self.entries)
        self.entries = _newest_of_each(self.entries)
        self.repeated += found - len(self.entries)

    def to_add(self) -> list[Addition]:
        """The new films that confirming needs."""
        wanted = {movie_id for _, movie_id, _, _ in self._decided()}
        return [film for film in self.new if key_of(film) in wanted]

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        stored: dict[str, Any] = json.loads(text)
        stored["entries"] = [tuple(one) for one in stored["entries"]]
        stored["questions"] = [
            Question(**one | {"candidates": tuple(one["candidates"])}) for one in stored["questions"]
        ]
        stored["missing"] = [Named(**one) for one in stored["missing"]]
        stored["new"] = [Addition(**one | {"genres": tuple(one["genres"])}) for one in stored.get("new", ())]
        stored["unreadable"] = [tuple(one) for one in stored["unreadable"]]
        return cls(**stored)

    def _decided(self) -> list[Entry]:
        """What is sure and what was answered."""
        decided = [one for one in self.questions if one.answer not in (UNDECIDED, SKIPPED)]
        return [*self.entries, *((one.kind, one.answer, one.stars, one.at) for one in decided)]

    def incoming(self, added: Mapping[Addition, int] | None = None) -> Incoming:
        """What confirming writes, each film once, the newest of it; new films by their ids as far as `added`."""
        ids = {key_of(film): movie_id for film, movie_id in (added or {}).items()}
        entries = _newest_of_each(
            [(kind, ids.get(movie_id, movie_id), stars, at) for kind, movie_id, stars, at in self._decided()]
        )
        return Incoming(
            [(movie_id, stars, at) for kind, movie_id, stars, at in entries if kind == "rating" and stars is not None],
            [(movie_id, at) for kind, movie_id, _, at in entries if kind == "watchlist"],
            [(movie_id, at) for kind, movie_id, _, at in entries if kind == "hidden"],
            [(movie_id, at) for kind, movie_id, _, at in entries if kind == "seen"],
        )

    def next_question(self, after: int = -1) -> int | None:
        """The first question behind `after` that was not answered yet, or else the first at all."""
        waiting = [place for place, one in enumerate(self.questions) if one.answer == UNDECIDED]
        return next((place for place in waiting if place > after), waiting[0] if waiting else None)


def _newest_of_each(entries: Sequence[Entry]) -> list[Entry]:
    """Each film once a kind: its newest entry, of equally old ones the later in the file."""
    newest: dict[tuple[RowKind, int], Entry] = {}
    for entry in entries:
        kind, movie_id, _, at = entry
        if (kind, movie_id) not in newest or newest[kind, movie_id][3] <= at:
            newest[kind, movie_id] = entry
    return list(newest.values())
