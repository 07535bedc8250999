"""One GET, streamed into a file: what every download does."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DownloadError

if TYPE_CHECKING:
    import requests

TIMEOUT_S = (10, 30)
"""To connect, and between two pieces."""
_CHUNK_BYTES = 1 << 18
"""So much is lost at most where a connection breaks off."""

Failed = Callable[..., DownloadError]
"""Makes the error of a reason, and whether what had begun to arrive broke off."""


@contextmanager
def answer(url: str, failed: Failed, headers: Mapping[str, str]) -> Iterator["requests.Response"]:
    """What the server answers, of whatever status, nothing of its content read yet."""
    import requests  # a bot that has its data set does without it

    try:
        response = requests.get(url, headers={"Accept-Encoding": "identity", **headers}, stream=True, timeout=TIMEOUT_S)
    except requests.RequestException as error:
        raise failed("the server cannot be reached") from error
    with response:
        yield response


def length_of(response: "requests.Response") -> int | None:
    """Bytes that are to come; None where the server does not say."""
    length = response.headers.get("Content-Length")
    return int(length) if length is not None and length.isdecimal() else None


def receive(
    response: "requests.Response", file: Path, failed: Failed, on_bytes: Callable[[int], object], start: int = 0
) -> None:
    """Write what comes into `file`, behind its first `start` bytes; `on_bytes` hears how many are here by then."""
    import requests

    length, here = length_of(response), start
    try:
        with file.open("ab" if start else "wb") as target:
            for chunk in response.iter_content(_CHUNK_BYTES):
                target.write(chunk)
                here += len(chunk)
                on_bytes(here)
    except requests.RequestException as error:
        raise failed("the connection broke off", broken=True) from error
    if length is not None and here != start + length:
        raise failed("the connection broke off", broken=True)
