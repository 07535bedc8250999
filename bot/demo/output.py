"""Where the bot's messages go: JSON lines for programs (here), or a terminal (`bot.demo.terminal`)."""

import contextlib
import io
import os
from typing import IO, Protocol, TextIO

from bot.demo.event import Event
from bot.demo.script import Line


class Output(Protocol):
    """Somebody who reads along. `show` is called within the bot's own calls, so nothing here may raise."""

    is_waiting: bool
    """No line is being played: what comes now, comes by itself."""

    @property
    def is_gone(self) -> bool:
        """Nobody reads any more, as when the pipe was closed."""

    def said(self, line: Line) -> None: ...

    def show(self, event: Event) -> None: ...


class JsonLines:
    """One JSON object a message, flushed at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        never_fail(stream, "utf-8")
        self.is_gone = False
        self.is_waiting = True

    def said(self, line: Line) -> None:
        """The program knows what it has said."""

    def show(self, event: Event) -> None:
        try:
            self._stream.write(event.to_json() + "\n")
            self._stream.flush()
        except BrokenPipeError:
            self.is_gone = True
            abandon(self._stream)


def never_fail(stream: TextIO, encoding: str | None = None) -> None:
    """Replace what cannot be written or read in the encoding of a stream; `encoding` changes it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="replace")


def abandon(stream: IO[str]) -> None:
    """Let what is still buffered for a closed pipe go nowhere, or the interpreter complains about it at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
