"""What an operator set wrong: one sentence that names it, and exit code 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Run


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("RETRAIN_EVERY", "banana", "expected a duration such as 6h, 90m or 1d"),
        ("RETRAIN_EVERY", "6", "expected a duration such as 6h, 90m or 1d"),
        ("RETRAIN_EVERY", "10s", "expected at least 1m, or off"),
        ("RETRAIN_EVERY", "9999999999999d", "expected a shorter duration, such as 6h, 90m or 1d"),
        ("RETRAIN_MIN_NEW_RATINGS", "0", "expected greater than or equal to 1"),
        ("RETRAIN_BY", "everybody", "expected 'operators' or 'guild_admins'"),
        ("OPERATOR_IDS", "abc", "expected Discord user ids separated by commas"),
        ("OPERATOR_IDS", "1, -2", "expected Discord user ids separated by commas"),
        ("COMMAND_PREFIX", "/", "not starting with /"),
        ("COMMAND_PREFIX", "sixsix", "expected one to five characters"),
        ("COMMAND_PREFIX", "a b", "without blanks"),
        ("KEEP_MODELS", "0", "expected greater than or equal to 1"),
        ("KEEP_MODELS", "many", "expected a valid integer"),
        ("LOG_LEVEL", "LOUD", "expected 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("LOG_FORMAT", "xml", "expected 'text' or 'json'"),
        ("DISCORD_API_URL", "discord", "expected a valid URL"),
        ("DISCORD_API_URL", "ftp://discord.com", "expected 'http' or 'https'"),
    ],
)
def test_a_wrong_setting(marquee: Run, name: str, value: str, expected: str) -> None:
    ended = marquee("check", **{name: value})
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence.startswith(f"The setting {name} is “{value}”, expected ")
    assert expected in ended.sentence
    assert ended.sentence.endswith("Change it in .env or in the environment.")


def test_a_wrong_line_in_the_env_file(marquee: Run) -> None:
    Path(".env").write_text("KEEP_MODELS=few\n")
    ended = marquee("data", "info")
    assert ended.code == 2
    assert ended.sentence.startswith("The setting KEEP_MODELS is “few”")


def test_an_env_file_that_is_no_text(marquee: Run) -> None:
    Path(".env").write_bytes("KEEP_MODELS=fünf\n".encode("utf-16"))
    ended = marquee("data", "info")
    assert ended.code == 2
    assert ended.sentence == (
        f"The settings in {Path('.env').absolute()} cannot be read: it is not written in UTF-8. "
        "Correct the file or remove it."
    )


def test_check_knows_what_the_bot_will_train(marquee: Run) -> None:
    assert "training: of the configuration fast" in marquee("check", RETRAIN_CONFIG="fast").out
    ended = marquee("check", RETRAIN_CONFIG="magic")
    assert ended.code == 1
    assert "training: The setting RETRAIN_CONFIG is “magic”, expected default, fast" in ended.out
    ended = marquee("run", RETRAIN_CONFIG="magic", DISCORD_TOKEN="a.b.c")
    assert (ended.code, ended.out) == (2, "")
    assert "The setting RETRAIN_CONFIG is “magic”" in ended.err


@pytest.mark.parametrize("arguments", [("data", "info"), ("data", "fetch"), ("train",), ("evaluate",), ("demo",)])
def test_an_unknown_data_set(marquee: Run, arguments: tuple[str, ...]) -> None:
    ended = marquee(*arguments, DATASET="ml-33m")
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence.startswith("DATASET names “ml-33m”, which is neither a data set nor a file. Use one of")
    assert "ml-latest-small" in ended.sentence


@pytest.mark.parametrize("token", [None, "", "   "])
def test_run_without_a_token(marquee: Run, token: str | None) -> None:
    ended = marquee("run", **({} if token is None else {"DISCORD_TOKEN": token}))
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence.startswith("DISCORD_TOKEN is not set")
    assert ended.sentence.endswith("marquee demo")


@pytest.mark.parametrize("token", ["MTIz.secret\nLOG_LEVEL=DEBUG", "MTIz.sécret"])
def test_a_token_that_cannot_be_one_is_refused_and_not_shown(marquee: Run, token: str) -> None:
    ended = marquee("run", DISCORD_TOKEN=token)
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence.startswith("The setting DISCORD_TOKEN is “…”")
    assert "MTIz" not in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing",), "nothing"),
        (("train", "--config", "magic"), "“magic” is neither a configuration"),
        (("evaluate", "--protocols", "X"), "“X”, expected some of R, K, N"),
        (("evaluate", "--protocols", ","), "“,”, expected some of R, K, N"),
        (("evaluate", "--against", "magic"), "“magic”, expected one of default, fast"),
        (("evaluate", "--seeds", "1,two"), "expected whole numbers"),
        (("evaluate", "--seeds", "²"), "expected whole numbers"),
        (("evaluate", "--seeds", "9" * 30), "expected whole numbers"),
        (("run", "fast"), "fast"),
    ],
)
def test_a_wrong_command_line(marquee: Run, arguments: tuple[str, ...], words: str) -> None:
    ended = marquee(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert "Traceback" not in ended.err


def test_a_demo_script_that_is_not_there(marquee: Run) -> None:
    ended = marquee("demo", "--script", "no-such-file")
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence == "cannot read the script no-such-file: No such file or directory"


@pytest.mark.parametrize(("arguments", "code"), [(("data", "info"), 2), (("run",), 2)])
def test_a_process_of_its_own_prints_one_line(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=tmp_path,
        env=kept | {"PYTHONPATH": str(root), "DATASET": "ml-33m", "DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (code, "")
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr
