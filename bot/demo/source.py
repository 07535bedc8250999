"""Where the lines come from: a file, a pipe, the prompt of a terminal, or the tour."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TextIO

from bot.demo.output import never_fail
from bot.demo.script import Line, parse_script

PIPE = "-"


class ScriptFileError(Exception):
    """The file of a script cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot read the script {path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Source:
    """Lines that were read and parsed as a whole, or a stream that is read line by line as it comes."""

    lines: tuple[Line, ...] = ()
    stream: TextIO | None = None
    is_interactive: bool = False


def open_source(script: str | None, stdin: TextIO | None) -> Source:
    """`script` is a file, `-`, or None: a prompt in a terminal, else the tour.

    Raises ScriptError for a malformed line and ScriptFileError.
    """
    if stdin is not None:
        never_fail(stdin, "utf-8")
    if script == PIPE:
        return Source(stream=stdin)
    if script is not None:
        return Source(lines=parse_script(_read(Path(script)).splitlines()))
    if stdin is not None and stdin.isatty():
        return Source(stream=stdin, is_interactive=True)
    tour = files("bot.demo").joinpath("tour.txt").read_text("utf-8")
    return Source(lines=parse_script(tour.splitlines()))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig", errors="replace")
    except OSError as error:
        raise ScriptFileError(path, error.strerror or str(error)) from error


async def read_line(read: Callable[[], str]) -> str:
    """Call a blocking `read` in a thread of its own that holds nobody up at the end; "" at the end of input."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[str] = loop.create_future()

    def settle(text: str, error: Exception | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(text)

    def run() -> None:
        text, failure = "", None
        try:
            text = read()
        except EOFError:
            pass
        except Exception as error:
            failure = error
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, text, failure)

    threading.Thread(target=run, name="demo input", daemon=True).start()
    return await future
