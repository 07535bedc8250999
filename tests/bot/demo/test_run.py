"""The whole demo with the toy bot: output, exit codes, pipes."""

import asyncio
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from discord import Locale

from bot.demo import ScriptError, ScriptFileError, Source, open_source, run_demo
from bot.demo.roster import FILE_NAME
from bot.demo.script import Say, parse_script
from tests.bot.demo.toy_bot import ToyBot, toy_maker


class Heard(io.StringIO):
    """A stream that can be waited on."""

    def __init__(self) -> None:
        super().__init__()
        self.written: asyncio.Queue[str] = asyncio.Queue()

    def write(self, text: str, /) -> int:
        self.written.put_nowait(text)
        return super().write(text)


class Run:
    """A run of the demo: exit code, messages, and the two streams."""

    def __init__(self) -> None:
        self.stdout = Heard()
        self.stderr = io.StringIO()
        self.bots: list[ToyBot] = []
        self.code = -1

    async def __call__(self, source: str | Source, **options: Any) -> "Run":
        read = Source(stream=io.StringIO(source)) if isinstance(source, str) else source
        options = {"as_json": True} | options
        self.code = await run_demo(toy_maker(self.bots), read, stdout=self.stdout, stderr=self.stderr, **options)
        return self

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stdout.getvalue().splitlines()]

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages]


@pytest.fixture
def run() -> Run:
    return Run()


async def test_each_message_is_a_line(run: Run) -> None:
    await run("alice: !ping\n# nothing\n\nbob: /slash ping\n")
    assert run.code == 0
    assert [(one["to"], one["ephemeral"], one["text"]) for one in run.messages] == [
        ("alice", False, "pong alice"),
        ("bob", True, "pong bob"),
    ]
    assert list(run.messages[0]) == ["to", "kind", "ephemeral", "text", "components", "files", "ms"]
    assert run.stderr.getvalue() == ""
    assert run.bots[0].was_closed


async def test_a_server_and_all_in_it_may_speak_another_language(run: Run) -> None:
    await run("alice: /slash languages\nbob: /locale fr\nbob: /slash languages\n", locale=Locale.german)
    assert run.texts == ["de in de", "fr in de"]
    assert run.bots[0].guilds[0].preferred_locale is Locale.german


async def test_ten_seconds_pass_between_lines(run: Run) -> None:
    await run("!age\n# a comment takes no time\n!age\n!age\n")
    first, second, third = (float(text.split()[-1]) for text in run.texts)
    assert second - first == pytest.approx(10, abs=1)
    assert third - second == pytest.approx(10, abs=1)


async def test_a_malformed_line_of_a_pipe_ends_it_with_its_number(run: Run) -> None:
    await run("!ping\n\n/jump\n!ping\n")
    assert run.code == 2
    assert run.texts == ["pong you"]
    assert run.stderr.getvalue().startswith("line 3: no step /jump")


async def test_a_line_that_nobody_could_play_ends_it_too(run: Run) -> None:
    await run("!card\n/click Redo\n!ping\n")
    assert run.code == 2
    assert len(run.texts) == 1
    assert "line 2: there is no button “Redo” here; there are: Undo" in run.stderr.getvalue()


async def test_a_bug_makes_the_exit_code(run: Run) -> None:
    await run("!bug\n!ping\n")
    assert run.code == 1
    assert run.texts == ["something went wrong", "pong you"]


async def test_a_bug_before_a_restart_counts(run: Run) -> None:
    await run("!bug\n/restart\n!ping\n")
    assert run.code == 1


async def test_a_training_that_nobody_waits_for_is_cancelled_at_the_end(run: Run) -> None:
    await run("@admin: !retrain 60\n!ping\n")
    assert run.code == 0
    assert run.messages[-1]["kind"] == "edit"
    assert run.texts[-1] == "training cancelled"
    assert not run.bots[0].retraining.running


async def test_a_training_that_is_waited_for_ends(run: Run) -> None:
    await run("@admin: !retrain 0.3\n/wait retrain\n")
    assert run.code == 0
    assert run.texts[-1] == "training done"


