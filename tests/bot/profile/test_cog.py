"""`profile`, of oneself and of others."""

import pytest

from tests.bot.conftest import Stage, labels_of, text_of


async def test_ones_own_profile_in_numbers(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 4\nDie Hard 5\nTitanic 1")
    text = text_of(await stage.say("alice", "!profile"))
    profile = await stage.bot.services.store.profiles.find(stage.member("alice").id)
    assert profile is not None
    assert profile.user_id >= 1_000_000_000
    assert f"**MovieLens id** {profile.user_id}" in text
    assert "**Ratings** 4, all this month" in text
    assert "**Mean** ★ 3.75" in text
    assert "**Likes** Action" in text


async def test_the_first_contact_makes_a_profile(stage: Stage) -> None:
    assert "No ratings yet. !start" in text_of(await stage.say("alice", "!stats"))


async def test_a_profile_is_shown_to_members_of_the_same_server_only(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    alice = stage.member("alice")
    assert "**Ratings** 1" in text_of(await stage.say("bob", f"!profile {alice.mention}"))
    assert "**Ratings** 1" in text_of(await stage.say("bob", f"!profile {alice.id}"))
    slash = await stage.member("bob").slash(stage.channel, "profile show", member=alice)
    assert "**Ratings** 1" in text_of(slash.response)
    await stage.member("bob").send_dm(f"!profile {alice.id}")
    assert "not shown here" in text_of(stage.private("bob"))


async def test_pages_of_somebody_who_left_are_not_shown_any_more(stage: Stage) -> None:
    await stage.say("alice", "!rate " + "\n".join(f"id:{10 * number} 4" for number in range(1, 11)))
    await stage.say("alice", "!rate id:110 4\nid:120 4")
    pages = await stage.say("bob", f"!ratings {stage.member('alice').mention}")
    first = text_of(pages)
    await stage.member("bob").click(pages, label="Next")
    assert text_of(stage.message(pages.id)) != first
    stage.guild.remove_member(stage.member("alice"))
    await stage.env.settle()
    refused = await stage.member("bob").click(stage.message(pages.id), label="Back")
    assert "not shown here" in refused.response.content


@pytest.mark.parametrize("command", ["profile", "ratings"])
async def test_an_id_typed_in_another_server_shows_nothing(stage: Stage, command: str) -> None:
    await stage.say("alice", "!rate Heat 5")
    elsewhere = stage.env.create_guild()
    channel = elsewhere.create_text_channel("spies")
    mallory = elsewhere.add_member(stage.env.create_user("mallory"))
    await mallory.send(channel, f"!{command} {stage.member('alice').id}")
    assert "not shown here" in text_of(channel.last_message)


async def test_an_unknown_member_is_a_sentence(stage: Stage) -> None:
    assert "I do not know that member" in text_of(await stage.say("alice", "!profile nobody-at-all"))


async def test_adopting_changes_the_list_and_undo_takes_it_back_after_a_restart(stage: Stage) -> None:
    plain = text_of(await stage.say("alice", "!recommend"))
    reply = await stage.say("alice", "!profile adopt 2")
    assert "You start from MovieLens user 2 now" in text_of(reply)
    assert text_of(await stage.say("alice", "!recommend")) != plain
    assert "**Starts from** MovieLens user 2" in text_of(await stage.say("alice", "!profile"))
    await stage.restart()
    assert "**Starts from** MovieLens user 2" in text_of(await stage.say("alice", "!stats"))
    refused = await stage.member("bob").click(stage.message(reply.id), label="Undo")
    assert "</undo:" in refused.response.content
    await stage.member("alice").click(stage.message(reply.id), label="Undo")
    assert "Changed back: you start from nobody." in text_of(stage.message(reply.id))
    await stage.env.advance_time(30)
    assert text_of(await stage.say("alice", "!recommend")) == plain
    await stage.member("alice").click(stage.message(reply.id), label="Restore")
    assert "Changed again: you start from MovieLens user 2." in text_of(stage.message(reply.id))
    assert stage.bot.bugs == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("61", "they are numbered 1 to 60"),
        ("999999999", "no user 999999999"),
        ("1000000000", "!profile adopt 42"),
        ("0000000001" + "9" * 40, "!profile adopt 42"),
        ("0", "!profile adopt 42"),
        ("-2", "!profile adopt 42"),
        ("two", "!profile adopt 42"),
        ("٤٢", "!profile adopt 42"),
        ("9" * 500, "!profile adopt 42"),
    ],
)
async def test_an_id_that_is_none(stage: Stage, text: str, said: str) -> None:
    assert said in text_of(await stage.say("alice", f"!profile adopt {text}"))
    assert stage.bot.bugs == 0


