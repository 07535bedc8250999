"""What is said to the bot without a command, and what a reply to one of its messages is about."""

from discord.ext.commands.view import StringView

from bot.chat.listening import begins_with_name, is_more_than
from data.store import GuildSettings
from tests.bot.conftest import Stage, labels_of, text_of

HEAT, ALIEN, JAWS = 10, 20, 80


async def stored(stage: Stage) -> dict[int, float]:
    store = stage.bot.services.store
    profile = await store.profiles.find(stage.member("alice").id)
    return {} if profile is None else dict(await store.ratings.ratings_of(profile.user_id))


def mention(stage: Stage) -> str:
    assert stage.bot.user is not None
    return stage.bot.user.mention


async def test_a_rating_said_to_the_bot_needs_no_command(stage: Stage) -> None:
    name = mention(stage)
    await stage.say("alice", f"{name} heat 4, alien five stars")
    assert await stored(stage) == {HEAT: 4.0, ALIEN: 5.0}
    asked = await stage.say("alice", f"{name} I hated Jaws")
    assert "Is that ★ for **Jaws (2002)**?" in text_of(asked)
    assert labels_of(asked) == ["1 star for Jaws (2002)", "Other stars", "None of these"]
    await stage.member("alice").click(asked, label="1 star for Jaws (2002)")
    assert (await stored(stage))[JAWS] == 1.0
    await stage.member("alice").send_dm("Speed 3.5")
    assert "**Speed (1998)** ★★★½" in text_of(stage.private("alice"))
    for text in ("heat 1", "i hated speed", "10/10 would watch again"):  # to nobody
        said = await stage.say("alice", text)
        assert said.content == text


async def test_a_reply_to_a_film_takes_that_film(stage: Stage) -> None:
    alice = stage.member("alice")
    card = await stage.say("alice", "!movie Heat")
    for said, told in {
        "!rate 4": "**Heat (1995)** ★★★★",
        "!rate": "How many stars for **Heat (1995)**?",
        "4.5 stars": "**Heat (1995)** ★★★★½ (was 4)",
        "loved it": "Is that ★★★★★ for **Heat (1995)**?",
        "85%": "between ★★★★ and ★★★★½",
        "!why": "Heat (1995)",
        "!similar": "Films like Heat (1995)",
        "!hide": "",
        "!unrate": "**Heat (1995)** is no longer rated",
        "!rate Alien 3": "**Alien (1996)** ★★★",
    }.items():
        await alice.send(stage.channel, said, reply_to=card)
        assert told in text_of(stage.last), said
    assert await stored(stage) == {ALIEN: 3.0}
    rated = stage.last
    await alice.send(stage.channel, "!rate 2", reply_to=rated)
    assert await stored(stage) == {ALIEN: 2.0}
    listed = await stage.say("alice", "!recommend")  # of many films
    await alice.send(stage.channel, "!why", reply_to=listed)
    assert "Tell me more, like this: !why Heat" in text_of(stage.last)
    for text, to in {"lol": card, "12 people are coming": card, "5": listed}.items():
        await alice.send(stage.channel, text, reply_to=to)
        assert stage.last.content == text
    stage.bot.guild_settings[stage.guild.id] = GuildSettings(is_quiet=True)
    await alice.send(stage.channel, "4", reply_to=card)
    assert stage.last.content == "4"
    assert stage.bot.bugs == 0


async def test_without_the_intent_for_messages_a_mention_does(stage: Stage) -> None:
    await stage.restart(message_content=False)
    alice, name = stage.member("alice"), mention(stage)
    card = await stage.say("alice", f"{name} movie Heat")
    await alice.send(stage.channel, f"{name} loved it", reply_to=card)
    assert "Is that ★★★★★ for **Heat (1995)**?" in text_of(stage.last)
    await alice.send(stage.channel, f"{name} 4", reply_to=card)
    assert await stored(stage) == {HEAT: 4.0}
    said = await stage.say("bob", "great film")
    await alice.send(stage.channel, f"{name} why", reply_to=said)  # to a person
    assert "Tell me more" in text_of(stage.last)
    assert stage.bot.bugs == 0


async def test_a_direct_message_needs_no_prefix_as_a_mention_needs_none(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!rate Heat 4")
    for said, told in {
        "help": "What I can do",
        "profile": "Profile of",
        "ratings": "**Heat (1995)** ★★★★",
        "history": "What you changed",
        "why Alien": "Alien (1996)",
        "watchlist": "Your watchlist is empty",
        "Undo": "**Heat (1995)** ★★★★. It is no longer rated.",
        "recomend": "Did you mean !recommend?",
        "lol whatever": "Tell me what you are in the mood for",
        "thanks": "You are welcome",
        "help me find something funny": "Films for you",
        "about something funny from the 90s": "No film fits: Comedy · 1990s",
        "Heat 3": "**Heat (1995)** ★★★",
    }.items():
        await alice.send_dm(said)
        await stage.env.advance_time(10)
        assert told in text_of(stage.private("alice")), said
    for text in ("help", "ratings"):  # to nobody
        assert (await stage.say("alice", text)).content == text
    assert stage.bot.bugs == 0


async def test_what_says_something_else_than_the_command_it_begins_with(stage: Stage) -> None:
    for text, is_more in {
        "film noir from the 40s": True,
        "film Heat": False,
        "help me": True,
        "help rate": False,
        "undo Heat": True,
        "undo": False,
        "forgetme please": True,
        "watchlist add Heat": False,
    }.items():
        view = StringView(text)
        assert is_more_than(stage.bot.all_commands[view.get_word()], view) is is_more, text


def test_a_command_s_name_may_begin_a_film_s() -> None:
    films = {"top gun", "about time"}
    assert begins_with_name("top gun 4", films.__contains__)
    assert begins_with_name("about time", films.__contains__)
    assert not begins_with_name("top 5 heist films", films.__contains__)
