"""Reading the files of a data set out of a folder or a zip, without unpacking anything."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Self

from data.errors import CorruptDatasetError, DataFolderError, UnsafeArchiveError

_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError)
_READ_SIZE = 1 << 20


class Archive:
    """The files of a data set by their bare names. `root` is the folder or zip; use as a context manager.

    Files are looked for at the top and one folder below it, since GroupLens packs a folder.
    """

    def __init__(self, root: Path) -> None:
        """Open `root`; raises CorruptDatasetError, UnsafeArchiveError and DataFolderError."""
        self.root = root
        self._zip: zipfile.ZipFile | None = None
        self._members: dict[str, str] = {}
        try:
            if root.is_dir():
                members = [str(path.relative_to(root)) for glob in ("*", "*/*") for path in root.glob(glob)]
            else:
                self._zip = zipfile.ZipFile(root)
                members = [info.filename for info in self._zip.infolist() if not info.is_dir()]
        except _BROKEN_ZIP as error:
            raise CorruptDatasetError(root.name, None, "a zip archive", str(error)) from error
        except OSError as error:
            raise DataFolderError(root, error.strerror or str(error)) from error
        try:
            self._index(members)
        except UnsafeArchiveError:
            self.close()
            raise

    def _index(self, members: list[str]) -> None:
        for member in sorted(members, key=lambda name: (len(PurePosixPath(name).parts), name)):
            if self._zip is not None:
                _refuse_unsafe(self.root, member)
            path = PurePosixPath(member.replace("\\", "/"))
            if len(path.parts) <= 2 and "__MACOSX" not in path.parts:
                self._members.setdefault(path.name, member)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._zip is not None:
            self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of the file `name`; damage met while reading is raised as CorruptDatasetError."""
        if name not in self._members:
            raise CorruptDatasetError(self.root.name, None, f"a file {name}", "none")
        try:
            with self._stream(name) as stream:
                yield stream
        except _BROKEN_ZIP as error:
            raise CorruptDatasetError(name, None, "an intact file in the zip", str(error)) from error

    def _stream(self, name: str) -> IO[bytes]:
        if self._zip is not None:
            try:
                return self._zip.open(self._members[name])
            except RuntimeError as error:  # a password, or a compression Python does not know
                raise CorruptDatasetError(name, None, "a readable file in the zip", str(error)) from error
        try:
            return (self.root / self._members[name]).open("rb")
        except OSError as error:
            raise DataFolderError(self.root, error.strerror or str(error)) from error

    def content_hash(self, names: tuple[str, ...]) -> str:
        """SHA-256 of the zip, or of the `names` that exist in the folder, as a hexadecimal string."""
        digest = hashlib.sha256()
        if self._zip is not None:
            with self.root.open("rb") as stream:
                _update(digest, stream)
            return digest.hexdigest()
        for name in names:
            if name in self:
                digest.update(f"{name}\0".encode())
                with self.open(name) as stream:
                    _update(digest, stream)
        return digest.hexdigest()


def _update(digest: "hashlib._Hash", stream: IO[bytes]) -> None:
    while block := stream.read(_READ_SIZE):
        digest.update(block)


def _refuse_unsafe(root: Path, member: str) -> None:
    windows, posix = PureWindowsPath(member), PurePosixPath(member)
    if windows.drive or windows.root or posix.is_absolute() or ".." in windows.parts:
        raise UnsafeArchiveError(root, member)
