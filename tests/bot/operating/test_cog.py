"""`sync`, and syncing by itself when the commands changed."""

import pytest

from bot.operating.syncing import TREE_FACT, keep_synced, registered_ids, tree_hash
from tests.bot.conftest import Stage, text_of
from tests.bot.serving import PAUSE_S, SOON_S, Serve, until
from tests.fake_discord import FakeDiscord


async def test_sync_is_for_the_applications_owner(stage: Stage) -> None:
    assert "Only the owner" in text_of(await stage.say("alice", "!sync"))
    stage.bot.owner_id = stage.member("alice").id
    commands = len(stage.bot.tree.get_commands())
    assert f"{commands} slash commands registered" in text_of(await stage.say("alice", "!sync"))


async def test_commands_are_registered_once_and_again_when_they_change(stage: Stage) -> None:
    facts = stage.bot.services.store.facts
    assert not await keep_synced(stage.bot.tree, facts), "the bot did it when it started"
    await facts.set(TREE_FACT, "another")
    assert await keep_synced(stage.bot.tree, facts)
    assert not await keep_synced(stage.bot.tree, facts)


async def test_commands_are_links_after_a_restart_too(stage: Stage) -> None:
    before = await registered_ids(stage.bot.services.store.facts)
    assert before == {one.name: one.id for one in await stage.bot.tree.fetch_commands() if one.type.value == 1}
    await stage.restart()
    reply = (await stage.member("alice").slash(stage.channel, "recommend")).response
    assert f"</start:{before['start']}>" in text_of(reply)


@pytest.mark.parametrize(
    ("status", "retry_after_s", "words"),
    [
        (400, None, "Try again later"),
        (503, None, "it answered 503"),
        (429, 600.0, "Try again in 10 min"),
    ],
)
async def test_the_bot_serves_while_discord_refuses_its_commands(
    serve: Serve, status: int, retry_after_s: float | None, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeDiscord() as discord:
        trouble = discord.fail("PUT applications/*/commands", status, None, retry_after_s=retry_after_s, is_global=True)
        async with serve(discord) as (bot, *_):
            await discord.until_ready(SOON_S)
            assert "Here" in (await discord.ask("alice", "!ping", SOON_S))["content"]
            await until(lambda: any("slash commands at Discord are outdated" in line for line in caplog.messages))
            assert words in (await discord.ask("owner", "!sync", SOON_S))["content"]
            trouble.times = 0
            assert "registered" in (await discord.ask("owner", "!sync", SOON_S))["content"]
            assert bot.bugs == 0


async def test_registering_is_tried_until_discord_takes_the_commands(serve: Serve) -> None:
    async with FakeDiscord() as discord:
        discord.fail("PUT applications/*/commands", 503, 2)
        async with serve(discord) as (bot, *_):
            await discord.until_ready(SOON_S)
            assert await keep_synced(bot.tree, bot.services.store.facts, pause=lambda failures: PAUSE_S)
            assert await bot.services.store.facts.get(TREE_FACT) == await tree_hash(bot.tree)
