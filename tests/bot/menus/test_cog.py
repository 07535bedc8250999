"""The menus of messages: whose films are rated, and whose replies may go."""

import discord
import pytest

from bot.menus.replies import DELETE, RATE
from tests.bot.conftest import Stage, options_of, text_of
from tests.bot.ratings.test_cog import stored


async def test_the_film_of_a_message_is_rated_privately(stage: Stage) -> None:
    spoken = await stage.say("bob", "we saw “Top Gun” again")
    asked = await stage.member("alice").context_menu(stage.channel, RATE, spoken)
    assert asked.response.ephemeral
    assert "How many stars for **Top Gun (2004)**" in asked.response.content
    await stage.member("alice").select(asked.response, ["4.5"])
    assert await stored(stage, "alice") == {100: 4.5}
    assert await stored(stage, "bob") == {}


async def test_several_films_of_a_message_are_asked_about(stage: Stage) -> None:
    spoken = await stage.say("bob", "Heat or Alien?")
    asked = await stage.member("alice").context_menu(stage.channel, RATE, spoken)
    assert options_of(asked.response, "Choose the film") == ["Heat (1995)", "Alien (1996)"]
    await stage.restart()
    await stage.member("alice").select(asked.response, ["20"])
    assert await stored(stage, "alice") == {}


async def test_films_of_the_bots_own_cards_are_found(stage: Stage) -> None:
    card = await stage.say("bob", "!movie Heat")
    asked = await stage.member("alice").context_menu(stage.channel, RATE, card)
    assert "How many stars for **Heat (1995)**" in asked.response.content


async def test_no_film_gets_a_sentence_and_the_text_is_not_kept(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    spoken = await stage.say("bob", "nothing-to-be-kept here")
    asked = await stage.member("alice").context_menu(stage.channel, RATE, spoken)
    assert "no film in that message" in asked.response.content
    assert "nothing-to-be-kept" not in caplog.text
    assert not any(b"nothing-to-be-kept" in path.read_bytes() for path in stage.settings.data_dir.glob("marquee.db*"))


async def gone(stage: Stage, message: discord.Message) -> bool:
    return message.id not in [one.id for one in stage.channel.history()]


async def test_who_asked_deletes_the_reply_and_keeps_the_rating(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4")
    refused = await stage.member("bob").context_menu(stage.channel, DELETE, reply)
    assert "for somebody else" in text_of(refused.response)
    assert not await gone(stage, reply)
    done = await stage.member("alice").context_menu(stage.channel, DELETE, reply)
    assert "gone" in text_of(done.response)
    assert await gone(stage, reply)
    assert await stored(stage, "alice") == {10: 4.0}
    assert stage.bot.bugs == 0


async def test_a_reply_without_buttons_belongs_to_who_wrote_the_question(stage: Stage) -> None:
    reply = await stage.say("alice", "!ping")
    await stage.member("bob").context_menu(stage.channel, DELETE, reply)
    assert not await gone(stage, reply)
    await stage.member("alice").context_menu(stage.channel, DELETE, reply)
    assert await gone(stage, reply)


async def test_slash_replies_and_moderators(stage: Stage) -> None:
    await stage.member("alice").slash(stage.channel, "ping")
    reply = stage.last
    await stage.member("alice").context_menu(stage.channel, DELETE, reply)
    assert await gone(stage, reply)
    reply = await stage.say("alice", "!ping")
    await stage.owner.context_menu(stage.channel, DELETE, reply)
    assert await gone(stage, reply)


async def test_messages_of_others_are_not_touched(stage: Stage) -> None:
    await stage.member("bob").send(stage.channel, "mine")
    spoken = stage.last
    refused = await stage.member("bob").context_menu(stage.channel, DELETE, spoken)
    assert "not mine" in text_of(refused.response)
    assert not await gone(stage, spoken)
