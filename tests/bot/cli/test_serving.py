"""`marquee run` in a process of its own, over sockets to a small Discord: as an operator runs it."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.bot.serving import until
from tests.fake_discord import BOT_ID, TOKEN, FakeDiscord

EXIT_TIMEOUT_S = 60


@pytest.fixture
def environment(films: Path, trained: Path, tmp_path: Path) -> dict[str, str]:
    """Settings over a data folder that has a model already."""
    shutil.copytree(trained, tmp_path / "data")
    return {"DATASET": str(films), "DATA_DIR": str(tmp_path / "data"), "RETRAIN_EVERY": "off", "DISCORD_TOKEN": TOKEN}


MARQUEE = ("-m", "bot")
PATIENT = f"import bot.client, bot.chat.deferring; bot.client.LAST_ANSWERS_S = {EXIT_TIMEOUT_S}; "
"""Its end waits longer for answers: on a busy machine forty take more than the usual seconds."""

DEFERRING = PATIENT + "bot.chat.deferring.DEFER_AFTER_S = 0.0; "
"""And every answer is deferred, as on a busy machine some are."""


@asynccontextmanager
async def running(
    discord: FakeDiscord, environment: Mapping[str, str], program: tuple[str, str] = MARQUEE
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *program, "run",
        env=os.environ | environment | {"DISCORD_API_URL": discord.api_url},
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def end(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """Exit code and what was logged."""
    _, logged = await asyncio.wait_for(process.communicate(), EXIT_TIMEOUT_S)
    return process.returncode, logged.decode()


async def test_an_acknowledged_rating_outlives_kill_9(environment: dict[str, str]) -> None:
    async with FakeDiscord() as discord:
        async with running(discord, environment) as process:
            await discord.until_ready()
            reply = await discord.ask("alice", "!rate Heat 4.5")
            assert "**Heat (1995)** ★★★★½" in reply["content"]
            process.kill()
        async with running(discord, environment) as process:
            await discord.until_ready()
            reply = await discord.ask("alice", "!ratings")
            assert "Heat (1995)" in reply["embeds"][0]["description"]
            process.terminate()
            code, logged = await end(process)
        assert code == 0
        assert "stopped" in logged
        assert "Traceback" not in logged
        assert TOKEN not in logged


async def test_a_second_bot_on_the_same_folder_ends_and_says_who_serves_it(environment: dict[str, str]) -> None:
    async with FakeDiscord() as discord, running(discord, environment) as first:
        await discord.until_ready()
        async with running(discord, environment) as second:
            code, logged = await end(second)
        assert code == 1
        assert f"(process {first.pid} on " in logged.splitlines()[-1]
        assert "Traceback" not in logged
        assert "Heat (1995)" in (await discord.ask("alice", "!rate Heat 4.5"))["content"]
        assert discord.calls.count("GET users/@me") == 1, "the second one has not even logged in"


async def test_what_is_delivered_again_counts_once_also_after_kill_9(environment: dict[str, str]) -> None:
    async with FakeDiscord() as discord:
        async with running(discord, environment) as process:
            await discord.until_ready()
            for line in ("!rate Heat 4", "!rate Alien 5", "!rate Speed 3", "!undo"):
                await discord.ask("alice", line)
            await discord.repeat()
            assert "Jaws" in (await discord.ask("alice", "!rate Jaws 2"))["content"]
            process.kill()
        async with running(discord, environment) as process:
            await discord.until_ready()
            await discord.repeat()
            listed = (await discord.ask("alice", "!ratings"))["embeds"][0]["description"]
            assert [film in listed for film in ("Heat", "Alien", "Jaws", "Speed")] == [True, True, True, False]
            assert discord.sent.empty()


@pytest.mark.training
async def test_a_retrain_ends_in_a_new_model_and_commands_are_registered_once(environment: dict[str, str]) -> None:
    async with FakeDiscord() as discord, running(discord, environment):
        await discord.until_ready()
        started = await discord.ask("owner", "!retrain")
        assert started["embeds"][0]["title"] == "Training a model"
        while (edited := await asyncio.wait_for(discord.sent.get(), EXIT_TIMEOUT_S))["embeds"][0][
            "title"
        ] == "Training a model":
            assert edited["id"] == started["id"]
        assert edited["id"] == started["id"]
        assert edited["embeds"][0]["title"] == "A new model is in use"
        registering = f"PUT applications/{BOT_ID}/commands"
        await until(lambda: registering in discord.calls)  # discord.py is ready two seconds after the last server came
        assert discord.calls.count(registering) == 1


async def test_without_the_message_content_intent_it_goes_on_and_says_so(environment: dict[str, str]) -> None:
    async with FakeDiscord(allow_message_content=False) as discord, running(discord, environment) as process:
        await discord.until_ready()
        reply = await discord.ask("alice", f"<@{BOT_ID}> ping")
        assert reply["content"].startswith("Here.")
        process.terminate()
        _, logged = await end(process)
    assert "message-content intent is not enabled" in logged


async def test_a_token_discord_refuses_is_one_sentence(environment: dict[str, str]) -> None:
    async with FakeDiscord() as discord, running(discord, environment | {"DISCORD_TOKEN": "not.the.one"}) as process:
        code, logged = await end(process)
    assert code == 2
    assert "Traceback" not in logged
    assert "DISCORD_TOKEN" in logged.splitlines()[-1]
    assert "not.the.one" not in logged


async def test_a_terminate_during_a_training_leaves_no_process(environment: dict[str, str]) -> None:
    async with FakeDiscord() as discord, running(discord, environment) as process:
        await discord.until_ready()
        await discord.ask("owner", "!retrain")
        process.terminate()
        code, logged = await end(process)
    assert code == 0, logged
    assert "Traceback" not in logged
    # `communicate` has returned: no child holds the pipe open any more.


@pytest.mark.parametrize("is_computing", [False, True], ids=["while it starts", "while it computes"])
async def test_a_training_ends_with_a_killed_bot(environment: dict[str, str], is_computing: bool) -> None:
    async with FakeDiscord() as discord, running(discord, environment) as process:
        await discord.until_ready()
        await discord.ask("owner", "!retrain")
        if is_computing:
            while (await asyncio.wait_for(discord.sent.get(), EXIT_TIMEOUT_S))["how"] != "edited":
                pass
        process.kill()
        await end(process)  # which comes once no child holds the pipe open any more


@pytest.mark.parametrize("changed", [PATIENT, DEFERRING], ids=["at once", "deferred"])
async def test_a_terminate_lets_what_is_in_hand_be_answered(environment: dict[str, str], changed: str) -> None:
    program = ("-c", f"{changed}import bot.cli; bot.cli.main()")
    async with FakeDiscord() as discord, running(discord, environment, program) as process:
        await discord.until_ready()
        await discord.ask("alice", "!ping")
        asked = [await discord.slash(f"member{number}", "recommend") for number in range(40)]
        await asyncio.wait_for(discord.sent.get(), EXIT_TIMEOUT_S)
        process.terminate()
        code, logged = await end(process)
    assert code == 0
    assert "Traceback" not in logged
    acknowledged = [one for one in asked if one.how is not None]
    assert acknowledged
    assert all(one.message["id"] in discord.messages for one in acknowledged)


async def test_a_terminate_while_it_waits_for_discord_ends_it(environment: dict[str, str]) -> None:
    async with FakeDiscord() as discord:
        await discord.stop()
        async with running(discord, environment) as process:
            assert process.stderr is not None
            while b"no Discord yet at" not in (
                line := await asyncio.wait_for(process.stderr.readline(), EXIT_TIMEOUT_S)
            ):
                assert line, "it has ended"
            assert f"{discord.api_url} (no connection)" in line.decode()
            process.terminate()
            code, logged = await end(process)
    assert code == 0
    assert "stopped" in logged
    assert "Traceback" not in logged
