"""Log lines: their two forms, and that no way leads the token into them."""

import json
import logging
import sys
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.cli import logs
from bot.settings import Settings

TOKEN = 'MTIz."quoted".secret'  # with signs that JSON writes otherwise


@pytest.fixture(autouse=True)
def _put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of this process is put back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(logging.getLogger(), "level", logging.WARNING)
    monkeypatch.setattr(logging.getLogger("discord"), "level", logging.NOTSET)


def settings(**changes: object) -> Settings:
    values = {"discord_token": SecretStr(f" {TOKEN}\n")} | changes
    return Settings(_env_file=None, **values)  # type: ignore[call-arg, arg-type]


def fail() -> None:
    raise ValueError(f"header Authorization: Bot {TOKEN}")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_the_token_is_in_no_line(capsys: pytest.CaptureFixture[str], log_format: str) -> None:
    logs.set_up(settings(log_format=log_format))
    log = logging.getLogger("a.library")
    log.warning("sending %s", {"Authorization": f"Bot {TOKEN}"})
    log.warning(f"as it is: {TOKEN}")
    try:
        fail()
    except ValueError:
        log.exception("the request failed")
    written = capsys.readouterr().err
    assert TOKEN not in written
    assert "MTIz" not in written
    assert written.count("[token]") == 3
    assert "ValueError: header Authorization: Bot [token]" in written


def test_an_uncaught_error_is_logged_without_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings(log_format="json"))
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (line,) = capsys.readouterr().err.splitlines()
    written = json.loads(line)
    assert written["level"] == "CRITICAL"
    assert "Bot [token]" in written["trace"]
    assert "MTIz" not in line


def test_a_json_line_says_all_that_a_text_line_does(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings(log_format="json"))
    logging.getLogger("marquee").info("ready in %s", "Zürich\nand Bern")
    (line,) = capsys.readouterr().err.splitlines()
    written = json.loads(line)
    assert written.pop("time").endswith("+00:00")
    assert written == {"level": "INFO", "logger": "marquee", "message": "ready in Zürich\nand Bern"}


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_every_line_says_its_time_with_the_zone(capsys: pytest.CaptureFixture[str], log_format: str) -> None:
    logs.set_up(settings(log_format=log_format))
    logging.getLogger("marquee").info("ready")
    (line,) = capsys.readouterr().err.splitlines()
    time = datetime.fromisoformat(json.loads(line)["time"] if log_format == "json" else line.split()[0])
    assert time.utcoffset() is not None
    assert abs(datetime.now(UTC) - time) < timedelta(hours=1)


def test_the_level_holds_and_libraries_never_log_what_members_do(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings(log_level="DEBUG"))
    logging.getLogger("marquee").debug("seen")
    logging.getLogger("discord.http").debug("payloads of members")
    logging.getLogger("aiosqlite").debug("payloads of statements")
    logs.set_up(settings(log_level="ERROR"))
    logging.getLogger("marquee").warning("not seen")
    logging.getLogger("discord.http").warning("not seen either")
    written = capsys.readouterr().err
    assert "seen" in written
    assert "payloads" not in written
    assert "not seen" not in written


def test_without_a_token_nothing_is_blotted_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings(discord_token=None))
    logging.getLogger("marquee").warning("plain")
    assert capsys.readouterr().err.endswith("WARNING marquee: plain\n")
