"""Opening what a member attached: in memory only, known names only, within limits."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from bot.imports.errors import ImportFileError

MAX_BYTES = 5_000_000
"""Of the attachment itself; 20,000 ratings are about one million."""
MAX_ENTRIES = 2_000
"""Letterboxd packs a file for each list somebody made."""
MAX_ENTRY_BYTES = 8_000_000
MAX_TOTAL_BYTES = 16_000_000
MAX_RATIO = 100
"""Unpacked over packed; lists of films come to about 10."""
MAX_DEPTH = 3
OWN = "marquee.json"
HEAD_BYTES = 4_096
"""Of our own description: what it holds beside its head stands in the tables too, and it may be long."""

KNOWN_NAMES = frozenset(
    (
        *("ratings.csv", "watchlist.csv", "hidden.csv", "diary.csv", "seen.csv", "watched.csv", OWN),
        *("ratings-movies.json", "lists-watchlist.json", "watchlist.json", "watched-movies.json"),
    )
)
_NOT_FOR_US = frozenset(("deleted", "orphaned", "likes", "__macosx"))
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1  # bit of an entry's flags
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def open_upload(name: str, content: bytes) -> Mapping[str, bytes]:
    """The files in an attachment by their names; a file that is no zip is the only one.

    Raises ImportFileError. Entries of other names are never opened, nor is a zip in a zip.
    """
    if len(content) > MAX_BYTES:
        raise ImportFileError("too_large")
    if not content.startswith(b"PK"):
        return {PurePosixPath(name.replace("\\", "/")).name.lower(): content}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read_known(archive)
    except _BROKEN as error:
        raise ImportFileError("damaged") from error


def _read_known(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise ImportFileError("unpacks_large")
    files: dict[str, bytes] = {}
    total = 0
    for name, entry in _known(entries).items():
        if entry.flag_bits & _ENCRYPTED:
            raise ImportFileError("encrypted")
        if entry.compress_type not in _METHODS:
            raise ImportFileError("damaged")
        if name == OWN:
            with archive.open(entry) as stream:
                files[name] = stream.read(HEAD_BYTES)
            continue
        if entry.file_size > min(MAX_ENTRY_BYTES, MAX_RATIO * max(entry.compress_size, 1)):
            raise ImportFileError("unpacks_large")
        # What an entry says of its size may be a lie, so no more than that is read either.
        with archive.open(entry) as stream:
            files[name] = stream.read(MAX_ENTRY_BYTES + 1)
        total += len(files[name])
        if len(files[name]) > MAX_ENTRY_BYTES or total > MAX_TOTAL_BYTES:
            raise ImportFileError("unpacks_large")
    return files


def _known(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries worth opening; of two of one name the one nearer the top."""
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in sorted(entries, key=lambda one: one.filename.count("/")):
        *folders, name = entry.filename.lower().split("/")
        is_list = "lists" in folders and name.endswith(".csv")  # somebody's own list, whatever it is called
        if name in KNOWN_NAMES and len(folders) < MAX_DEPTH and not is_list and _NOT_FOR_US.isdisjoint(folders):
            found.setdefault(name, entry)
    return found
