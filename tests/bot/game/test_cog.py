"""The guess game as members of a server play it."""

from typing import Any

from bot.game.scoring import bounds, nearest_half, week_of
from tests.bot.conftest import OpenStage, Stage, labels_of, select_id, text_of
from tests.bot.forging import answer_to, forge_press
from tests.bot.guilds.conftest import MANAGER, add_manager

ACTION = "Heat 5\nAlien 4.5\nDie Hard 5\nSpeed 4.5\nPredator 4\nTitanic 1"


async def take_part(stage: Stage, *names: str, compares: bool = True) -> None:
    """Let them rate; and be guessed, unless they are not to."""
    store = stage.bot.services.store
    for name in names:
        await stage.say(name, f"!rate {ACTION}")
        profile = await store.profiles.find(stage.member(name).id)
        assert profile is not None
        await store.profiles.set_compares(profile.user_id, compares, 0)


async def guess(stage: Stage, name: str, message: Any, stars: str) -> str:
    result = await stage.member(name).select(message, [stars], custom_id=select_id(message, "Your guess"))
    assert result.response.ephemeral
    return text_of(result.response)


async def begin(stage: Stage, name: str = "bob") -> Any:
    await stage.env.advance_time(30)
    message = await stage.say(name, "!guess")
    assert "How many stars would" in text_of(message)
    return message


async def test_a_round_from_its_start_to_its_end(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage)
    assert "How many stars would alice give" in text_of(message)
    assert labels_of(message) == ["Reveal"]
    for name, stars in (("bob", "0.5"), ("carol", "3")):
        assert "Your guess for" in await guess(stage, name, message, stars)
    assert "You have changed your guess" in await guess(stage, "bob", message, "2")
    shown = text_of(stage.message(message.id))
    assert "bob" not in shown
    assert "carol" not in shown
    await stage.env.advance_time(130)
    shown = text_of(stage.message(message.id))
    assert "I think alice would give it" in shown
    assert "**bob** ★★ ·" in shown
    assert "**carol** ★★★ ·" in shown
    assert "Nearest: " in shown
    assert labels_of(stage.message(message.id)) == ["Seen it? Rate it", "Another round", "Table"]
    assert stage.bot.bugs == 0


async def test_a_round_is_in_the_servers_language_and_a_guess_in_its_members(stage: Stage) -> None:
    await take_part(stage, "alice")
    add_manager(stage)
    await stage.say(MANAGER, "!config language deutsch")
    await stage.say("carol", "!profile language deutsch")
    message = await stage.say("bob", "!guess")
    assert "Wie viele Sterne würde alice" in text_of(message)
    for name, said in (("bob", "Your guess for"), ("carol", "Dein Tipp für")):
        result = await stage.member(name).select(message, ["4.5"], custom_id=select_id(message, "Dein Tipp"))
        assert said in text_of(result.response)
    await stage.env.advance_time(130)
    assert "Am nächsten dran: " in text_of(stage.message(message.id))
    assert "Diese Woche, seit dem" in text_of(await stage.say("bob", "!guess table"))


async def test_a_round_outlives_a_restart_before_and_after_its_time(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage)
    await guess(stage, "bob", message, "4")
    await stage.restart()
    assert "You have changed" in await guess(stage, "bob", message, "3")
    await stage.env.advance_time(130)
    assert "**bob** ★★★ ·" in text_of(stage.message(message.id))
    second = await begin(stage)
    await guess(stage, "carol", second, "4")
    await stage.bot.close()
    stage.env.backend.advance_clock(3_600)
    await stage.restart()
    await stage.env.advance_time(1)
    assert "**carol** ★★★★ ·" in text_of(stage.message(second.id))
    assert await stage.bot.services.store.games.to_tell() == ()


async def test_an_end_that_was_not_told_is_told_at_the_next_start(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage)
    await guess(stage, "bob", message, "4")
    (round_,) = await stage.bot.services.store.games.to_tell()
    assert await stage.bot.services.game.end(round_.round_id, round_.ends_at, is_here=True)  # and the bot is killed
    await stage.restart()
    await stage.env.advance_time(130)
    assert "**bob** ★★★★ ·" in text_of(stage.message(message.id))
    assert await stage.bot.services.store.games.to_tell() == ()


async def test_who_started_a_round_may_reveal_it_and_nobody_else(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage, "bob")
    refused = await stage.member("carol").click(message, label="Reveal")
    assert "belongs to somebody else" in text_of(refused.response)
    before = select_id(message, "Your guess")
    await stage.member("bob").click(message, label="Reveal")
    assert "I think alice would give it" in text_of(stage.message(message.id))
    assert "Nobody has guessed" in text_of(stage.message(message.id))
    again = await answered(stage, "bob", f"b1:game_reveal:{stage.member('bob').id}:1")
    assert "That round is over" in again
    assert "That round is over" in await answered(stage, "bob", before, ["4"])
    await stage.env.advance_time(130)
    assert stage.bot.bugs == 0


async def answered(stage: Stage, name: str, custom_id: str, values: list[str] | None = None) -> str:
    """What a client that still shows an old message gets."""
    await stage.env.advance_time(5)
    forged = forge_press(stage, name, custom_id, values)
    await stage.env.settle()
    return text_of(answer_to(stage, forged))


async def test_a_channel_has_one_round_and_whom_it_is_about_does_not_guess(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage, "bob")
    await stage.env.advance_time(30)
    assert "A round is on in this channel already" in text_of(await stage.say("carol", "!game"))
    assert "This one is about you" in await guess(stage, "alice", message, "4")
    await stage.env.advance_time(130)
    assert "alice** ★" not in text_of(stage.message(message.id))


