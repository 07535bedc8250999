"""Reading IMDb's files in batches: gzip, tab-separated, `\\N` for nothing, and no quoting at all."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from data.errors import SourceFileError

FILES = {
    "title.ratings": ("tconst", "averageRating", "numVotes"),
    "title.basics": (
        *("tconst", "titleType", "primaryTitle", "originalTitle", "isAdult", "startYear", "runtimeMinutes", "genres"),
    ),
    "title.akas": ("titleId", "title"),
    "title.crew": ("tconst", "directors"),
    "title.principals": ("tconst", "ordering", "nconst", "category"),
    "name.basics": ("nconst", "primaryName"),
}
"""The columns that are read, by file, in the order in which the files are."""
BLOCK_BYTES = 8 << 20


def file_of(name: str) -> str:
    return f"{name}.tsv.gz"


def batches(path: Path, name: str) -> Iterator[pa.RecordBatch]:
    """The needed columns of one file, all as text, batch by batch; raises SourceFileError."""
    columns = FILES[name]
    _check_header(path, columns)
    try:
        with pa.OSFile(str(path)) as raw, pa.CompressedInputStream(raw, "gzip") as stream:
            yield from pyarrow.csv.open_csv(
                stream,
                read_options=pyarrow.csv.ReadOptions(block_size=BLOCK_BYTES, use_threads=False),
                parse_options=pyarrow.csv.ParseOptions(delimiter="\t", quote_char=False, double_quote=False),
                convert_options=pyarrow.csv.ConvertOptions(
                    include_columns=list(columns),
                    column_types=dict.fromkeys(columns, pa.string()),
                    null_values=["\\N"],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                ),
            )
    except pa.ArrowException as error:
        raise SourceFileError(path, _reason(str(error))) from error
    except OSError as error:
        raise SourceFileError(path, _reason(error.strerror or str(error))) from error


def _check_header(path: Path, columns: Sequence[str]) -> None:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            found = stream.readline().rstrip("\r\n").split("\t")
    except FileNotFoundError:
        raise SourceFileError(path, "it is not there") from None
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise SourceFileError(path, "it is no whole gzip file") from error
    if missing := [column for column in columns if column not in found]:
        raise SourceFileError(path, f"it has no column {' and no column '.join(missing)}")


def _reason(text: str) -> str:
    """What pyarrow says, in words for an operator."""
    if "runcated" in text or "zlib" in text.lower() or "inflate" in text.lower():
        return "it is damaged, or was not fetched to its end"
    return text.splitlines()[0][:200]
