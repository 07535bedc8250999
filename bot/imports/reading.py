"""From an attachment to rows: open it, find out whose export it is, read it."""

import re
from collections.abc import Mapping

from bot.imports.archive import OWN, open_upload
from bot.imports.errors import ImportFileError
from bot.imports.formats import read_tables
from bot.imports.rows import MAX_ROWS, Reading
from bot.imports.tables import Table, decoded
from bot.imports.trakt import read_trakt

_FORMAT = re.compile(r'\s*{\s*"format"\s*:\s*"marquee-export"\s*,')
_ID_SPACE = re.compile(r'"id_space"\s*:\s*"([^"\\]{1,40})"')
# Ratings say what somebody thinks now, the diary what they once thought; see `read_tables`.
_ORDER = ("ratings.csv", "diary.csv", "watched.csv", "watchlist.csv", "hidden.csv", "seen.csv")


def read_upload(name: str, content: bytes) -> Reading:
    """All rows of an attachment; raises ImportFileError."""
    files = open_upload(name, content)
    tables = {name: held for name, held in files.items() if not _is_json(name, held)}
    reading = read_tables([Table.of(name, tables[name]) for name in sorted(tables, key=_rank)])
    if reading is None:
        lists = {name: held for name, held in files.items() if name != OWN and name not in tables}
        if not lists:
            raise ImportFileError("unknown")
        reading = read_trakt(lists)
    elif reading.source == "marquee":
        reading.id_space = _own_id_space(files)
    if len(reading.rows) > MAX_ROWS:
        raise ImportFileError("too_many_rows")
    if not reading.rows:
        raise ImportFileError("no_ratings")
    return reading


def _is_json(name: str, content: bytes) -> bool:
    return name.endswith(".json") or content.lstrip()[:1] in (b"[", b"{")


def _rank(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER)), name


def _own_id_space(files: Mapping[str, bytes]) -> str | None:
    """How the films of our own export are numbered; None where it does not come with its description."""
    head = decoded(files.get(OWN, b""))
    found = _ID_SPACE.search(head)
    return found[1] if found and _FORMAT.match(head) else None
