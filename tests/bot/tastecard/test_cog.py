"""`tastecard` as members use it: by prefix and slash, of others, and by the button under it."""

import pytest

from tests.bot.conftest import Stage, labels_of, text_of

SIX = "!rate " + "\n".join(["Heat 5", "Alien 5", "Die Hard 4.5", "Titanic 1", "Ghost 1", "Speed 4"])


async def test_a_card_of_this_year(stage: Stage) -> None:
    await stage.say("alice", SIX)
    year = stage.last.created_at.year
    reply = await stage.say("alice", "!tastecard")
    text = text_of(reply)
    assert f"alice: {year} in films" in text
    assert "**6 films**, on average ★ 3.42, most often ★★★★★ (2 of 6)" in text
    assert "**Favourite genre** Action" in text
    assert "**Harshest stars** **" in text
    (picture,) = reply.attachments
    assert picture.filename == "taste.png"
    assert picture.description is not None
    assert picture.description.startswith(f"Taste card of alice, of {year}: 6 films, on average 3.42 stars")
    assert labels_of(reply) == ["Make mine"]
    assert stage.bot.bugs == 0


@pytest.mark.parametrize("typed", ["!wrapped all", "!tastecard ALL"])
async def test_a_card_of_all_time(stage: Stage, typed: str) -> None:
    await stage.say("alice", SIX)
    assert "alice: all those films" in text_of(await stage.say("alice", typed))


async def test_too_few_ratings_lead_on(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    assert "You have rated 1 film; a card needs 5. !start asks for a few" in text_of(
        await stage.say("alice", "!tastecard")
    )
    await stage.say("alice", SIX)
    assert "You have not rated a film in 1999; a card needs 5. !tastecard all takes all" in text_of(
        await stage.say("alice", "!tastecard 1999")
    )
    assert stage.bot.bugs == 0


async def test_slash_takes_year_and_member(stage: Stage) -> None:
    await stage.say("alice", SIX)
    bob = stage.member("bob")
    slash = await bob.slash(stage.channel, "tastecard", year="all", member=stage.member("alice"))
    assert "alice: all those films" in text_of(slash.response)
    refused = await bob.slash(stage.channel, "tastecard", year="last")
    assert "> 2026" in text_of(refused.response)
    choices = await bob.autocomplete(stage.channel, "tastecard", "year", "")
    assert str(stage.last.created_at.year) in str(choices)
    assert stage.bot.bugs == 0


async def test_cards_of_others_are_shown_where_they_may_be(stage: Stage) -> None:
    await stage.say("alice", SIX)
    alice = stage.member("alice")
    for typed in (f"!tastecard {alice.mention}", f"!tastecard {alice.mention} all", f"!tastecard all {alice.mention}"):
        assert "alice: " in text_of(await stage.say("bob", typed))
        await stage.env.advance_time(30)
    await stage.member("bob").send_dm(f"!tastecard {alice.id}")
    await stage.env.advance_time(30)
    assert "not shown here" in text_of(stage.private("bob"))
    store = stage.bot.services.store
    await store.memberships.block(stage.guild.id, alice.id, 1)
    assert "not shown here" in text_of(await stage.say("bob", f"!tastecard {alice.mention}"))
    await stage.env.advance_time(30)
    assert "alice: " in text_of(await stage.say("alice", "!tastecard"))
    await store.memberships.unblock(stage.guild.id, alice.id)
    stage.guild.remove_member(alice)
    assert "not shown here" in text_of(await stage.say("bob", f"!tastecard {alice.id}"))
    assert "I do not know that member" in text_of(await stage.say("bob", "!tastecard nobody-at-all"))
    assert stage.bot.bugs == 0


async def test_who_presses_gets_their_own_after_a_restart(stage: Stage) -> None:
    await stage.say("alice", SIX)
    await stage.say("bob", SIX)
    card = await stage.say("alice", "!tastecard all")
    await stage.restart()
    await stage.member("bob").click(card, label="Make mine")
    assert "bob: all those films" in text_of(stage.last)
    assert stage.bot.bugs == 0


@pytest.mark.parametrize("name", ["李小龍", "עדי", "🎬🎬", "@everyone [x](http://evil)", "$x$ _*~|`", "n" * 32])
async def test_names_of_every_kind(stage: Stage, name: str) -> None:
    await stage.say(name, SIX)
    reply = await stage.say(name, "!tastecard")
    assert "**6 films**" in text_of(reply)
    assert "@everyone" not in text_of(reply)
    assert len(reply.attachments) == 1
    assert stage.bot.bugs == 0
