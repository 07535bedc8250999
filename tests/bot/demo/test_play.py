"""What each kind of line does, and what is said of lines that nobody could do."""

from datetime import timedelta
from pathlib import Path

import discord
import pytest

from bot.demo.script import ScriptError
from tests.bot.demo.conftest import Scene


async def test_said_and_answered(scene: Scene) -> None:
    event = await scene.one("alice: !ping")
    assert (event.to, event.kind, event.ephemeral, event.text) == ("alice", "reply", False, "pong alice")
    assert 0 < event.ms < 1000


async def test_line_breaks_and_mentions_are_sent(scene: Scene) -> None:
    bob = scene.world.person("bob").id
    event = await scene.one("!echo one\\ntwo @bob, @everyone a@b.c <@&5> @bob.")
    assert event.text == f"one\ntwo <@{bob}>, @everyone a@b.c <@&5> <@{bob}>."


async def test_a_mention_of_the_bot_is_its_prefix(scene: Scene) -> None:
    assert (await scene.one("alice: @Marquee ping")).text == "pong alice"


async def test_direct_messages_both_ways(scene: Scene) -> None:
    answered = await scene.one("alice: /dm !echo hello @bob")
    assert (answered.to, answered.kind) == ("alice", "dm")
    whispered = await scene.one("alice: !whisper psst")
    assert (whispered.to, whispered.kind, whispered.text) == ("alice", "dm", "psst")
    assert (await scene.one("alice: /click Mine")).text == "yours"
    with pytest.raises(ScriptError, match="no button “Mine”"):
        await scene.play("bob: /click Mine")  # nobody sees the direct messages of others


async def test_files_go_and_come(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "my ratings.csv"
    path.write_bytes(b"12345678")
    assert (await scene.one(f'alice: /attach "{path}" !echo here')).text == "here + my ratings.csv 8"
    (file,) = (await scene.one("!picture")).files
    assert (file.name, file.description, file.data) == ("loss.png", "Loss by epoch", b"12345")
    (file,) = (await scene.one("!layout")).files
    assert file.description == "A line going down"


async def test_an_unreadable_file_is_named(scene: Scene) -> None:
    with pytest.raises(ScriptError, match=r"cannot read /no/such\.csv: No such file"):
        await scene.play("/attach /no/such.csv !import")


async def test_slash_and_ephemeral_answers(scene: Scene) -> None:
    event = await scene.one("alice: /slash ping")
    assert (event.to, event.kind, event.ephemeral) == ("alice", "reply", True)


async def test_a_deferred_answer_is_a_reply(scene: Scene) -> None:
    event = await scene.one("alice: /slash slow")
    assert (event.kind, event.text) == ("reply", "at last")


async def test_everybody_speaks_their_language(scene: Scene) -> None:
    assert (await scene.one("alice: /slash languages")).text == "en-US in en-US"
    assert await scene.play("alice: /locale de") == []
    assert (await scene.one("alice: /slash languages")).text == "de in en-US"
    assert (await scene.one("bob: /slash languages")).text == "en-US in en-US"


async def test_slash_options_have_the_types_of_the_command(scene: Scene) -> None:
    event = await scene.one("/slash find movie=Toy Story count=3 exact=yes order=Newest member=@bob")
    assert event.text == "'Toy Story' 3 True 'newest' 'bob'"
    assert (await scene.one("/slash profile adopt user=42")).text == "adopted 42"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("/slash fnd movie=x", "no slash command “fnd” here; there are: adopt"),
        ("/slash find film=x", "no option “film” here; there are: movie, count, exact, order, member"),
        ("/slash find movie=x count=many", "“many” is no number"),
        ("/slash find movie=x count=11", "≤ 10"),
        ("/slash find movie=x exact=perhaps", "neither yes nor no"),
        ("/slash find movie=x order=oldest", "newest"),
        ("/slash find", "requires option 'movie'"),
        ("/slash find heat", "“heat” is no option"),
        ("/slash profile", "name a subcommand of /profile: adopt"),
        ("/slash profile drop", "no subcommand of /profile “drop” here; there are: adopt"),
        ("/autocomplete profile adopt", "name a option: user"),
        ("/autocomplete find film toy", "no option “film”"),
        ("/autocomplete find count 1", "does not enable autocomplete"),
        ('/menu "Nothing" @bob', "no menu “Nothing” here; there are: Compare taste, Quote this"),
        ('/menu "Quote this" @bob', "no message fits “@bob”"),
        ("/submit Genre=Drama", "no form is open"),
    ],
)
async def test_what_nobody_could_do_is_refused_with_what_there_is(scene: Scene, line: str, reason: str) -> None:
    with pytest.raises(ScriptError) as caught:
        await scene.play(line)
    assert reason.replace("adopt", "") in caught.value.reason.replace("adopt", "")
    assert (caught.value.line_number, caught.value.text) == (1, line)
    assert scene.events == []


