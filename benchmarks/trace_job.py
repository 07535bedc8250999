"""Runs the demo and writes what code each message called: `python -m benchmarks.trace_job OUT ARGUMENTS…`."""

import json
import sys
import threading
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGES = tuple(str(ROOT / name) + "/" for name in ("bot", "data", "recommender"))


class Tracer:
    """Notes the functions that are called while it is on, in all threads that were started after it was made."""

    def __init__(self) -> None:
        self._codes: set[CodeType] | None = None
        threading.setprofile(self._note)

    def _note(self, frame: FrameType, event: str, _: Any) -> None:
        if self._codes is not None and event == "call" and frame.f_code.co_filename.startswith(PACKAGES):
            self._codes.add(frame.f_code)

    def begin(self) -> None:
        self._codes = set()
        sys.setprofile(self._note)

    def end(self) -> list[tuple[str, str]]:
        """File and name of each function; a lambda or a comprehension is part of the one it stands in."""
        sys.setprofile(None)
        codes, self._codes = self._codes or set(), None
        named = [code for code in codes if not code.co_name.startswith("<")]
        return sorted({(str(Path(code.co_filename).relative_to(ROOT)), code.co_qualname) for code in named})


def main(out: Path, arguments: list[str]) -> None:
    tracer, calls = Tracer(), []
    from bot.cli import app
    from bot.client import Marquee

    on_message = Marquee.on_message

    async def traced(bot: Marquee, message: Any, /) -> None:
        if message.author.bot:
            return
        tracer.begin()
        try:
            await on_message(bot, message)
        finally:
            calls.append({"text": message.content, "called": tracer.end()})

    Marquee.on_message = traced  # type: ignore[method-assign]
    try:
        app(arguments)
    finally:
        out.write_text(json.dumps(calls))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
