"""Pictures for the documentation, as far as they need no browser."""

import sys
from pathlib import Path

import pytest

from bot.demo import screenshots
from bot.demo.script import parse_line


def test_without_a_browser_there_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert screenshots.main() == 2
    assert capsys.readouterr().err == (
        "Screenshots need one of these browsers: chromium, chromium-browser, google-chrome, chrome.\n"
    )


async def test_a_program_is_asked_for_its_address_and_ended() -> None:
    code = "import sys, time; print('at http://127.0.0.1:1/#key', file=sys.stderr, flush=True); time.sleep(60)"
    async with screenshots.running(sys.executable, "-c", code) as said:
        assert await screenshots.address_in(said, "http://") == "http://127.0.0.1:1/#key"


async def test_a_program_that_ends_without_an_address() -> None:
    async with screenshots.running(sys.executable, "-c", "import sys; sys.exit('no such thing')") as said:
        with pytest.raises(EOFError, match="no such thing"):
            await screenshots.address_in(said, "http://")


def test_the_scenes_can_be_played() -> None:
    lines = [line for scene in screenshots.SCENES.values() for line in scene]
    assert all(parse_line(line, number) for number, line in enumerate(lines, 1))
