"""What is to be imported: what is sure, what is to be asked, what is missing. Kept as JSON until it is decided."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.imports.matching import Match, Matched, Uncertain
from bot.imports.rows import Reading, Row, RowKind
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
    """A film as the file calls it; `movie_id` is all there is where the title is empty."""

    title: str
    year: int | None
    movie_id: int | None


@dataclass(slots=True)
class Plan:
    """`missing_total` and `unreadable_total` count what is kept in part. Everything else is whole."""

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

    @classmethod
    def of(cls, reading: Reading, matches: Iterable[Match], at: int) -> "Plan":
        """A row without a time, or with one to come, happens now (`at`)."""
        plan = cls(reading.source, reading.scale)
        for row, match in zip(reading.rows, matches, strict=True):
            plan._add(row, match, min(row.at or at, at))
        found = len(plan.entries)
        plan.entries = _newest_of_each(plan.entries)
        plan.repeated = found - len(plan.entries)
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
                    self.missing.append(Named(title, row.year, row.movie_id))

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
        stored["unreadable"] = [tuple(one) for one in stored["unreadable"]]
        return cls(**stored)

    def incoming(self) -> Incoming:
        """What confirming writes: what is sure and what was answered, each film once, the newest of it."""
        answered = [(one.kind, one.answer, one.stars, one.at) for one in self.questions if one.answer > SKIPPED]
        entries = _newest_of_each([*self.entries, *answered])
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
