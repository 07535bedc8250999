"""Fetching IMDb's files: only what has changed since, from where it broke off, and whole or not at all."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import SourceDownloadError
from data.files import usable, write_durably
from data.imdb.tables import FILES, file_of

if TYPE_CHECKING:
    import requests

BASE_URL = "https://datasets.imdbws.com/"
ATTEMPTS = 3
TIMEOUT_S = (10, 30)
_CHUNK_BYTES = 1 << 18
"""So much is lost at most where a connection breaks off."""
_PARTIAL, _WHOLE = 206, 200
_UNCHANGED = 304

log = logging.getLogger(__name__)

OnBytes = Callable[[str, int, int | None], None]
"""Hears of which file how many bytes are here, and of how many; None where the server does not say."""


def fetch_all(folder: Path, base_url: str, on_bytes: OnBytes) -> None:
    """Bring all files in `folder` up to date; raises SourceDownloadError, after which it goes on where it broke off."""
    with usable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            _fetch(folder / file_of(name), f"{base_url.rstrip('/')}/{file_of(name)}", on_bytes)


def _fetch(file: Path, url: str, on_bytes: OnBytes) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _get(file, url, on_bytes)
            return
        except SourceDownloadError as error:
            if attempt == ATTEMPTS or not error.broken:
                raise
            log.warning("%s; going on", error)


def _get(file: Path, url: str, on_bytes: OnBytes) -> None:
    part = file.with_name(f"{file.name}.part")
    known, begun = _tag_of(file), _tag_of(part)
    headers = {"Accept-Encoding": "identity"}
    if known is not None:
        headers["If-None-Match"] = known
    start = part.stat().st_size if begun is not None else 0
    if start and begun is not None:
        headers |= {"Range": f"bytes={start}-", "If-Range": begun}
    with _answer(file.name, url, headers) as response:
        if response.status_code == _UNCHANGED and known is not None:
            return
        if response.status_code == 416:  # what is here is more than there is: another edition
            _drop(part)
            raise SourceDownloadError(file.name, url, "the server has another edition", broken=True)
        if response.status_code not in (_WHOLE, _PARTIAL):
            raise SourceDownloadError(file.name, url, f"the server answered {response.status_code}")
        is_rest = response.status_code == _PARTIAL
        start = start if is_rest else 0
        tag, length = response.headers.get("ETag"), response.headers.get("Content-Length")
        total = start + int(length) if length is not None and length.isdecimal() else None
        if not is_rest:
            _note(part, tag)
        _receive(file.name, url, response, part, start, total, on_bytes)
    part.replace(file)
    _note(file, tag)
    _drop(part)


def _receive(
    name: str, url: str, response: "requests.Response", part: Path, start: int, total: int | None, on_bytes: OnBytes
) -> None:
    import requests

    here = start
    try:
        with part.open("ab" if start else "wb") as target:
            for chunk in response.iter_content(_CHUNK_BYTES):
                target.write(chunk)
                here += len(chunk)
                on_bytes(name, here, total)
    except requests.RequestException as error:
        raise SourceDownloadError(name, url, "the connection broke off", broken=True) from error
    if total is not None and here != total:
        raise SourceDownloadError(name, url, "the connection broke off", broken=True)


@contextmanager
def _answer(name: str, url: str, headers: dict[str, str]) -> Iterator["requests.Response"]:
    import requests

    try:
        response = requests.get(url, headers=headers, stream=True, timeout=TIMEOUT_S)
    except requests.RequestException as error:
        raise SourceDownloadError(name, url, "the server cannot be reached") from error
    with response:
        yield response


def _tag_of(file: Path) -> str | None:
    """The ETag of a file that is here as the server gave it."""
    if not file.is_file():
        return None
    with suppress(OSError, ValueError, KeyError):
        noted = json.loads(_tag_file(file).read_text("utf-8"))
        return str(noted["etag"])
    return None


def _note(file: Path, tag: str | None) -> None:
    if tag is None:
        _tag_file(file).unlink(missing_ok=True)
    else:
        write_durably(_tag_file(file), json.dumps({"etag": tag}))


def _drop(part: Path) -> None:
    part.unlink(missing_ok=True)
    _tag_file(part).unlink(missing_ok=True)


def _tag_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.etag")
