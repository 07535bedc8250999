"""Fetching a published archive: whole and verified, or not at all."""

import hashlib
import logging
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DownloadError
from data.files import sweep
from data.registry import Published

if TYPE_CHECKING:
    import requests

ATTEMPTS = 2
CONNECT_TIMEOUT_S, READ_TIMEOUT_S = 10, 30
_CHUNK_BYTES = 1 << 16
_SCRATCH = ".download-"
_MD5 = re.compile(r"\b[0-9a-f]{32}\b", re.IGNORECASE)

log = logging.getLogger(__name__)


def fetch(published: Published, folder: Path, *, base_url: str, progress: bool = False) -> Path:
    """The zip of `published` in `folder`, downloaded unless a verified copy lies there.

    A download that is broken or not the published file is repeated, then given up with DownloadError, and
    leaves no file behind. The hash the server gave for another edition is kept beside the zip as `.md5`.
    """
    file = folder / published.file
    if file.is_file() and _is_verified(file, published):
        return file
    sweep(folder, _SCRATCH)
    url = f"{base_url.rstrip('/')}/{published.file}"
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _download(published, url, file, progress)
            break
        except DownloadError as error:
            if attempt == ATTEMPTS or not error.broken:
                raise
            log.warning("%s; trying again", error)
    return file


def _is_verified(file: Path, published: Published) -> bool:
    if published.hash is not None and _matches(file, published.hash):
        return True
    noted = _note(file)
    return published.replaceable and noted.is_file() and _matches(file, f"md5:{noted.read_text('ascii').strip()}")


def _download(published: Published, url: str, file: Path, progress: bool) -> None:
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=file.parent) as scratch:
        fresh = Path(scratch) / file.name
        _get(published.name, url, fresh, progress)
        if published.hash is None or not _matches(fresh, published.hash):
            if not published.replaceable:
                raise DownloadError(published.name, url, "what arrived is not the published file", broken=True)
            if published.hash is not None:
                log.warning("%s is not the edition of 2018-09-26; asking the server for its hash", published.name)
            md5 = _ask_md5(published.name, url, Path(scratch) / "md5")
            if not _matches(fresh, f"md5:{md5}"):
                raise DownloadError(published.name, url, "what arrived does not match its .md5", broken=True)
            _note(file).write_text(md5, "ascii")
        fresh.replace(file)


def _ask_md5(name: str, url: str, target: Path) -> str:
    _get(name, f"{url}.md5", target, progress=False)
    found = _MD5.search(target.read_text("ascii", "replace"))
    if found is None:
        raise DownloadError(name, f"{url}.md5", "it holds no MD5")
    return found[0].lower()


def _get(name: str, url: str, target: Path, progress: bool) -> None:
    import pooch  # with all that a download needs, and a bot that has its data set does not
    import requests

    timeout_s = (CONNECT_TIMEOUT_S, READ_TIMEOUT_S)
    downloader = pooch.HTTPDownloader(progressbar=progress, chunk_size=_CHUNK_BYTES, timeout=timeout_s)
    try:
        downloader(url, str(target), None)
    except requests.RequestException as error:
        if error.response is not None:
            error.response.close()
        broke_off = isinstance(error, requests.exceptions.ChunkedEncodingError)
        begun = broke_off or target.stat().st_size > 0
        raise DownloadError(name, url, _reason(error, begun), broken=begun) from error


def _reason(error: "requests.RequestException", begun: bool) -> str:
    if error.response is not None:
        return f"the server answered {error.response.status_code}"
    return "the connection broke off" if begun else "the server cannot be reached"


def _matches(file: Path, expected: str) -> bool:
    algorithm, digest = expected.split(":")
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, algorithm).hexdigest() == digest


def _note(file: Path) -> Path:
    return file.with_name(f"{file.name}.md5")
