"""Everything kept about a member as a zip of csv and json, which `import` reads back."""

import asyncio
import contextlib
import csv
import io
import itertools
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.movies import MovieSearch
from bot.privacy.service import NothingStoredError
from data.store import SHELVES, Everything, Store

FORMAT = "marquee-export"
VERSION = 1
RATINGS = ("movie_id", "title", "year", "imdb_id", "tmdb_id", "rating", "rated_at")
SHELF = ("movie_id", "title", "year", "imdb_id", "tmdb_id", "added_at")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""How a cell begins that a spreadsheet takes for a formula; the last, so that what is put in front can be told."""
_TIMES = frozenset(
    {
        "rated_at",
        "added_at",
        "created_at",
        "guessed_at",
        "at",
        "before_at",
        "after_at",
        "started_at",
        "finished_at",
        "seen_at",
        "left_at",
        "blocked_at",
        "quarantined_at",
        "interested_at",
        "came_at",
        "answered_at",
        "asked_at",
    }
)
_OWNER = frozenset({"user_id", "requested_by"})
_JSON = frozenset({"query", "movie_ids", "plan", "list_defaults"})
_NAMES = {"changes": "history", "shown_lists": "lists"}
"""Tables that members know by another name."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Export:
    """A file for the member; `ratings` of `rows` rows are ratings."""

    name: str
    content: bytes
    ratings: int
    rows: int


class ExportService:
    def __init__(self, store: Store, search: MovieSearch, id_space: str) -> None:
        self._store = store
        self._search = search
        self._id_space = id_space

    async def export(self, discord_id: int, at: int, readme: str) -> Export:
        """All rows about the member, with the words of `readme` beside them. Raises NothingStoredError."""
        everything = await self._store.personal.everything(discord_id)
        if everything.profile is None and not everything.trainings:
            raise NothingStoredError
        return await asyncio.to_thread(self._pack, everything, at, readme)

    def _pack(self, everything: Everything, at: int, readme: str) -> Export:
        record = self._record(everything, at)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("ratings.csv", _csv(RATINGS, record["ratings"]))
            for shelf in SHELVES:
                archive.writestr(f"{shelf}.csv", _csv(SHELF, record[shelf]))
            archive.writestr("marquee.json", _json(record))
            archive.writestr("README.txt", readme)
        rows = sum(len(rows) for rows in (*everything.tables.values(), everything.trainings))
        day = datetime.fromtimestamp(at, UTC).date()
        return Export(f"marquee-{day}.zip", content.getvalue(), len(record["ratings"]), rows)

    def _record(self, everything: Everything, at: int) -> Record:
        """What `marquee.json` holds: every table by the name members know it by.

        Films are named in full where they are rated or shelved; `films` names those that only other rows speak of.
        """
        tables = {_NAMES.get(table, table): _told(rows) for table, rows in everything.tables.items()}
        rated = {row["movie_id"] for row in tables.get("ratings", [])}
        shelves = [
            row for row in tables.pop("shelves", []) if row["shelf"] != "seen" or row["movie_id"] not in rated
        ]  # with stars it is not among those seen without
        named = {movie_id: self._film(movie_id) for movie_id in _film_ids(shelves, *tables.values())}
        for shelf in SHELVES:
            tables[shelf] = [
                {**named[row["movie_id"]], "added_at": row["added_at"]} for row in shelves if row["shelf"] == shelf
            ]
        tables["ratings"] = [
            {**named[row["movie_id"]], "rating": row["stars"], "rated_at": row["rated_at"]}
            for row in tables.get("ratings", [])
        ]
        told = {row["movie_id"] for kind in ("ratings", *SHELVES) for row in tables[kind]}
        return {
            "format": FORMAT,
            "version": VERSION,
            "exported_at": _moment(at),
            "id_space": self._id_space,
            "profile": _profile(everything.profile),
            **tables,
            "trainings": _told(everything.trainings),
            "films": [film for movie_id, film in named.items() if film["title"] and movie_id not in told],
        }

    def _film(self, movie_id: int) -> Record:
        """The film's names in other catalogues, None where neither this one nor an earlier one knew it."""
        movie = self._search.named(movie_id) if self._search.is_named(movie_id) else None
        names = {key: getattr(movie, key, None) for key in ("title", "year", "imdb_id", "tmdb_id")}
        return {"movie_id": movie_id, **names}


def _film_ids(*tables: Iterable[Record]) -> set[int]:
    """All films that some row speaks of."""
    found = set()
    for row in itertools.chain(*tables):
        if row.get("movie_id") is not None:
            found.add(row["movie_id"])
        found.update(row.get("movie_ids") or ())
    return found


def _profile(row: Mapping[str, Any] | None) -> Record | None:
    if row is None:
        return None
    # As text: a program that reads JSON numbers as floats would round the id.
    about = {"discord_id": str(row["discord_id"]), "trains": bool(row["trains"])}
    return {column: _value(column, value) for column, value in row.items()} | about


def _told(rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Rows without the member's own number, which the profile says once."""
    return [{column: _value(column, value) for column, value in row.items() if column not in _OWNER} for row in rows]


def _value(column: str, value: Any) -> Any:
    """Times as ISO 8601 in UTC, and stored JSON as what it says."""
    if value is None:
        return None
    if column in _TIMES:
        return _moment(value)
    if column in _JSON:
        with contextlib.suppress(ValueError):
            return json.loads(value)
    return value


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat().removesuffix("+00:00") + "Z"


def _csv(columns: Sequence[str], rows: Iterable[Record]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return file.getvalue()


def _json(record: Record) -> str:
    """One line a row: short to encode, so that nothing else waits for it, and easy to read and to compare."""
    parts = []
    for name, value in record.items():
        text = _rows_json(value) if isinstance(value, list) else json.dumps(value, ensure_ascii=False)
        parts.append(f"{json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rows_json(rows: Sequence[Record]) -> str:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def _cell(value: object) -> object:
    """No cell that a spreadsheet would run: a title that begins like a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
