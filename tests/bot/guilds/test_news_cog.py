"""What a server is told by itself: a digest once a week, and that there is a new model, whatever happens between."""

import logging
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.guilds.news import WEEK_S
from tests.bot.conftest import Stage, text_of
from tests.bot.guilds.conftest import MANAGER

DAY_S = 86_400
NEWS = "bot.guilds.news_cog"


def now(stage: Stage) -> int:
    return int(stage.env.now().timestamp())


def told(channel: Any, title: str = "The week in films") -> list[str]:
    """What the bot has said by itself there, oldest first."""
    return [text_of(one) for one in channel.history() if title in text_of(one)]


@pytest.fixture
def news(stage: Stage) -> Any:
    return stage.guild.create_text_channel("news")


async def until(stage: Stage, moment: int) -> None:
    """Go to a moment: Discord's clock, and then the bot's rounds."""
    stage.env.backend.advance_clock(max(0, moment - now(stage) - 900))
    await stage.advance(1_800)


async def subscribe(stage: Stage) -> int:
    """Have a digest in #news on Fridays at 18:00; the next moment it is due."""
    await stage.say(MANAGER, "!config digest #news friday 18")
    said = text_of(stage.last)
    return int(said.split("next <t:")[1].split(">")[0].split(":")[0])


async def test_the_week_in_films(stage: Stage, manager: Any, news: Any) -> None:
    due = await subscribe(stage)
    stage.env.backend.advance_clock(due - now(stage) - DAY_S)
    for name, text in (
        ("alice", "Heat 5\nAlien 5\nTitanic 0.5\nGhost 4"),
        ("bob*", "Heat 4.5\nTitanic 5\nJaws 2"),
        ("carol", "Heat 5\nSpeed 1"),
        ("dora", "Ghost 1"),
        ("erik", "Ghost 1"),
    ):
        await stage.say(name, f"!rate {text}")
    await stage.say("dora", "!privacy visibility private")
    await stage.say(MANAGER, f"!block {stage.member('erik').mention}")
    stage.guild.remove_member(stage.member("carol"))
    await until(stage, due)
    (text,) = told(news)
    assert "9 ratings from 3 members since <t:" in text
    assert "1. **Heat (1995)** ★ 4.8 (3 ratings)" in text
    assert "**Most divisive**\n**Titanic (2006)**: from ★ 0.5 to ★ 5 (2 ratings)" in text
    assert "**Rated most**\nalice (4 films), bob\\* (3 films)" in text
    for hidden in ("carol", "dora", "erik"):
        assert hidden not in text
    await stage.advance(3_600)
    assert len(told(news)) == 1
    assert stage.bot.bugs == 0


async def test_once_a_week_for_a_month_with_restarts(stage: Stage, manager: Any, news: Any) -> None:
    due = await subscribe(stage)
    assert told(news) == [], "not at once, but when it is due"
    for week in range(4):
        stage.env.backend.advance_clock(due + week * WEEK_S - now(stage) - DAY_S)
        await stage.advance(600)
        await stage.say("alice", f"!rate id:{10 * (week + 1)} 4")
        await until(stage, due + week * WEEK_S)
        assert len(told(news)) == week + 1
        assert "1 rating from 1 member since" in told(news)[-1]
        await stage.restart()
        await stage.advance(1_800)
        assert len(told(news)) == week + 1
    assert stage.bot.bugs == 0


async def test_a_week_without_ratings_is_not_spoken_of(stage: Stage, manager: Any, news: Any) -> None:
    due = await subscribe(stage)
    await until(stage, due)
    assert told(news) == []
    await stage.say("alice", "!rate Heat 5")
    await stage.say(MANAGER, "!config language deutsch")
    await stage.advance(3_600)
    assert told(news, "Die Filmwoche") == []
    await until(stage, due + WEEK_S)
    (text,) = told(news, "Die Filmwoche")
    assert "1 Bewertung von 1 Mitglied seit <t:" in text
    assert "1. **Heat (1995)** ★ 5,0 (1 Bewertung)" in text


async def test_after_a_night_off_it_is_sent_and_after_two_days_not(stage: Stage, manager: Any, news: Any) -> None:
    due = await subscribe(stage)
    await stage.say("alice", "!rate Heat 5")
    await stage.bot.close()
    stage.env.backend.advance_clock(due + 43_200 - now(stage))
    await stage.restart()
    await stage.advance(600)
    assert len(told(news)) == 1
    await stage.say("alice", "!rate Alien 5")
    await stage.bot.close()
    stage.env.backend.advance_clock(due + WEEK_S + 2 * DAY_S - now(stage))
    await stage.restart()
    await stage.advance(600)
    assert len(told(news)) == 1


async def test_another_day_or_the_end_of_it(stage: Stage, manager: Any, news: Any) -> None:
    due = await subscribe(stage)
    await stage.say("alice", "!rate Heat 5")
    await stage.say(MANAGER, "!config digest #news saturday 18")
    await until(stage, due)
    assert told(news) == []
    await until(stage, due + DAY_S)
    assert len(told(news)) == 1
    await stage.say(MANAGER, "!config digest off")
    await stage.say("alice", "!rate Alien 5")
    await until(stage, due + DAY_S + WEEK_S)
    assert len(told(news)) == 1