async def test_suggested_users_are_adopted_by_a_press(stage: Stage) -> None:
    assert "rate 5 films" in text_of(await stage.say("alice", "!profile adopt"))
    await stage.say("alice", "!rate Heat 5\nAlien 5\nDie Hard 4.5\nTitanic 1\nGhost 1")
    asked = await stage.member("alice").slash(stage.channel, "profile adopt")
    assert asked.response.ephemeral
    label = labels_of(asked.response)[0]
    chosen = label.removeprefix("Start from ")
    assert int(chosen) % 2 == 0  # those who love action
    await stage.member("alice").click(asked.response, label=label)
    assert f"**Starts from** MovieLens user {chosen}" in text_of(await stage.say("alice", "!profile"))


async def test_the_card_leads_to_the_ratings(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 4")
    card = await stage.say("alice", "!profile")
    assert [(file.filename, file.description is not None) for file in card.attachments] == [("stars.png", True)]
    pressed = await stage.member("bob").click(card, label="Ratings")
    assert "Ratings of alice" in text_of(pressed.response)
    assert "Heat" in text_of(pressed.response)


async def test_a_member_called_adopt_is_named_by_a_mention(stage: Stage) -> None:
    named = stage.member("adopt")
    await stage.say("adopt", "!rate Heat 5")
    assert "Profile of adopt" in text_of(await stage.say("alice", f"!profile {named.mention}"))
    assert "Name one of MovieLens's users" in text_of(await stage.say("alice", "!profile adopt"))


async def test_a_reset_asks_twice_and_is_taken_back_after_a_restart(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 4")
    await stage.say("alice", "!profile adopt 2")
    asked = await stage.say("alice", "!profile reset")
    assert labels_of(asked) == ["Forget user 2", "Forget my ratings too"]
    refused = await stage.member("bob").click(asked, label="Forget my ratings too")
    assert "</profile reset:" in refused.response.content
    await stage.member("alice").click(asked, label="Forget my ratings too")
    assert labels_of(stage.message(asked.id)) == ["Forget 2 ratings", "Keep them"]
    assert "**Ratings** 2" in text_of(await stage.say("alice", "!profile"))
    await stage.restart()
    await stage.member("alice").click(stage.message(asked.id), label="Forget 2 ratings")
    assert "**Ratings** 0" in text_of(await stage.say("alice", "!profile"))
    await stage.restart()
    await stage.member("alice").click(stage.message(asked.id), label="Undo")
    text = text_of(await stage.say("alice", "!profile"))
    assert "**Ratings** 2" in text
    assert "**Starts from** MovieLens user 2" in text
    assert stage.bot.bugs == 0


async def test_a_reset_that_is_thought_better_of(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 4")
    asked = await stage.member("alice").slash(stage.channel, "profile reset")
    assert asked.response.ephemeral
    await stage.member("alice").click(asked.response, label="Forget my ratings")
    await stage.member("alice").click(asked.response, label="Keep them")
    assert "**Ratings** 2" in text_of(await stage.say("alice", "!profile"))
    assert stage.bot.bugs == 0
