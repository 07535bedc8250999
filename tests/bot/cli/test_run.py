"""`run` up to the login: what Discord or the way to it may answer, and that the token is never shown."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Run

TOKEN = "MTIz.secret.token"


@contextmanager
def answering(status: int) -> Iterator[str]:
    """The REST base of a server that answers every request with one status."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"message": "no", "code": 0}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/v10"
        finally:
            server.shutdown()
            thread.join()


def last_line(err: str) -> str:
    assert "Traceback" not in err
    return err.splitlines()[-1]


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_token_that_discord_refuses(marquee: Run, trained_dir: Path, log_format: str) -> None:
    with answering(401) as url:
        ended = marquee(
            "run", DISCORD_TOKEN=f"  {TOKEN} ", DISCORD_API_URL=url, LOG_LEVEL="DEBUG", LOG_FORMAT=log_format
        )
    assert ended.code == 2
    assert last_line(ended.err) == (
        "The setting DISCORD_TOKEN is “…”, expected a token that Discord accepts. "
        "Change it in .env or in the environment."
    )
    assert TOKEN not in ended.out + ended.err
    if log_format == "json":
        lines = [json.loads(line) for line in ended.err.splitlines()[:-1]]
        assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
        assert any("ml-32m" in line["message"] for line in lines)  # the catalogue's age


def test_an_address_where_no_discord_is(marquee: Run, trained_dir: Path) -> None:
    with answering(404) as url:
        ended = marquee("run", DISCORD_TOKEN=TOKEN, DISCORD_API_URL=url)
    assert ended.code == 1
    assert last_line(ended.err) == (
        f"Discord cannot be reached at {url} (it answered 404). Check the connection and DISCORD_API_URL."
    )
    assert TOKEN not in ended.err


def test_without_a_token_nothing_is_made_or_opened(marquee: Run, data_dir: Path) -> None:
    assert marquee("run").code == 2
    assert not data_dir.exists()
