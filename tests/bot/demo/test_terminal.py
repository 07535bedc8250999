"""Messages on a terminal, and the prompt."""

import io
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.event import Block, Component, Event, File, Kind
from bot.demo.script import parse_line
from bot.demo.terminal import Terminal

UNDO = Component("button", "Undo", False, custom_id="undo")


class Screen(io.StringIO):
    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


def event(
    text: str,
    kind: Kind = "reply",
    *components: Component,
    message_id: int = 1,
    is_card: bool = False,
    files: tuple[File, ...] = (),
    ephemeral: bool = False,
) -> Event:
    return Event("alice", kind, ephemeral, (Block(text, is_card=is_card),), components, files, 1.0, message_id)


@pytest.fixture
def screen() -> Screen:
    return Screen(is_terminal=False)


@pytest.fixture
def terminal(screen: Screen) -> Terminal:
    return Terminal(screen, lambda discord_id: f"person{discord_id}")


def test_who_sees_what(terminal: Terminal, screen: Screen) -> None:
    terminal.show(event("hello <@7>"))
    terminal.show(event("psst", "dm"))
    terminal.show(event("new", "edit", ephemeral=True, message_id=2))
    assert screen.getvalue().splitlines() == [
        "Marquee",
        "hello @person7",
        "Marquee (direct message)",
        "psst",
        "Marquee (changed, only alice sees this)",
        "new",
    ]


def test_cards_are_framed(terminal: Terminal, screen: Screen) -> None:
    card = Block("1. **Heat (1995)**", "Films for you", "From your 3 ratings", is_card=True)
    terminal.show(Event("alice", "reply", False, (card,), (), (), 1.0, 1))
    assert screen.getvalue().splitlines()[1:] == [
        "╭─ Films for you ─────╮",
        "│ 1. Heat (1995)      │",
        "│                     │",
        "│ From your 3 ratings │",
        "╰─────────────────────╯",
    ]


def test_buttons_and_selects_can_be_told_apart(terminal: Terminal, screen: Screen) -> None:
    many = tuple(f"Film {number}" for number in range(12))
    terminal.show(
        event("x", "reply", UNDO, Component("button", "Gone", True), Component("select", "Films", False, many))
    )
    lines = screen.getvalue().splitlines()
    assert lines[2] == "[ Undo ] [ Gone ]"
    assert lines[3].startswith("[ Films ▾ ] Film 0 | Film 1 |")
    assert "| …" in "".join(lines[3:])


def test_pictures_are_named_and_saved(terminal: Terminal, screen: Screen) -> None:
    terminal.show(event("x", files=(File("../loss.png", "Loss by epoch", b"png"),), message_id=5))
    name, path = screen.getvalue().splitlines()[2:]
    assert name == "▣ ../loss.png Loss by epoch"
    saved = Path(path.strip())
    assert saved.name == "5-loss.png"
    assert saved.read_bytes() == b"png"
    saved.unlink()
    saved.parent.rmdir()


def test_lines_are_shown_as_they_are_played(terminal: Terminal, screen: Screen) -> None:
    for text in ("@admin: !retrain", "!rate Heat 4", "/restart"):
        line = parse_line(text, 1)
        assert line is not None
        terminal.said(line)
    assert screen.getvalue().split() == ["admin:", "!retrain", "you:", "!rate", "Heat", "4", "/restart"]


def test_progress_is_one_line_and_its_end_is_shown_in_full(terminal: Terminal, screen: Screen) -> None:
    cancel = Component("button", "Cancel", False, custom_id="cancel")
    terminal.show(event("Training\n0 %", "reply", cancel))
    before = len(screen.getvalue())
    terminal.show(event("Training\n" + "█" * 200, "edit", cancel))
    terminal.show(event("Promoted\nNDCG", "edit"))
    progress, *end = screen.getvalue()[before:].splitlines()
    assert progress.startswith("Training · ███")
    assert progress.endswith("…")
    assert len(progress) < 80
    assert end == ["Marquee (changed)", "Promoted", "NDCG"]


def test_an_edit_that_a_line_caused_is_shown_in_full(terminal: Terminal, screen: Screen) -> None:
    terminal.show(event("page 1", "reply", UNDO))
    terminal.is_waiting = False
    terminal.show(event("page 2", "edit", UNDO))
    assert screen.getvalue().splitlines()[3:] == ["Marquee (changed)", "page 2", "[ Undo ]"]


def test_progress_takes_the_place_of_the_progress_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Screen(is_terminal=True)
    terminal = Terminal(screen, str)
    terminal.show(event("0 %", "reply", UNDO))
    terminal.prompt = "you> "
    for text in ("20 %", "40 %"):
        before = len(screen.getvalue())
        terminal.show(event(text, "edit", UNDO))
        shown = re.sub(r"\x1b\[\d*m", "", screen.getvalue()[before:])
        up = "\x1b[1A\r\x1b[K" if text == "40 %" else ""
        assert shown == f"\r\x1b[K{up}{text}\nyou> "


@pytest.fixture
def pty_pair() -> Iterator[tuple[int, int]]:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)


def read_until(descriptor: int, *wanted: str, timeout_s: float = 60.0) -> str:
    """What a terminal shows until it has shown all of `wanted`, in this order, without colours."""
    pattern = re.compile(".*?".join(map(re.escape, wanted)), re.DOTALL)
    shown, end_s = "", time.monotonic() + timeout_s
    while not pattern.search(shown):
        assert time.monotonic() < end_s, f"{wanted!r} are not in {shown!r}"
        if select.select([descriptor], [], [], 0.1)[0]:
            shown += re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", os.read(descriptor, 65536).decode(errors="replace"))
    return shown


def test_a_conversation_in_a_real_terminal(pty_pair: tuple[int, int]) -> None:
    ours, theirs = pty_pair
    program = [sys.executable, "-m", "tests.bot.demo.toy_demo"]
    environment = os.environ | {"TERM": "xterm"}
    with subprocess.Popen(
        program, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=Path(__file__).parents[3]
    ) as demo:
        os.close(theirs)

        def say(text: str, answer: str) -> str:
            os.write(ours, f"{text}\n".encode())
            return read_until(ours, answer, "you> ")

        try:
            assert "exit or Ctrl-D leaves" in read_until(ours, "you> ")
            assert "[ Undo ]" in say("!card", "[ Undo ]")
            assert "there are: Undo" in say("/click Redo", "there are: Undo")
            assert "taken back" in say("/click Undo", "taken back")
            assert "pong alice" in say("alice: !ping", "pong alice")
            os.write(ours, b"exit\n")
            assert demo.wait(timeout=60) == 0
        finally:
            demo.kill()  # a failed assertion must not wait for a child that waits for us
