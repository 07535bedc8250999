"""Where the lines come from: a file, a pipe, the prompt of a terminal, or the tour."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TextIO

from bot.demo.output import never_fail
from bot.demo.script import Line, parse_script


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
    if script == "-":
        return Source(stream=stdin)
    if script is not None:
        try:
            text = Path(script).read_text("utf-8-sig", errors="replace")
        except OSError as error:
            raise ScriptFileError(Path(script), error.strerror or str(error)) from error
        return Source(lines=parse_script(text.splitlines()))
    if stdin is not None and stdin.isatty():
        return Source(stream=stdin, is_interactive=True)
    tour = files("bot.demo").joinpath("tour.txt").read_text("utf-8")
    return Source(lines=parse_script(tour.splitlines()))


async def read_line(read: Callable[[], str]) -> str:
    """Call a blocking `read` in a thread of its own that holds nobody up at the end; "" at the end of input."""
    future: Future[str] = Future()

    def run() -> None:
        with suppress(InvalidStateError):  # nobody waits for it any more
            try:
                future.set_result(read())
            except EOFError:
                future.set_result("")
            except Exception as error:
                future.set_exception(error)

    threading.Thread(target=run, name="demo input", daemon=True).start()
    return await asyncio.wrap_future(future)