async def test_a_select_pressed_twice_is_one_guess(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage)
    for _ in range(2):
        await guess(stage, "bob", message, "4")
    await stage.member("bob").click(message, label="Reveal")
    assert text_of(stage.message(message.id)).count("**bob** ★★★★ ·") == 1


async def test_another_round_and_the_table_under_one_that_has_ended(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage)
    await guess(stage, "bob", message, "4")
    await stage.member("bob").click(message, label="Reveal")
    await stage.restart()
    ended = stage.message(message.id)
    await stage.env.advance_time(30)
    rating = await stage.member("alice").click(ended, label="Seen it? Rate it")
    assert rating.response.ephemeral
    assert "How many stars" in text_of(rating.response)
    await stage.env.advance_time(30)
    await stage.member("carol").click(ended, label="Another round")
    assert "How many stars would alice give" in text_of(stage.last)
    await stage.member("carol").click(ended, label="Table")
    assert "1. **bob**" in text_of(stage.last)


async def test_whom_a_round_was_about_may_leave_hide_or_be_deleted(stage: Stage) -> None:
    store = stage.bot.services.store
    for how in ("off", "private", "left", "deleted"):
        await take_part(stage, how)
        message = await begin(stage)
        assert f"would {how} give" in text_of(message)
        await guess(stage, "bob", message, "4")
        profile = await store.profiles.find(stage.member(how).id)
        assert profile is not None
        match how:
            case "off":
                await store.profiles.set_compares(profile.user_id, False, 0)
            case "private":
                await store.profiles.set_visibility(profile.user_id, "private", 0)
            case "left":
                stage.guild.remove_member(stage.member(how))
                stage.bot.services.presence._seen.clear()  # an hour has passed
            case "deleted":
                await store.personal.delete(stage.member(how).id, 0)
        await stage.env.advance_time(130)
        shown = text_of(stage.message(message.id))
        assert "It was about somebody" in shown, how
        assert how not in shown
        assert "I think" not in shown
        assert labels_of(stage.message(message.id)) == ["Another round"]
    await stage.env.advance_time(30)
    assert "Nobody has points this week" in text_of(await stage.say("bob", "!guess table"))
    assert stage.bot.bugs == 0


async def test_players_are_named_only_while_they_may_be_shown(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage)
    for name in ("bob", "hidden", "leaver"):
        await guess(stage, name, message, "4")
    store = stage.bot.services.store
    hidden = await store.profiles.find(stage.member("hidden").id)
    assert hidden is not None
    await store.profiles.set_visibility(hidden.user_id, "private", 0)
    stage.guild.remove_member(stage.member("leaver"))
    await stage.member("bob").click(message, label="Reveal")
    table = await stage.say("alice", "!guess table")
    for shown in (stage.message(message.id), table):
        assert "**bob**" in text_of(shown)
        assert "hidden" not in text_of(shown)
        assert "leaver" not in text_of(shown)


async def test_without_anybody_to_guess_a_button_makes_it_oneself(stage: Stage) -> None:
    await take_part(stage, "alice", compares=False)
    asked = await stage.say("alice", "!guess")
    assert "there is nobody yet. !privacy compare on, or the button, makes it you" in text_of(asked)
    await stage.restart()
    done = await stage.member("alice").click(asked, label="Let others guess mine")
    assert done.response.ephemeral
    assert "!privacy compare off ends that" in text_of(done.response)
    assert "would alice give" in text_of(await begin(stage))


async def test_the_week_turns_on_monday_and_the_one_before_can_be_read(stage: Stage) -> None:
    await take_part(stage, "alice")
    now = int(stage.env.now().timestamp())
    stage.env.backend.advance_clock(bounds(week_of(now))[1] - now - 60)
    await stage.restart()  # a minute before midnight
    message = await begin(stage)
    await guess(stage, "bob", message, "4")
    await stage.env.advance_time(130)
    table = await stage.say("carol", "!guess table")
    assert "Nobody has points this week" in text_of(table)
    assert "bob" not in text_of(table)
    await stage.member("bob").click(table, label="Week before")
    assert "**bob**" not in text_of(stage.message(table.id))  # carol's table
    await stage.restart()
    await stage.member("carol").click(stage.message(table.id), label="Week before")
    assert "1. **bob**" in text_of(stage.message(table.id))
    await stage.member("carol").click(stage.message(table.id), label="Week after")
    assert "bob" not in text_of(stage.message(table.id))


async def test_what_they_rate_later_scores_the_bot(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage)
    (round_,) = await stage.bot.services.store.games.to_tell()
    subject = await stage.bot.services.store.games.subject(round_.round_id)
    assert subject is not None
    await stage.member("bob").click(message, label="Reveal")
    assert "And I" not in text_of(await stage.say("bob", "!guess table"))
    await stage.say("alice", f"!rate id:{round_.movie_id} {nearest_half(subject.stars)}")
    assert "And I: 3 points, since one of the films" in text_of(await stage.say("bob", "!guess table"))


async def test_the_game_is_for_servers_and_by_slash_too(open_stage: OpenStage) -> None:
    stage = await open_stage()
    for words in ("!guess", "!guess table"):
        await stage.member("alice").send_dm(words)
        assert "That works in a server only" in stage.private("alice").content
    await take_part(stage, "alice")
    done = await stage.member("bob").slash(stage.channel, "guess play")
    assert not done.response.ephemeral
    await guess(stage, "carol", done.response.message, "3.5")
    await stage.env.advance_time(130)
    assert "**carol** ★★★½ ·" in text_of(stage.message(done.response.message.id))
    table = await stage.member("bob").slash(stage.channel, "guess table")
    assert "1. **carol**" in text_of(table.response)
    assert stage.bot.bugs == 0
