"""Databases of every schema number that was in use, as the code of their time wrote them (`old/*.sql`)."""

import sqlite3
from contextlib import closing
from pathlib import Path

DUMPS = sorted((Path(__file__).parent / "old").glob("*.sql"))
NEW_FORM, OLD_FORM = sorted((Path(__file__).parent / "old").glob("schema-09-*.sql"))
"""The last number of which there are two."""
ANN_ID, BOB_ID = 111_222_333_444_555_666, 222_333_444_555_666_777
"""The Discord ids of the two members in them."""


def restore(dump: Path, path: Path) -> Path:
    """Write the database of a dump, in place of what is there."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text("utf-8"))
    return path


def number_of(dump: Path) -> int:
    return int(dump.stem.split("-")[1])


def rows_in(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table, by its name."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for (name,) in names.fetchall()}
