"""Everything kept about a member as a zip of csv and json, which `import` reads back."""

import asyncio
import contextlib
import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.errors import NothingStoredError
from bot.services.films import Films
from data.store import Everything, Store

FORMAT = "marquee-export"
VERSION = 1
RATINGS = ("movie_id", "title", "year", "imdb_id", "tmdb_id", "rating", "rated_at")
SHELF = ("movie_id", "title", "year", "imdb_id", "tmdb_id", "added_at")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""
_TIMES = frozenset({"rated_at", "added_at", "created_at", "guessed_at", "at", "before_at", "started_at", "finished_at"})
_JSON = frozenset({"query", "movie_ids", "plan"})
_NAMES = {"writes": "history", "shown_lists": "lists"}
"""Tables that members know by another name."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Export:
    """A file for the member; `ratings` of `rows` rows are ratings."""

    name: str
    content: bytes
    ratings: int
    rows: int


class Exporting:
    def __init__(self, store: Store, films: Films, id_space: str) -> None:
        self._store = store
        self._films = films
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
            archive.writestr("watchlist.csv", _csv(SHELF, record["watchlist"]))
            archive.writestr("hidden.csv", _csv(SHELF, record["hidden"]))
            archive.writestr("marquee.json", json.dumps(record, ensure_ascii=False, indent=1))
            archive.writestr("README.txt", readme)
        rows = sum(len(rows) for rows in (*everything.tables.values(), everything.trainings))
        day = datetime.fromtimestamp(at, UTC).date()
        return Export(f"marquee-{day}.zip", content.getvalue(), len(record["ratings"]), rows)

    def _record(self, everything: Everything, at: int) -> Record:
        """What `marquee.json` holds: every table by the name members know, times in words, films with titles."""
        tables = {_NAMES.get(table, table): self._rows(rows) for table, rows in everything.tables.items()}
        shelves = tables.pop("shelves", [])
        for shelf in ("watchlist", "hidden"):
            tables[shelf] = [_without(row, "shelf") for row in shelves if row["shelf"] == shelf]
        tables["ratings"] = [_renamed(row, "stars", "rating") for row in tables.get("ratings", [])]
        return {
            "format": FORMAT,
            "version": VERSION,
            "exported_at": _moment(at),
            "id_space": self._id_space,
            "profile": self._profile(everything.profile),
            **tables,
            "trainings": self._rows(everything.trainings, "requested_by"),
        }

    @staticmethod
    def _profile(row: Mapping[str, Any] | None) -> Record | None:
        if row is None:
            return None
        # As text: a program that reads JSON numbers as floats would round the id.
        return _told(row) | {"discord_id": str(row["discord_id"]), "trains": bool(row["trains"])}

    def _rows(self, rows: Sequence[Mapping[str, Any]], owner: str = "user_id") -> list[Record]:
        """Rows without the member's own number, which the profile says once."""
        return [self._with_film(_told(_without(row, owner))) for row in rows]

    def _with_film(self, row: Record) -> Record:
        """The film's names in other catalogues, None where this one does not know it."""
        if "movie_id" not in row:
            return row
        movie = self._films.catalogue.get(row["movie_id"])
        film = {key: getattr(movie, key, None) for key in ("title", "year", "imdb_id", "tmdb_id")}
        return {"movie_id": row["movie_id"]} | film | row


def _told(row: Mapping[str, Any]) -> Record:
    """Times as ISO 8601 in UTC, and stored JSON as what it says."""
    return {column: _value(column, value) for column, value in row.items()}


def _value(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column in _TIMES:
        return _moment(value)
    if column in _JSON:
        with contextlib.suppress(ValueError):
            return json.loads(value)
    return value


def _moment(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _without(row: Mapping[str, Any], column: str) -> Record:
    return {name: value for name, value in row.items() if name != column}


def _renamed(row: Record, old: str, new: str) -> Record:
    return {new if name == old else name: value for name, value in row.items()}


def _csv(columns: Sequence[str], rows: Iterable[Record]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return file.getvalue()


def _cell(value: object) -> object:
    """No cell that a spreadsheet would run: a title that begins like a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
