"""`config` by words, prefix and slash, and what holds from then on."""

from typing import Any

import pytest

from bot.chat.language import speaking
from bot.errors import UsageError
from bot.guilds.asking import Day
from data.store import GuildSettings
from tests.bot.conftest import Stage, labels_of, text_of
from tests.bot.guilds.conftest import MANAGER

NOT_YOURS = "That is for those who may manage this server."


def settings(stage: Stage) -> GuildSettings:
    return stage.bot.settings_in(stage.guild.id)


async def stored(stage: Stage) -> GuildSettings | None:
    return (await stage.bot.services.store.guilds.all()).get(stage.guild.id)


async def test_a_prefix_of_the_servers_own(stage: Stage, manager: Any) -> None:
    assert "Commands begin with ? here from now on: ?help" in text_of(await stage.say(MANAGER, "!config prefix ?"))
    before = stage.last.id
    assert (await stage.say("alice", "!rate Heat 5")).content == "!rate Heat 5"
    assert stage.last.id > before
    assert "Heat (1995)" in text_of(await stage.say("alice", "?rate Heat 5"))
    await stage.member("alice").send_dm("!ping")
    assert "Here." in text_of(stage.private("alice"))  # direct messages are no server
    await stage.restart()
    assert "Alien (1996)" in text_of(await stage.say("alice", "?rate Alien 5"))
    assert "“far too long” cannot be a prefix" in text_of(await stage.say(MANAGER, '?config prefix "far too long"'))
    assert "cannot be a prefix" in text_of(await stage.say(MANAGER, "?config prefix /"))
    slash = await manager.slash(stage.channel, "config prefix", prefix="default")
    assert slash.response.ephemeral
    assert "begin with ! here" in text_of(slash.response.message)
    assert await stored(stage) == settings(stage) == GuildSettings()


@pytest.mark.parametrize(
    "words",
    ["config", "config prefix ?", "config quiet on", "config digest #movies", "config channels #secret", "blocked"],
)
async def test_who_may_not_manage_the_server_is_told_so(stage: Stage, words: str) -> None:
    assert text_of(await stage.say("alice", f"!{words}")) == NOT_YOURS
    assert await stored(stage) is None


