"""Every answer arrives once, or it is told that it did not: over sockets, while Discord is in trouble."""

import asyncio
import logging
from typing import Any

import pytest

from bot.chat import delivery
from bot.client import Marquee
from tests.bot.serving import PAUSE_S, SOON_S, Serve, until
from tests.fake_discord import CHANNEL_ID, Asked, FakeDiscord, Trouble

SEND = "POST channels/*/messages"
CALLBACK = "POST interactions/*/callback"
SPEAK = f"POST channels/{CHANNEL_ID}/messages"
HEAT = "**Heat (1995)** ★★★★½"

TROUBLES: list[tuple[Trouble, int]] = [(503, 3), (500, 1), (429, 2), ("cut", 2), ("cut after", 2)]


async def next_sent(discord: FakeDiscord) -> dict[str, Any]:
    return await asyncio.wait_for(discord.sent.get(), SOON_S)


async def settled(bot: Marquee, discord: FakeDiscord) -> None:
    """Something later is answered next, so all before it is over; and the rating stands."""
    assert "Here" in (await discord.ask("bob", "!ping", SOON_S))["content"]
    assert "Heat (1995)" in (await discord.ask("alice", "!ratings", SOON_S))["embeds"][0]["description"]
    assert discord.sent.empty()
    assert bot.bugs == 0


async def written(discord: FakeDiscord, asked: Asked, words: str) -> set[str]:
    """Once it says so: the ids of what was written. Where a receipt was lost, a message may be written twice."""
    await until(lambda: words in asked.message["content"] and not discord.sent.empty())
    await asyncio.sleep(10 * PAUSE_S)
    return {discord.sent.get_nowait()["id"] for _ in range(discord.sent.qsize())}


@pytest.mark.parametrize(("trouble", "times"), TROUBLES)
async def test_a_rating_is_answered_once(serve: Serve, trouble: Trouble, times: int) -> None:
    async with FakeDiscord() as discord, serve(discord) as (bot, *_):
        await discord.until_ready(SOON_S)
        discord.fail(SEND, trouble, times, retry_after_s=0.01)
        assert HEAT in (await discord.ask("alice", "!rate Heat 4.5", SOON_S))["content"]
        await settled(bot, discord)


@pytest.mark.parametrize(("trouble", "times"), TROUBLES)
async def test_a_rating_by_slash_is_answered_once(serve: Serve, trouble: Trouble, times: int) -> None:
    async with FakeDiscord() as discord, serve(discord) as (bot, *_):
        await discord.until_ready(SOON_S)
        discord.fail(CALLBACK, trouble, times, retry_after_s=0.01)
        asked = await discord.slash("alice", "rate", movie="Heat", stars="4.5")
        assert await written(discord, asked, HEAT) == {asked.message["id"]}
        await settled(bot, discord)


@pytest.mark.parametrize(("trouble", "times"), TROUBLES)
async def test_a_press_is_answered_once(serve: Serve, trouble: Trouble, times: int) -> None:
    async with FakeDiscord() as discord, serve(discord) as (bot, *_):
        await discord.until_ready(SOON_S)
        question = await discord.ask("alice", "!rate Heat", SOON_S)
        discord.fail(CALLBACK, trouble, times, retry_after_s=0.01)
        asked = await discord.press("alice", question, "★★★★½  4.5")
        assert await written(discord, asked, HEAT) == {question["id"]}
        await settled(bot, discord)


async def test_a_deferred_answer_whose_receipts_are_lost_is_one_message(serve: Serve) -> None:
    async with FakeDiscord() as discord, serve(discord) as (bot, *_):
        await discord.until_ready(SOON_S)
        await discord.ask("alice", "!rate Heat 4.5", SOON_S)
        discord.fail(CALLBACK, "cut after")
        discord.fail("* webhooks/*", "cut after", 2)
        asked = await discord.slash("alice", "privacy", "export")
        assert await written(discord, asked, "Everything I keep about you") == {asked.message["id"]}
        await settled(bot, discord)


async def test_an_interaction_that_is_too_late_is_answered_in_the_channel(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeDiscord() as discord, serve(discord) as (bot, *_):
        await discord.until_ready(SOON_S)
        discord.fail(CALLBACK, 404, None, code=10062)
        await discord.slash("alice", "rate", movie="Heat", stars="4.5")
        assert HEAT in (await next_sent(discord))["content"]
        asked = await discord.ask("alice", "!rate Alien", SOON_S)
        await discord.press("alice", asked, "★★★★  4")
        edited = await next_sent(discord)
        assert (edited["id"], edited["how"]) == (asked["id"], "edited")
        await settled(bot, discord)
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def test_where_it_may_not_speak_it_says_so_once_in_private_and_once_in_the_log(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeDiscord() as discord, serve(discord) as (bot, *_):
        await discord.until_ready(SOON_S)
        trouble = discord.fail(SPEAK, 403, None, code=50013)
        told = await discord.ask("alice", "!rate Heat 4.5", SOON_S)
        assert told["channel_id"] != CHANNEL_ID
        assert f"I cannot answer you in <#{CHANNEL_ID}>" in told["content"]
        await discord.say("alice", "!rate Alien 4")
        assert "I cannot answer you" in (await discord.ask("bob", "!ping", SOON_S))["content"]
        await until(lambda: discord.calls.count(SPEAK) == 3)
        trouble.times = 0
        await settled(bot, discord)
    lines = [one.getMessage() for one in caplog.records if "no answers in channel" in one.getMessage()]
    assert len(lines) == 1


async def test_what_cannot_be_delivered_is_a_line_in_the_log(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    async with FakeDiscord() as discord, serve(discord) as (bot, *_):
        await discord.until_ready(SOON_S)
        bot.pause = lambda _: 2 * delivery.PATIENCE_S  # no second attempt is in time
        trouble = discord.fail(SEND, 503, None)
        await discord.say("alice", "!rate Heat 4.5")
        await until(lambda: any("was not delivered: it answered 503" in one.getMessage() for one in caplog.records))
        trouble.times = 0
        await settled(bot, discord)
