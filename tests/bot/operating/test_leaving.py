"""What is kept of a server goes thirty days after the bot has left it, and not before."""

from typing import Any

import pytest

from data.store import GuildSettings
from tests.bot.conftest import Stage

DAY_S = 86_400
OTHER = 987_654_321


def now(stage: Stage) -> int:
    return int(stage.env.now().timestamp())


async def rows(stage: Stage) -> tuple[list[int], list[int]]:
    """The servers that there are settings of, and those among the two that have members."""
    store = stage.bot.services.store
    known = [one for one in (OTHER, stage.guild.id) if await store.memberships.visible(one)]
    return sorted(await store.guilds.all()), known


@pytest.fixture(autouse=True)
async def _furnished(stage: Stage) -> None:
    """Settings and a member of two servers, one of which the bot has never been in as far as Discord knows."""
    await stage.say("alice", "!rate Heat 5")
    for guild_id in (stage.guild.id, OTHER):
        await stage.bot.services.store.memberships.note(guild_id, stage.member("alice").id, 0)
        stage.bot.guild_settings[guild_id] = await stage.bot.services.guilds.set_prefix(guild_id, "!", 0)


async def test_a_server_that_was_left_goes_after_thirty_days(stage: Stage) -> None:
    store = stage.bot.services.store
    stage.env.backend.remove_guild(stage.guild.id)
    await stage.env.settle()
    assert await store.guilds.forget_left(now(stage) - 60) == (), "left just now"
    assert await store.guilds.forget_left(now(stage) + 60) == (stage.guild.id,)
    await store.guilds.leave(OTHER, now(stage) - 29 * DAY_S - 3_600)
    await stage.restart()
    await stage.env.advance_time(10)
    assert await rows(stage) == ([OTHER], [OTHER])
    await stage.advance(1.1 * DAY_S)
    assert await rows(stage) == ([], [])
    assert stage.bot.guild_settings == {}
    assert await stage.bot.services.store.profiles.count() == 1
    assert stage.bot.bugs == 0


async def test_a_server_that_was_left_while_the_bot_was_off(stage: Stage) -> None:
    await stage.restart()
    await stage.env.advance_time(10)
    assert await rows(stage) == ([OTHER, stage.guild.id], [OTHER, stage.guild.id])
    assert await stage.bot.services.store.guilds.forget_left(now(stage) + 60) == (OTHER,)
    assert stage.bot.settings_in(stage.guild.id) == GuildSettings(prefix="!")


async def test_who_takes_it_back_keeps_everything(stage: Stage) -> None:
    store = stage.bot.services.store
    await store.guilds.leave(stage.guild.id, 0)  # long ago, it seems
    stage.bot.dispatch("guild_join", stage.bot.get_guild(stage.guild.id))
    await stage.env.settle()
    assert stage.guild.id not in await store.guilds.forget_left(now(stage) + 60)


async def test_taken_back_while_the_bot_was_off(stage: Stage) -> None:
    await stage.bot.services.store.guilds.leave(stage.guild.id, 0)
    await stage.restart()
    await stage.env.advance_time(10)
    assert stage.guild.id in (await rows(stage))[0]


async def test_a_server_in_an_outage_was_not_left(stage: Stage) -> None:
    outage: dict[str, Any] = {"id": str(stage.guild.id), "unavailable": True}
    stage.bot._connection.parse_guild_delete(outage)
    await stage.env.settle()
    guild = stage.bot.get_guild(stage.guild.id)
    assert guild is not None
    assert guild.unavailable
    await stage.advance(1.1 * DAY_S)
    assert await stage.bot.services.store.guilds.forget_left(now(stage) + 60) == (OTHER,)


async def test_what_cannot_be_noted_now_is_noted_with_the_next_tidying(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(stage.bot.services.store.guilds, "leave", fail)
        stage.env.backend.remove_guild(stage.guild.id)
        await stage.env.settle()
    assert stage.bot.bugs == 1
    await stage.advance(1.1 * DAY_S)
    assert await stage.bot.services.store.guilds.forget_left(now(stage) + 60) == (OTHER, stage.guild.id)
