"""`help`, `about` and `ping`, and what happens to words that are no command."""

import pytest

from tests.bot.conftest import OpenStage, Stage, text_of


async def test_help_names_every_command_that_is_not_hidden(stage: Stage) -> None:
    text = text_of(await stage.say("alice", "!help"))
    for command in stage.bot.commands:
        assert (f"`!{command.name}` " in text) is not command.hidden, command.name


async def test_every_command_has_its_own_help_with_an_example(stage: Stage) -> None:
    for command in stage.bot.commands:
        if not command.hidden:
            text = text_of(await stage.say("alice", f"!help {command.name}"))
            assert f"`!{command.name}" in text
            assert command.short_doc in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("!help rte", "Did you mean !help rate?"),
        ("!help !rate", "`!rate Heat 4.5`"),
        ("!help recs", "`!recommend 5`"),
        ("!help sync", "There is no command"),
        ("!help qqqqqq", "There is no command"),
        ("!help movie night", "`!movienight @bob @carol`"),
        ("!help how do I delete my data", "`!privacy export`"),
        ("!help how do I delete a rating", "`!unrate Heat`"),
        ("!help rate heat", "`!rate Heat 4.5`"),
        ("!help me", "`!start`"),
        ("!hilfe", "`!start`"),
        ("!help wie lösche ich meine Daten?", "`!privacy export`"),
    ],
)
async def test_help_on_a_topic(stage: Stage, words: str, said: str) -> None:
    assert said in text_of(await stage.say("alice", words))


async def test_help_shows_the_prefix_that_works_here(open_stage: OpenStage) -> None:
    stage = await open_stage(command_prefix="?")
    assert "`?rate` " in text_of(await stage.say("alice", "?help"))
    assert "Did you mean ?rate Heat 4?" in text_of(await stage.say("alice", "?rat Heat 4"))


async def test_slash_help(stage: Stage) -> None:
    """Whoever uses slash reads of slash commands, as links."""
    alice = stage.member("alice")
    (rate,) = [one for one in await stage.bot.tree.fetch_commands() if one.name == "rate"]
    about = text_of((await alice.slash(stage.channel, "help", topic="rate")).response)
    assert f"</rate:{rate.id}> asks for what it needs" in about
    assert "`!rate Heat 4.5`" in about
    everything = text_of((await alice.slash(stage.channel, "help")).response)
    assert "!" not in everything
    assert f"</rate:{rate.id}> Rate films" in everything
    cold = (await alice.slash(stage.channel, "recommend")).response
    assert "</start:" in text_of(cold)
    card = (await alice.slash(stage.channel, "movie", movie="Heat")).response
    assert "</rate:" in text_of((await alice.click(card, label="Why")).response)  # under an answer to a slash command
    card = await stage.say("alice", "!movie Heat")
    assert "!rate" in text_of((await alice.click(card, label="Why")).response)


async def test_about_credits_movielens_and_says_what_is_kept(stage: Stage) -> None:
    text = text_of(await stage.say("alice", "!about"))
    assert "Harper" in text
    assert "MIT" in text
    assert stage.bot.services.models.serving.version in text
    assert "25 films" in text
    assert "never your messages" in text


async def test_ping(stage: Stage) -> None:
    assert text_of(await stage.say("alice", "!ping")).startswith("Here.")


@pytest.mark.parametrize("words", ["!weather", "! ", "!!", "!?", "hello there", "Heat 4"])
async def test_what_may_be_meant_for_somebody_else_stays_unanswered(stage: Stage, words: str) -> None:
    question = await stage.member("alice").send(stage.channel, words)
    assert stage.last.id == question.id


async def test_a_mention_or_a_direct_message_is_always_answered(stage: Stage) -> None:
    reply = await stage.say("alice", f"<@{stage.bot.user.id}> weather")  # type: ignore[union-attr]
    assert "I did not get that" in text_of(reply)
    for said, told in {
        "hi": "Hi! What are you in the mood for?",
        "Cool, thank you so much!": "You are welcome.",
        "danke!": "You are",
    }.items():
        assert told in text_of(await stage.say("alice", f"<@{stage.bot.user.id}> {said}"))  # type: ignore[union-attr]
        await stage.member("alice").send_dm(said)
        assert told in text_of(stage.private("alice"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "something funny from the 90s"),
        ("what can you do?", "`!start` Pick"),
        ("hilfe", "`!start` Pick"),
        ("was kannst du?", "`!start` Pick"),
        ("how do I rate a film?", "`!rate Heat 4.5`"),
        ("wie bewerte ich einen Film?", "`!rate Heat 4.5`"),
        ("how do I import from letterboxd?", "Settings, Data, Export your data"),
        ("show me my profile", "Profile of alice"),
        ("who are you?", "I am Marquee"),
        ("wer bist du?", "I am Marquee"),
        ("what do you know about me?", "!privacy shows you all of it"),
        ("was weißt du über mich?", "!privacy shows you all of it"),
        ("please delete all my data!", "!privacy delete does it"),
        ("lösch meine Daten", "!privacy delete does it"),
        ("export my data", "!privacy export sends you"),
    ],
)
async def test_what_a_newcomer_asks_first(stage: Stage, said: str, told: str) -> None:
    mention = f"<@{stage.bot.user.id}>"  # type: ignore[union-attr]
    assert told in text_of(await stage.say("alice", f"{mention} {said}".strip()))


async def test_a_mention_may_end_in_a_comma(stage: Stage) -> None:
    reply = await stage.say("alice", f"<@{stage.bot.user.id}>, Heat 4.5")  # type: ignore[union-attr]
    assert "★★★★½" in text_of(reply)


async def test_a_bug_is_a_fixed_sentence_with_an_incident_id(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError("the inside of the bot")

    monkeypatch.setattr(type(stage.bot.services.lists), "make", broken)
    text = text_of(await stage.say("alice", "!recommend"))
    assert "Something went wrong on my side" in text
    assert "the inside" not in text
    assert "ValueError" not in text
    assert stage.bot.bugs == 1
    (record,) = [one for one in caplog.records if "incident" in one.message]
    assert record.exc_info
    assert record.message.split()[1] in text


async def test_a_direct_message_without_a_command_gets_a_hint(stage: Stage) -> None:
    await stage.member("alice").send_dm("how are you?")
    assert "!rate Heat 4.5" in stage.private("alice").content
    await stage.member("alice").send_dm("!ping")
    assert stage.private("alice").content.startswith("Here.")


async def test_other_talk_in_a_server_stays_unanswered(stage: Stage) -> None:
    said = await stage.say("alice", "Heat 4")
    assert said.content == "Heat 4"
