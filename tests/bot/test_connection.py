"""The way to Discord in trouble: before the login, while it lasts, and where it leads."""

import asyncio
from typing import Any

import pytest

from bot.chat.transient import LONGEST_PAUSE_S, growing_pause
from tests.bot.serving import PAUSE_S, SOON_S, Serve, until
from tests.fake_discord import FakeDiscord


async def answers(discord: FakeDiscord) -> bool:
    await discord.until_ready(SOON_S)
    return "Here" in (await discord.ask("alice", "!ping", SOON_S))["content"]


@pytest.mark.parametrize("path", ["users/@me", "oauth2/applications/@me", "gateway/bot"])
@pytest.mark.parametrize("trouble", [503, 429, "cut"])
async def test_a_start_waits_for_discord(
    serve: Serve, path: str, trouble: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeDiscord() as discord:
        discord.fail(f"GET {path}", trouble, times=3, retry_after_s=0.01)
        async with serve(discord):
            assert await answers(discord)
        waits = [record.getMessage() for record in caplog.records if record.name == "bot.connection"]
        assert waits if trouble == "cut" else len(waits) == 3  # aiohttp asks once more by itself
        assert all(f"no Discord yet at {discord.api_url}" in line for line in waits)


async def test_a_start_waits_for_an_address_where_nobody_listens_yet(serve: Serve) -> None:
    async with FakeDiscord() as discord:
        await discord.stop()
        async with serve(discord):
            await asyncio.sleep(5 * PAUSE_S)
            await discord.start()
            assert await answers(discord)


@pytest.mark.parametrize("is_global", [False, True])
async def test_the_time_discord_asks_for_is_waited(
    serve: Serve, is_global: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeDiscord() as discord:
        discord.fail("GET users/@me", 429, retry_after_s=1.5, is_global=is_global)
        started = asyncio.get_running_loop().time()
        async with serve(discord):
            assert await answers(discord)
        assert asyncio.get_running_loop().time() - started >= 1.5
        assert any("429" in line and ("in 2 s" in line or "in 1.50 s" in line) for line in caplog.messages)


async def test_a_fresh_connection_goes_to_the_same_server_and_nowhere_else(serve: Serve) -> None:
    async with FakeDiscord(refuse_resumes=True) as discord, serve(discord) as (_, _, nowhere):
        assert await answers(discord)
        discord.fail("GET gateway/bot", 503, times=2)
        await discord.lose()
        await until(lambda: discord.identified == 2)
        assert await answers(discord)
        assert nowhere.asked == []
        assert discord.calls.count("GET gateway/bot") >= 4


async def test_a_server_that_was_gone_is_found_again(serve: Serve) -> None:
    async with FakeDiscord() as discord, serve(discord) as (_, task, nowhere):
        assert await answers(discord)
        await discord.stop()
        await asyncio.sleep(5 * PAUSE_S)
        discord.hang_up_before_hello = 2
        await discord.start()
        assert await answers(discord)
        assert nowhere.asked == []
        assert not task.done()


async def test_a_cancellation_while_it_reconnects_ends_the_bot(serve: Serve) -> None:
    async with FakeDiscord(refuse_resumes=True) as discord, serve(discord) as (bot, task, _):
        assert await answers(discord)
        discord.fail("GET gateway/bot", "nothing", times=None)
        asked = discord.calls.count("GET gateway/bot")
        await discord.lose()
        await until(lambda: discord.calls.count("GET gateway/bot") > asked)
        task.cancel()
        await asyncio.wait([task], timeout=SOON_S)
        assert task.cancelled()
        assert bot.is_closed()


def test_pauses_grow_to_less_than_a_minute() -> None:
    pauses = [growing_pause(failures) for failures in range(1, 2000)]
    assert all(0.5 <= pause <= LONGEST_PAUSE_S < 60 for pause in pauses)
    assert pauses[0] <= 1 < pauses[4] < pauses[8]
