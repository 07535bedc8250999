"""A real server of IMDb's files, on the loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Server(ThreadingHTTPServer):
    """Serves a folder as the real one does: with ETags, ranges, and whatever goes wrong."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.edition = "1"
        self.asked: list[tuple[str, str | None, int]] = []
        """File, range and status of each answer."""
        self.breaks_off: dict[str, int] = {}
        """How often a file is broken off in its middle from now on."""
        self.refuses: dict[str, int] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        name = self.path.lstrip("/")
        content, tag = (self.server.folder / name).read_bytes(), f'"{name}-{self.server.edition}"'
        wanted = self.headers.get("Range")
        if name in self.server.refuses:
            self._answer(name, wanted, self.server.refuses[name], tag, b"", 0)
        elif self.headers.get("If-None-Match") == tag:
            self._answer(name, wanted, 304, tag, b"", 0)
        elif wanted is not None and self.headers.get("If-Range") == tag:
            rest = content[int(wanted.removeprefix("bytes=").rstrip("-")) :]
            self._answer(name, wanted, 206, tag, rest, len(rest))
        else:
            self._answer(name, wanted, 200, tag, content, len(content))

    def _answer(self, name: str, wanted: str | None, status: int, tag: str, content: bytes, length: int) -> None:
        self.server.asked.append((name, wanted, status))
        self.send_response(status)
        self.send_header("ETag", tag)
        if status in (200, 206):
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if status in (200, 206) and self.server.breaks_off.get(name, 0) > 0:
            self.server.breaks_off[name] -= 1
            content = content[: len(content) // 2]
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    served = Server(folder)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    try:
        yield served
    finally:
        served.shutdown()
        thread.join()
        served.server_close()
