"""`profile`, of oneself and of others."""

import pytest

from tests.bot.conftest import Stage, text_of


async def test_ones_own_profile_in_numbers(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 4\nTitanic 1")
    text = text_of(await stage.say("alice", "!profile"))
    profile = await stage.bot.house.store.profiles.find(stage.member("alice").id)
    assert profile is not None
    assert profile.user_id >= 1_000_000_000
    assert f"**MovieLens profile** {profile.user_id}" in text
    assert "**Ratings** 3" in text
    assert "**Mean** ★ 3.33" in text
    assert "**Likes** Action" in text


async def test_the_first_contact_makes_a_profile(stage: Stage) -> None:
    assert "No ratings yet: !rate" in text_of(await stage.say("alice", "!stats"))


async def test_a_profile_is_shown_to_members_of_the_same_server_only(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    alice = stage.member("alice")
    assert "**Ratings** 1" in text_of(await stage.say("bob", f"!profile {alice.mention}"))
    assert "**Ratings** 1" in text_of(await stage.say("bob", f"!profile {alice.id}"))
    slash = await stage.member("bob").slash(stage.channel, "profile", member=alice)
    assert "**Ratings** 1" in slash.response.embeds[0].description
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