async def test_the_owner_may_and_who_was_given_the_slash_command_alone_may_not(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.env.advance_time(60)
    await stage.owner.send(stage.channel, "!config quiet on")
    await stage.env.advance_time(10)
    assert settings(stage).is_quiet
    assert "config" not in alice.available_commands(stage.channel)
    command = next(one for one in await stage.bot.tree.fetch_commands() if one.name == "config")
    stage.guild.set_command_permissions(command, {alice: True})
    slash = await alice.slash(stage.channel, "config quiet", state="off")
    assert slash.response.ephemeral
    assert text_of(slash.response.message) == NOT_YOURS
    assert settings(stage).is_quiet


async def test_direct_messages_have_no_settings(stage: Stage) -> None:
    await stage.member("alice").send_dm("!config quiet on")
    assert "works in a server only" in text_of(stage.private("alice"))


async def test_channels_to_answer_in(stage: Stage, manager: Any) -> None:
    films = stage.guild.create_text_channel("films")
    talk = stage.guild.create_text_channel("talk")
    alice = stage.member("alice")
    said = text_of(await stage.say(MANAGER, f"!config channels {stage.channel.mention} #films"))
    assert f"I answer in {stage.channel.mention}, {films.mention}; help, privacy" in said
    assert "Heat (1995)" in text_of(await stage.say("alice", "!rate Heat 5"))

    await alice.send(talk, "!rate Alien 5")
    await stage.env.advance_time(10)
    assert text_of(talk.last_message) == f"I answer in {stage.channel.mention}, {films.mention}."
    await alice.send(talk, "!recommend")
    await alice.send(talk, "!recomend")
    await stage.env.advance_time(10)
    assert talk.last_message.content == "!recomend", "told once an hour, and no hints there"
    for command, options in (("rate", {"movie": "Alien", "stars": "5"}), ("recommend", {}), ("ratings", {})):
        slash = await alice.slash(talk, command, **options)
        assert slash.response.ephemeral, command
        assert "I answer in" in text_of(slash.response.message), command
    profile = await stage.bot.services.store.profiles.find(alice.id)
    assert profile is not None
    assert await stage.bot.services.store.ratings.ratings_of(profile.user_id) == {10: 5.0}

    for text, answer in (("!help rate", "stars"), ("!privacy", "for your eyes only"), ("!forgetme", "eyes only")):
        await alice.send(talk, text)
        await stage.env.advance_time(10)
        assert answer in text_of(talk.last_message), text
    await manager.send(talk, "!config channels all")
    await stage.env.advance_time(10)
    assert text_of(talk.last_message) == "I answer everywhere."
    await alice.send(talk, "!rate Alien 5")
    await stage.env.advance_time(10)
    assert "Alien (1996)" in text_of(talk.last_message)


async def test_where_all_channels_are_gone_it_answers_everywhere(stage: Stage, manager: Any) -> None:
    films = stage.guild.create_text_channel("films")
    await stage.say(MANAGER, "!config channels films")
    assert "I answer in" in text_of(await stage.say("alice", "!ping"))
    stage.env.backend.delete_channel(films.id)
    await stage.env.settle()
    assert "Here." in text_of(await stage.say("alice", "!ping"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("channels #nowhere", "There is no channel “#nowhere” here"),
        ("channels <#123456789012345678>", "There is no channel"),
        ("channels", "config channels #movies #films"),
        ("quiet perhaps", "is not one of on, off"),
        ("loudly", "config quiet on"),
        ("announce", "config announce #news"),
        ("announce #nowhere", "There is no channel"),
        ("digest", "config digest #movies friday 18"),
        ("digest movies someday", "I do not understand “someday” there"),
        ("digest movies friday 24", "I do not understand “24” there"),
    ],
)
async def test_what_cannot_be_done_is_a_sentence(stage: Stage, manager: Any, words: str, said: str) -> None:
    assert said in text_of(await stage.say(MANAGER, f"!config {words}")).replace("\\", "")
    assert await stored(stage) is None
    assert stage.bot.bugs == 0


async def test_a_quiet_server(stage: Stage, manager: Any) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!rate Heat 5")
    assert "Quiet mode is on: I answer commands" in text_of(await stage.say(MANAGER, "!config quiet on"))
    assert (await stage.say("alice", "!recomend")).content == "!recomend"
    assert "Films for you" in text_of(await stage.say("alice", "!recommend"))
    for command in ("recommend", "ratings", "watchlist show", "hide list"):
        slash = await alice.slash(stage.channel, command)
        assert slash.response.ephemeral, command
        await stage.env.advance_time(30)
    more = await alice.click((await alice.slash(stage.channel, "recommend")).response.message, label="More")
    shown = [
        one for one in (more.response, *more.followups) if one is not None and "films for you" in text_of(one.message)
    ]
    assert shown
    assert all(one.ephemeral for one in shown)
    assert not (await alice.slash(stage.channel, "rate", movie="Alien", stars="4")).response.ephemeral
    await stage.say(MANAGER, "!config quiet off")
    await stage.env.advance_time(30)
    assert not (await alice.slash(stage.channel, "recommend")).response.ephemeral
    assert "Did you mean" in text_of(await stage.say("alice", "!recomend"))


async def test_pictures_in_words(stage: Stage, manager: Any) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 4")
    shown = await stage.say("alice", "!profile")
    assert len(shown.attachments) == 1
    assert "Bar chart" not in text_of(shown)
    assert "what they show stands in words" in text_of(await stage.say(MANAGER, "!config pictures off"))
    shown = await stage.say("alice", "!profile")
    assert shown.attachments == []
    assert "Bar chart of 2 ratings by stars" in text_of(shown)
    assert labels_of(shown) == ["Ratings"]
    slash = await stage.member("alice").slash(stage.channel, "profile show")
    assert slash.response.message.attachments == []
    assert "Bar chart" in text_of(slash.response.message)
    await stage.member("alice").send_dm("!profile")
    assert len(stage.private("alice").attachments) == 1  # that is between the two
    model = await stage.say("alice", "!model")
    assert model.attachments == []
    assert stage.bot.bugs == 0


async def test_announcements_and_the_digest_by_words(stage: Stage, manager: Any) -> None:
    assert "when I have learned from new ratings, once a day at most." in text_of(
        await stage.say(MANAGER, f"!config announce {stage.channel.mention}")
    )
    said = text_of(await stage.say(MANAGER, "!config digest #movies Sun 9"))
    assert f"The weekly digest: {stage.channel.mention}, Sundays at 09:00 UTC, next <t:" in said
    kept = await stored(stage)
    assert kept == settings(stage)
    assert (kept.announces_in, kept.digest_in, kept.digest_weekday, kept.digest_hour) == (
        stage.channel.id,
        stage.channel.id,
        6,
        9,
    )
    slash = await manager.slash(stage.channel, "config digest", weekday="friday")
    assert "Fridays at 09:00 UTC" in text_of(slash.response.message)
    assert settings(stage).digest_in == stage.channel.id
    assert text_of((await manager.slash(stage.channel, "config digest")).response.message) == "The weekly digest: off."
    assert "do not tell" in text_of(await stage.say(MANAGER, "!config announce off"))
    news = stage.guild.create_text_channel("news")
    slash = await manager.slash(stage.channel, "config announce", channel=news)
    assert f"I tell {news.mention}" in text_of(slash.response.message)
    assert settings(stage).announces_in == news.id
    assert settings(stage).digest_in is None
    assert stage.bot.bugs == 0


async def test_a_day_is_read_in_the_language_of_who_names_it() -> None:
    unused: Any = None
    with speaking("de"):
        assert [await Day().convert(unused, day) for day in ("Freitag", "sonntags", "friday")] == [4, 6, 4]
    with pytest.raises(UsageError):
        await Day().convert(unused, "Freitag")
