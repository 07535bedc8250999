"""Text and tables out of bytes that may be anything."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.imports.errors import ImportFileError
from bot.imports.rows import MAX_ROWS

TEXT_KEPT = 200
"""Characters of a row that is shown because it cannot be read."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its cells by the folded name of their column; None where the row fits no column."""

    number: int
    cells: Mapping[str, str] | None
    text: str

    def get(self, column: str) -> str:
        return self.cells.get(column, "").strip() if self.cells else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: where it stood, its columns, and its rows, read when they are asked for."""

    name: str
    columns: frozenset[str]
    text: str

    @classmethod
    def of(cls, name: str, content: bytes) -> "Table":
        text = decoded(content)
        header = next(_rows(text), (1, None))[1] or []
        return cls(name, frozenset(_fold(one) for one in header), text)

    def lines(self) -> Iterator[Line]:
        """The rows below the header, blank ones left out; raises ImportFileError beyond `MAX_ROWS`."""
        rows = _rows(self.text)
        header = [_fold(one) for one in next(rows, (1, None))[1] or []]
        for count, (number, row) in enumerate(rows):
            if count == MAX_ROWS:
                raise ImportFileError("too_many_rows")
            is_whole = row is not None and len(row) >= min(2, len(header))
            cells = dict(zip(header, row, strict=False)) if is_whole and row is not None else None
            yield Line(number, cells, ", ".join(row or ())[:TEXT_KEPT])


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 by its mark, or else Latin-1, which fits anything."""
    if content.startswith(_UTF16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _rows(text: str) -> Iterator[tuple[int, list[str] | None]]:
    """Line numbers and cells; None for a row that is no CSV, such as one with a cell beyond all measure."""
    head = text[:4096].lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reader.line_num, None
            continue
        if any(cell.strip() for cell in row):
            yield reader.line_num, row


def _fold(column: str) -> str:
    return " ".join(column.lower().split())
