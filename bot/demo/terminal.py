"""A terminal that shows the bot's messages as a person would see them, and a prompt to talk from."""

import contextlib
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.demo.event import Block, Component, Event, File
from bot.demo.markup import NameOf, render
from bot.demo.output import abandon, never_fail
from bot.demo.script import Advance, Line, Restart, Wait
from bot.demo.world import BOT_NAME

PROMPT = "you> "
WELCOME = (
    "You are in #movies with **Marquee**. Try `!rate Heat 4.5`, `!recommend` or `!help`.\n"
    '-# Press a button with /click Undo, choose with /select "LABEL" "OPTION", use a slash command with '
    "/slash recommend; speak as somebody else with a name and a colon: alice: !rate Alien 5, or @admin: !retrain.\n"
    "-# exit or Ctrl-D leaves."
)
OPTIONS_SHOWN = 10

_GOLD = "rgb(224,165,38)"
_CLEAR_LINE = "\r\x1b[K"
_LINE_UP = "\x1b[1A"


class _Console(Console):
    """A console that only notes that nobody reads any more; Rich would end the program."""

    is_gone = False

    def on_broken_pipe(self) -> None:
        self.is_gone = True
        self.quiet = True
        abandon(self.file)


class Terminal:
    """Renders messages with Rich. While `prompt` is set, it is put back under whatever is printed."""

    def __init__(self, stream: TextIO, name_of: NameOf) -> None:
        self._stream = stream
        never_fail(stream)
        self._console = _Console(file=stream, highlight=False)
        self._name_of = name_of
        self._pictures: Path | None = None
        self._labels: dict[int, tuple[str, ...]] = {}
        self._progress_id = 0
        self.prompt: str | None = None
        self.is_waiting = True

    @property
    def is_gone(self) -> bool:
        return self._console.is_gone

    def said(self, line: Line) -> None:
        said = Text(line.source, "dim")
        if not isinstance(line, Wait | Advance | Restart):
            text = re.sub(rf"@?{re.escape(line.speaker)}:\s+", "", line.source, count=1)
            said = Text(f"{line.speaker}: ", "bold cyan").append(text, "none")
        with self._printing():
            self._console.print(Text("\n"), said, sep="")

    def show(self, event: Event) -> None:
        labels = tuple(one.label for one in event.components)
        is_same = self._labels.get(event.message_id) == labels
        self._labels[event.message_id] = labels
        if event.kind == "edit" and self.is_waiting and is_same and not event.files:
            self._show_progress(event)
            return
        with self._printing():
            self._console.print(_heading(event))
            for block in event.blocks:
                self._console.print(_boxed(block, self._name_of))
            if event.components:
                self._console.print(*_pressable(event.components), sep="\n")
            for file in event.files:
                self._console.print(self._saved(file, event.message_id))

    def note(self, text: Text) -> None:
        with self._printing():
            self._console.print(text)

    def _show_progress(self, event: Event) -> None:
        """One line for the whole message, in place of the one before where that is possible."""
        text = render(" · ".join(event.text.split("\n")), self._name_of)
        text.truncate(self._console.width - 1, overflow="ellipsis")
        replaces = self._progress_id == event.message_id and self._console.is_terminal
        with self._printing(_LINE_UP + _CLEAR_LINE if replaces else ""):
            self._console.print(text, style="dim", no_wrap=True)
        self._progress_id = event.message_id

    @contextlib.contextmanager
    def _printing(self, before: str = "") -> Iterator[None]:
        """Print above the prompt, if there is one."""
        self._progress_id = 0
        is_asking = self.prompt is not None and self._console.is_terminal
        self._stream.write((_CLEAR_LINE if is_asking else "") + before)
        yield
        if is_asking:
            self._stream.write(f"{self.prompt}{_typed_so_far()}")
            self._stream.flush()

    def _saved(self, file: File, message_id: int) -> Text:
        if self._pictures is None:
            self._pictures = Path(tempfile.mkdtemp(prefix="marquee-demo-"))
        path = self._pictures / f"{message_id}-{Path(file.name).name}"
        path.write_bytes(file.data)
        return (
            Text(f"▣ {file.name}")
            .append(f" {file.description}" if file.description else "")
            .append(f"\n  {path}", "dim")
        )


def _typed_so_far() -> str:
    try:
        import readline
    except ImportError:
        return ""
    return readline.get_line_buffer()


def _heading(event: Event) -> Text:
    remarks = {"reply": [], "edit": ["changed"], "dm": ["direct message"]}[event.kind]
    if event.ephemeral:
        remarks = [*remarks, f"only {event.to} sees this"]
    return Text().append(BOT_NAME, f"bold {_GOLD}").append(f" ({', '.join(remarks)})" if remarks else "", "dim")


def _boxed(block: Block, name_of: NameOf) -> Text | Panel:
    if not block.is_card:
        return render(block.text, name_of)
    inside = render(block.body, name_of)
    if block.footer:
        inside.append("\n\n" if inside else "").append(block.footer, "dim")
    title = render(block.title.replace("\n", " · "), name_of) if block.title else None
    if title is not None:
        title.stylize("bold")
    return Panel(inside, title=title, title_align="left", border_style=_GOLD, expand=False)


def _pressable(components: tuple[Component, ...]) -> list[Text]:
    """Buttons in a row as `[ Undo ]`, selects below with their options."""
    buttons = [
        Text(f"[ {one.label} ]", "dim strike" if one.disabled else "bold") for one in components if one.type == "button"
    ]
    rows = [Text(" ").join(buttons)] if buttons else []
    for select in (one for one in components if one.type == "select"):
        row = Text(f"[ {select.label} ▾ ]", "dim strike" if select.disabled else "bold")
        shown = " | ".join(select.options[:OPTIONS_SHOWN])
        rows.append(row.append(f" {shown}{' | …' if len(select.options) > OPTIONS_SHOWN else ''}", "not bold dim"))
    return rows


def ask() -> str:
    """Read a line and its break from the prompt, with editing and history; raises EOFError at the end."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - gives input() its history
    return input(PROMPT) + "\n"


@contextlib.contextmanager
def kept_terminal() -> Iterator[None]:
    """Put the terminal back as it was, even if a prompt was left in the middle of a line."""
    try:
        import termios
    except ImportError:
        yield
        return
    stdin = sys.stdin.fileno()
    before = termios.tcgetattr(stdin)
    try:
        yield
    finally:
        termios.tcsetattr(stdin, termios.TCSADRAIN, before)