async def test_choices_while_typing_are_shown(scene: Scene) -> None:
    event = await scene.one("/autocomplete find movie toy st")
    assert event.text == "Toy Story (1995)\nToy Story 2 (1999)"
    assert event.ephemeral
    (menu,) = event.components
    assert (menu.type, menu.label, menu.options) == ("select", "movie", ("Toy Story (1995)", "Toy Story 2 (1999)"))
    assert (await scene.one("/autocomplete find movie")).components[0].options[-1] == "Heat (1995)"


async def test_a_press_edits_and_edits_carry_the_full_text(scene: Scene) -> None:
    sent = await scene.one("alice: !card")
    edited = await scene.one("alice: /click undo")
    assert (edited.kind, edited.message_id) == ("edit", sent.message_id)
    assert edited.text == sent.text.replace("Before", "taken back")
    assert edited.components == ()


async def test_strangers_can_press(scene: Scene) -> None:
    await scene.play("alice: !card")
    event = await scene.one("bob: /click Mine")
    assert (event.to, event.ephemeral, event.text) == ("bob", True, "somebody else's")


async def test_a_press_acts_on_the_newest_message_with_such_a_button(scene: Scene) -> None:
    first, second = await scene.one("alice: !card"), await scene.one("bob: !card")
    await scene.play("carol: !ping")
    assert (await scene.one("alice: /click Undo")).message_id == second.message_id
    assert (await scene.one("alice: /click Undo")).message_id == first.message_id


async def test_options_are_chosen_by_their_labels(scene: Scene) -> None:
    await scene.play("alice: !card")
    event = await scene.one('alice: /select "which film?" "heat (1995)" Alien')
    assert event.text == "film 10, 20"
    assert (await scene.one('alice: /select "Which film?" 20')).text == "film 20"
    assert (await scene.one("alice: /select film Alien")).text == "film 20"  # by its custom id


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("/click Redo", "no button “Redo” here; there are: Undo, Form, Mine, Gone, Site"),
        ("/click Gone", "the button “Gone” is disabled"),
        ("/click Site", "the button “Site” is a link"),
        ("/select Genre Drama", "no select “Genre” here; there are: Which film?"),
        ('/select "Which film?" Speed', "no option “Speed” here; there are: Heat (1995), Alien"),
        ('/select "Which film?" Alien Alien', "duplicate"),
    ],
)
async def test_a_wrong_label_is_answered_with_the_labels_there_are(scene: Scene, line: str, reason: str) -> None:
    await scene.play("alice: !card")
    with pytest.raises(ScriptError) as caught:
        await scene.play(line)
    assert reason in caught.value.reason


async def test_nothing_to_press_is_said_plainly(scene: Scene) -> None:
    with pytest.raises(ScriptError, match="no button “Undo” here, nor any other"):
        await scene.play("alice: /click Undo")


async def test_forms_are_shown_and_submitted(scene: Scene) -> None:
    await scene.play("alice: !card")
    form = await scene.one("alice: /click Form")
    assert form.text == "Filters\nGenre\nYear\nOrder"
    assert form.ephemeral
    assert [(menu.label, menu.options) for menu in form.components] == [("Order", ("Best first", "Newest"))]
    for line, reason in (
        ("alice: /submit Gnre=Drama", "no field “Gnre” here; there are: Genre, Year, Order"),
        ("alice: /submit Order=Worst", "no option “Worst” here"),
        ("alice: /submit Year=1999", "Required modal control"),
        ("bob: /submit Genre=Drama", "no form is open"),
    ):
        with pytest.raises(ScriptError, match=reason):
            await scene.play(line)
    answered = await scene.one('alice: /submit genre=Drama Order="best first"')
    assert answered.text == "filtered by Drama in 1995, ['best']"
    with pytest.raises(ScriptError, match="no form is open"):
        await scene.play("alice: /submit Genre=Drama")


