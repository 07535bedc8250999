"""Running the demo: a world, lines from somewhere, and an exit code."""

from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from typing import TextIO

from discord import Locale
from rich.text import Text

from bot.demo import web
from bot.demo.event import Event
from bot.demo.markup import render
from bot.demo.output import JsonLines, Output
from bot.demo.play import Player
from bot.demo.roster import FILE_NAME, Roster
from bot.demo.script import Advance, Line, Restart, ScriptError, Wait, parse_line
from bot.demo.source import Source, read_line
from bot.demo.terminal import PROMPT, WELCOME, Terminal, ask, kept_terminal
from bot.demo.world import MakeBot, World

BETWEEN_LINES_S = 10.0
"""How much later the next line of a script is said, so that no cooldown is in its way."""

OK, BUGS, MALFORMED = 0, 1, 2

_LEAVING = {"exit", "quit"}


async def run_demo(
    make_bot: MakeBot,
    source: Source,
    *,
    stdout: TextIO,
    stderr: TextIO,
    as_json: bool = False,
    is_web: bool = False,
    data_dir: Path | None = None,
    locale: Locale = Locale.american_english,
    when_ready: Callable[[], None] = lambda: None,
) -> int:
    """Play `source` with a bot made by `make_bot`, and return the exit code; `when_ready` is called before it.

    2 is for a line that cannot be played, 1 for a bot that met a bug or hangs, else 0. With `data_dir` the same
    people come back under the same ids; `locale` is the language of everybody's Discord.
    Raises RosterError, and what the bot raises when it starts.
    """

    def show(event: Event) -> None:
        output.show(event)

    world = World(make_bot, Roster(data_dir / FILE_NAME if data_dir is not None else None), show, locale)
    output: Output = JsonLines(stdout) if as_json else Terminal(stdout, world.name_of)
    try:
        async with world:
            when_ready()
            code = await _Session(world, output, stderr).run(source, is_web=is_web)
            await world.cancel_training()
            return code or (BUGS if world.bugs else OK)
    except TimeoutError as error:
        print(f"the bot hangs: {error}", file=stderr)
        return BUGS


class _Session:
    """Lines from a source, played one after the other."""

    def __init__(self, world: World, output: Output, stderr: TextIO) -> None:
        self._world = world
        self._output = output
        self._stderr = stderr
        self._player = Player(world, self._complain)

    def _complain(self, text: str) -> None:
        print(text, file=self._stderr, flush=True)

    async def run(self, source: Source, *, is_web: bool) -> int:
        try:
            if not source.is_interactive:
                await self._play_script(source)
            elif not is_web:
                await self._converse(source)
            if is_web:
                await web.serve(self._world, self._complain)
        except ScriptError as error:
            self._complain(str(error))
            return MALFORMED
        return OK

    async def _play_script(self, source: Source) -> None:
        is_first = True
        async for line in self._lines(source):
            if not is_first:
                await self._world.advance(BETWEEN_LINES_S)
            is_first = False
            self._output.said(line)
            await self._play(line)
            if self._output.is_gone:
                return

    async def _play(self, line: Line) -> None:
        self._output.is_waiting = isinstance(line, Wait | Advance | Restart)
        try:
            await self._player.play(line)
        finally:
            self._output.is_waiting = True

    async def _lines(self, source: Source) -> AsyncIterator[Line]:
        for line in source.lines:
            yield line
        if source.stream is None:
            return
        for number in count(1):
            text = await self._world.until(read_line(source.stream.readline))
            if not text:
                return
            if (read := parse_line(text, number)) is not None:
                yield read

    async def _converse(self, source: Source) -> None:
        """A prompt; a line that cannot be played is told, and the next one asked for."""
        if not isinstance(self._output, Terminal):  # a program at a terminal
            await self._play_script(source)
            return
        terminal = self._output
        terminal.note(render(WELCOME))
        with kept_terminal():
            for number in count(1):
                terminal.prompt = PROMPT
                text = await self._world.until(read_line(ask))
                terminal.prompt = None
                if not text or text.strip().lower() in _LEAVING:
                    return
                try:
                    line = parse_line(text, number)
                    if line is not None:
                        await self._play(line)
                except ScriptError as error:
                    terminal.note(Text(error.reason, "red"))