async def test_a_quiet_server_is_told_nothing(stage: Stage, manager: Any, news: Any) -> None:
    due = await subscribe(stage)
    await stage.say("alice", "!rate Heat 5")
    await stage.say(MANAGER, "!config quiet on")
    await until(stage, due)
    await stage.say(MANAGER, "!config quiet off")
    await stage.advance(1_200)
    assert told(news) == []


@pytest.mark.parametrize("what", ["gone", "forbidden"])
async def test_a_channel_where_it_cannot_speak_is_noted_once(
    stage: Stage, manager: Any, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    deny = {stage.guild.default_role: discord.PermissionOverwrite(send_messages=what == "gone")}
    news = stage.guild.create_text_channel("news", overwrites=deny)
    due = await subscribe(stage)
    caplog.set_level(logging.INFO)
    if what == "gone":
        stage.env.backend.delete_channel(news.id)
        await stage.env.settle()
    for week in range(2):
        stage.env.backend.advance_clock(due + week * WEEK_S - now(stage) - DAY_S)
        await stage.say("alice", f"!rate id:{10 * (week + 1)} 4")
        await until(stage, due + week * WEEK_S)
    lines = [one.getMessage() for one in caplog.records if one.name == NEWS]
    assert lines == [f"a server's news cannot be told: the channel {news.id} is {what}"]
    shown = await manager.slash(stage.channel, "config show")
    said = {"gone": "That channel is gone: choose another.", "forbidden": "I cannot speak there yet"}
    assert said[what] in text_of(shown.response.message)
    assert stage.bot.bugs == 0


async def test_where_discord_is_in_trouble_it_is_tried_again(
    stage: Stage, manager: Any, news: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = await subscribe(stage)
    await stage.say("alice", "!rate Heat 5")

    async def lost(*_: object, **__: object) -> None:
        return None

    with monkeypatch.context() as patched:
        patched.setattr("bot.guilds.news_cog.post", lost)
        await until(stage, due)
        assert told(news) == []
    await stage.advance(1_200)
    assert len(told(news)) == 1


async def test_the_next_movie_night_stands_in_it(stage: Stage, manager: Any, news: Any) -> None:
    async def friday(guild_id: int) -> str | None:
        return "**Heat (1995)** on Friday" if guild_id == stage.guild.id else None

    stage.bot.services.digests.next_evening = friday
    due = await subscribe(stage)
    await until(stage, due)
    (text,) = told(news)
    assert "**Next movie night**\n**Heat (1995)** on Friday" in text
    assert "ratings from" not in text


async def promote(stage: Stage) -> None:
    """As a training that ended well leaves it."""
    store = stage.bot.services.store
    run_id = await store.runs.begin(None, await store.ratings.last_write_id(), 1, now(stage))
    await store.runs.finish(run_id, "promoted", "v", None, now(stage))


async def test_a_new_model_is_told_of_in_human_words(stage: Stage, manager: Any, news: Any) -> None:
    title = "I have learned from"
    await stage.say("alice", "!rate Ghost 3")
    await promote(stage)
    await stage.say(MANAGER, "!config announce #news")
    await stage.advance(1_200)
    assert told(news, title) == [], "that one is not new"
    await stage.say("alice", "!rate Heat 5\nAlien 4")
    await stage.advance(1_200)
    assert told(news, title) == [], "rated, but not learned"
    await promote(stage)
    await stage.advance(1_200)
    (text,) = told(news, title)
    assert text == ("I have learned from 2 new ratings since the last time. Your list may have changed: !recommend")
    for word in ("NDCG", "model", "loss"):
        assert word not in text
    await stage.say("alice", "!rate Jaws 5")
    await promote(stage)
    await stage.restart()
    await stage.advance(1_200)
    assert len(told(news, title)) == 1, "once a day is enough"
    stage.env.backend.advance_clock(DAY_S)
    await stage.advance(1_200)
    assert "from 1 new rating since" in told(news, title)[1]
    await promote(stage)
    stage.env.backend.advance_clock(DAY_S)
    await stage.advance(1_200)
    assert len(told(news, title)) == 2, "nothing new was learned"
    settings = stage.bot.settings_in(stage.guild.id)
    assert (await stage.bot.services.store.guilds.all())[stage.guild.id] == settings
    assert replace(settings, announced_at=None, announced_write_id=None).announces_in == news.id
    assert stage.bot.bugs == 0


async def test_one_servers_trouble_is_not_the_others(
    stage: Stage, manager: Any, news: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = await subscribe(stage)
    await stage.say("alice", "!rate Heat 5")
    other = stage.env.create_guild("other")
    elsewhere = other.create_text_channel("films")
    await stage.bot.services.store.memberships.note(other.id, stage.member("alice").id, now(stage))
    stage.bot.guild_settings[other.id] = await stage.bot.services.guilds.digest_in(other.id, elsewhere.id, now(stage))
    read = stage.bot.services.digests.read

    async def fail(guild_id: int, at: int) -> Any:
        if guild_id == stage.guild.id:
            raise ValueError("no")
        return await read(guild_id, at)

    monkeypatch.setattr(stage.bot.services.digests, "read", fail)
    await until(stage, due)
    assert told(news) == []
    assert len(told(elsewhere)) == 1
    assert "alice" not in told(elsewhere)[0], "she is not in that server"
    assert stage.bot.bugs == 1