async def test_a_form_in_direct_messages(scene: Scene) -> None:
    await scene.play("alice: !whisper")
    await scene.play("alice: /click Form")
    assert (await scene.one("alice: /submit Genre=Drama Year=2000")).kind == "dm"


async def test_menus_of_members_and_messages(scene: Scene) -> None:
    assert (await scene.one('alice: /menu "Compare taste" @bob')).text == "you and bob"
    assert (await scene.one('alice: /menu "Compare taste" bob')).text == "you and bob"
    await scene.play("bob: I liked Heat")
    await scene.play("carol: !echo something else")
    assert (await scene.one('alice: /menu "Quote this" @bob')).text == "bob said I liked Heat"
    assert (await scene.one('alice: /menu "Quote this" last')).text == "Marquee said something else"
    assert (await scene.one('alice: /menu "Quote this" liked heat')).text == "bob said I liked Heat"
    assert (await scene.one('alice: /menu "Quote this" @marquee')).text == "Marquee said something else"


async def test_a_bot_that_does_not_respond_is_noted(scene: Scene) -> None:
    assert await scene.play("alice: /slash silent") == []
    assert scene.notes == ["line 1: the bot did not respond: alice: /slash silent"]


async def test_ordinary_talk_gets_no_answer_and_no_note(scene: Scene) -> None:
    assert await scene.play("alice: hello there") == []
    assert scene.notes == []


async def test_time_and_training_as_steps(scene: Scene) -> None:
    before = scene.world.env.now()
    await scene.play("/advance 10m")
    assert (scene.world.env.now() - before).total_seconds() == pytest.approx(600, abs=0.1)
    await scene.play("@admin: !retrain 0.2")
    events = await scene.play("/wait retrain")
    assert events[-1].text == "training done"
    assert await scene.play("/wait retrain") == []
    await scene.play("/restart")
    assert len(scene.bots) == 2


async def test_bugs_are_counted(scene: Scene) -> None:
    await scene.play("!bug")
    assert scene.world.bugs == 1
    await scene.play("!nonsense")
    assert scene.world.bugs == 1


async def test_a_vote_goes_to_the_newest_poll(scene: Scene) -> None:
    with pytest.raises(ScriptError, match="there is no poll here"):
        await scene.play("alice: /vote Heat")
    await scene.world.bot.get_partial_messageable(scene.world.channel.id).send(
        poll=_poll("Heat (1995)", "Alien (1979)")
    )
    await scene.play("alice: /vote alien")
    await scene.play('bob: /vote "Heat (1995)"')
    (poll,) = [one.poll for one in scene.world.messages_seen_by(scene.world.person("bob")) if one.poll is not None]
    assert poll.votes == {1: {scene.world.person("bob").id}, 2: {scene.world.person("alice").id}}
    with pytest.raises(ScriptError, match=r"no answer “Jaws” here; there are: Heat \(1995\), Alien \(1979\)"):
        await scene.play("alice: /vote Jaws")


def _poll(*answers: str) -> discord.Poll:
    poll = discord.Poll("Which film?", duration=timedelta(hours=1))
    for answer in answers:
        poll.add_answer(text=answer)
    return poll


async def test_interest_goes_to_the_newest_event(scene: Scene) -> None:
    with pytest.raises(ScriptError, match="there is no event to come here"):
        await scene.play("alice: /interested")
    soon = (scene.world.env.now() + timedelta(hours=1)).isoformat()
    events = [
        scene.world.env.backend.create_scheduled_event(
            scene.world.guild.id, name=name, entity_type=3, scheduled_start_time=soon, scheduled_end_time=soon
        )
        for name in ("first", "second")
    ]
    await scene.play("alice: /interested")
    assert [one.user_ids for one in events] == [set(), {scene.world.person("alice").id}]


async def test_into_the_voice_channel_and_out_again(scene: Scene) -> None:
    await scene.play("alice: /voice join")
    states = scene.world.env.backend.get_guild(scene.world.guild.id).voice_states
    assert states[scene.world.person("alice").id].channel_id == scene.world.voice.id
    await scene.play("alice: /voice leave")
    assert scene.world.person("alice").id not in states
