"""What a database should look like at each schema number: as the migrations make it from nothing."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

from data.store.migrate import Migration

# 0006 was changed once after it had been applied. Databases of both forms exist until 0010, which repairs them.
_CHANGED = 6
_REPAIRED = 10
_KEY = "PRIMARY KEY (user_id, movie_id)"
_KEY_BEFORE = "PRIMARY KEY (user_id, shelf, movie_id)"

_COMMENT = re.compile(r"--[^\n]*")
_SPACE = re.compile(r"\s+")
_SPACE_AROUND = re.compile(r" ?([(),]) ?")

Schema = Mapping[str, str]
"""The statement that made it, by `table ratings`, `index writes_of_film`; spacing, quotes and comments apart."""


def schema_of(connection: sqlite3.Connection) -> Schema:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*'")
    return {f"{kind} {name}": _plain(sql) for kind, name, sql in rows}


def drift(found: Schema, number: int, migrations: Sequence[Migration]) -> tuple[str, ...]:
    """What differs from the schema of that number, in alphabetical order; nothing where it is as it should be."""
    differing = [
        sorted(name for name in {*found, *made} if found.get(name) != made.get(name))
        for made in _made(number, migrations)
    ]
    nearest = min(differing, key=len)
    return tuple(nearest)


def _made(number: int, migrations: Sequence[Migration]) -> Iterator[Schema]:
    """What the migrations up to that number make, in each form that stands somewhere."""
    scripts = {one.number: one.script for one in migrations if one.number <= number}
    yield _make(scripts)
    if _CHANGED <= number < _REPAIRED:
        yield _make(scripts | {_CHANGED: scripts[_CHANGED].replace(_KEY, _KEY_BEFORE)})


def _make(scripts: Mapping[int, str]) -> Schema:
    with closing(sqlite3.connect(":memory:")) as connection:
        for _, script in sorted(scripts.items()):
            connection.executescript(script)
        return schema_of(connection)


def _plain(sql: str) -> str:
    return _SPACE_AROUND.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", sql).replace('"', ""))).strip()