async def test_a_pipe_is_answered_while_it_is_open(run: Run) -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader) as stream, os.fdopen(writer, "w") as pipe:
        running = asyncio.create_task(run(Source(stream=stream)))
        for number in range(1, 4):
            pipe.write(f"alice: !echo {number}\n")
            pipe.flush()
            async with asyncio.timeout(60):
                await run.stdout.written.get()
            assert run.texts[-1] == str(number)
        pipe.close()
        await running
    assert run.texts == ["1", "2", "3"]
    assert run.code == 0


async def test_what_is_no_text_is_replaced(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "typed"
    path.write_bytes(b"!echo \xff \xe2\x98\x85\n")
    with path.open(encoding="ascii") as stream, (tmp_path / "said").open("w", encoding="latin-1") as said:
        run.stdout = said  # type: ignore[assignment]
        await run(open_source("-", stream))
    assert json.loads((tmp_path / "said").read_text("utf-8"))["text"] == "\ufffd ★"


@pytest.mark.parametrize("as_json", [True, False])
async def test_a_closed_pipe_ends_it_quietly(run: Run, as_json: bool) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        run.stdout = closed  # type: ignore[assignment]
        await run("!ping\n" * 5, as_json=as_json)
    assert run.code == 0
    assert run.stderr.getvalue() == ""


async def test_without_json_it_reads_like_a_conversation(run: Run) -> None:
    await run("alice: !card\n@admin: !retrain 0.3\n/wait retrain\n", as_json=False)
    shown = run.stdout.getvalue()
    assert "alice: !card\nMarquee\nBefore\n" in shown
    assert "│ Heat (1995) ★★★★½ │" in shown
    assert "[ Undo ] [ Form ]" in shown
    assert "admin: !retrain 0.3" in shown
    assert "\ntraining 3 of 6\n" in shown
    assert shown.rstrip().endswith("Marquee (changed)\ntraining done")


async def test_people_are_kept_in_the_data_folder(tmp_path: Path) -> None:
    ages = []
    for script in ("!age\ncarol: !age\n", "carol: !age\n!age\n"):
        run = await Run()(script, data_dir=tmp_path)
        ages.append(sorted(text.split()[0] for text in run.texts))
    assert ages[0] == ages[1]
    assert (tmp_path / FILE_NAME).exists()


async def test_a_bot_that_hangs_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.demo.world.SETTLE_TIMEOUT_S", 0.2)
    await run("!hang\n")
    assert run.code == 1
    assert run.stderr.getvalue().startswith("the bot hangs: bot did not settle")


def test_a_file_is_refused_before_anything_runs(tmp_path: Path) -> None:
    path = tmp_path / "script.txt"
    path.write_text("alice: !ping\nalice: /jump\n", "utf-8")
    with pytest.raises(ScriptError) as caught:
        open_source(str(path), None)
    assert caught.value.line_number == 2


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "script.txt"
    path.write_bytes("\ufeffalice: !rate Amélie 5\r\n".encode())
    assert open_source(str(path), None).lines == (Say(1, "alice: !rate Amélie 5", "alice", "!rate Amélie 5"),)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScriptFileError, match="no such"):
        open_source(str(tmp_path / "no such"), None)


def test_a_pipe_is_read_as_it_comes() -> None:
    stream = io.StringIO("!ping")
    assert open_source("-", stream) == Source(stream=stream)


@pytest.mark.parametrize("stdin", [None, io.StringIO("ignored")])
def test_without_a_script_and_a_terminal_the_tour_is_played(stdin: io.StringIO | None) -> None:
    tour = open_source(None, stdin)
    assert tour.stream is None
    assert not tour.is_interactive
    said = [line.text for line in tour.lines if isinstance(line, Say)]
    assert sum(text.startswith("!rate") for text in said) >= 4
    assert said.count("!recommend") >= 2
    assert "!retrain" in said


def test_a_terminal_gets_a_prompt() -> None:
    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Tty()
    assert open_source(None, stream) == Source(stream=stream, is_interactive=True)


async def test_lines_that_were_parsed_are_played(run: Run) -> None:
    await run(Source(lines=parse_script(["!ping", "bob: !ping"])))
    assert run.texts == ["pong you", "pong bob"]
