"""Comparing tastes and asking who rated a film, as members of a server do it."""

from typing import Any

import pytest

from bot.comparing.replies import COMPARE, NOT_COMPARABLE
from tests.bot.conftest import Stage, labels_of, text_of

ACTION = "Heat 5\nAlien 4.5\nDie Hard 5\nSpeed 4.5\nPredator 4\nTitanic 1"
ROMANCE = "Notting Hill 5\nTitanic 5\nGhost 4.5\nEmma (1999) 4\nGrease 5\nHeat 1"
ALIKE = "Heat 5\nAlien 5\nDie Hard 4.5\nRambo 5\nJaws 4.5\nTitanic 1.5"
HOUR = 3_700


async def take_part(stage: Stage, *names: str) -> None:
    for name in names:
        await stage.say(name, "!privacy compare on")


async def three(stage: Stage) -> None:
    """alice and bob love action, carol romance; all want to be compared."""
    for name, rated in (("alice", ACTION), ("bob", ALIKE), ("carol", ROMANCE)):
        await stage.say(name, f"!rate {rated}")
    await take_part(stage, "alice", "bob", "carol")


def share(text: str) -> int:
    return int(text.split(" % alike")[0].split()[-1])


async def ask(stage: Stage, name: str, command: str, other: str) -> Any:
    await stage.advance(30)
    return await stage.say(name, f"!{command} {stage.member(other).mention}")


async def test_who_loves_the_same_is_more_alike(stage: Stage) -> None:
    await three(stage)
    with_bob = text_of(await ask(stage, "alice", "match", "bob"))
    with_carol = text_of(await ask(stage, "alice", "taste", "carol"))
    assert "alice and bob" in with_bob
    assert "From 4 films you both rated" in with_bob
    assert "**Heat (1995)** ★★★★★ and ★★★★★" in with_bob.split("You agree on")[1]
    assert "clash" not in with_bob
    assert "**Heat (1995)** ★★★★★ and ★" in with_carol.split("You clash over")[1]
    assert share(with_bob) > 60 > 40 > share(with_carol)
    assert share(text_of(await ask(stage, "bob", "match", "alice"))) == share(with_bob)
    for text in (with_bob, with_carol):
        for_both = text.split("One for both of you")[1]
        assert "Heat" not in for_both
        assert "Titanic" not in for_both
    assert stage.bot.bugs == 0


async def test_a_bridge_is_what_one_loves_and_the_other_has_not_rated(stage: Stage) -> None:
    await three(stage)
    text = text_of(await ask(stage, "alice", "bridge", "bob"))
    assert "Speed" in text
    assert "Heat" not in text  # bob has rated it
    assert "Titanic" not in text  # alice does not love it
    await stage.say("bob", "!hide Speed")
    assert "Speed" not in text_of(await ask(stage, "alice", "bridge", "bob"))
    matched = await ask(stage, "alice", "match", "bob")
    await stage.restart()
    await stage.member("bob").click(matched, label="Films to show them")
    assert "Predator" not in text_of(stage.last)  # not his button
    await stage.member("alice").click(matched, label="Films to show them")
    assert "Predator" in text_of(stage.last)


async def test_comparing_is_for_those_who_want_it_and_a_button_takes_part(stage: Stage) -> None:
    await stage.say("alice", f"!rate {ACTION}")
    await stage.say("bob", f"!rate {ALIKE}")
    await take_part(stage, "bob")
    asked = await stage.member("alice").slash(stage.channel, "match", member=stage.member("bob"))
    assert asked.response.ephemeral
    assert "for those who want it" in text_of(asked.response)
    assert "alike" not in text_of(asked.response)
    await stage.restart()
    await stage.member("alice").click(asked.response.message, label="Compare my taste")
    assert "alike" in text_of(await ask(stage, "alice", "match", "bob"))
    await stage.say("alice", "!privacy compare off")
    assert "for those who want it" in text_of(await ask(stage, "alice", "match", "bob"))
    assert NOT_COMPARABLE in text_of(await ask(stage, "bob", "match", "alice"))


async def test_nothing_tells_why_somebody_cannot_be_compared_with(stage: Stage) -> None:
    await three(stage)
    for name in ("private", "blocked", "gone", "silent"):
        await stage.say(name, f"!rate {ALIKE}")
    await take_part(stage, "private", "blocked", "gone")
    await stage.say("private", "!privacy visibility private")
    await stage.bot.services.store.memberships.block(stage.guild.id, stage.member("blocked").id, 2_000_000_000)
    gone = stage.member("gone")
    stage.guild.remove_member(gone)
    stage.member("stranger")
    await stage.advance(HOUR)
    for name in ("private", "blocked", "silent", "stranger"):
        for command in ("match", "bridge"):
            reply = await ask(stage, "alice", command, name)
            assert text_of(reply) == NOT_COMPARABLE, name
    assert text_of(await stage.say("alice", f"!match {gone.id}")) == NOT_COMPARABLE
    assert "show" in text_of(await ask(stage, "private", "match", "alice"))
    assert "no board" in text_of(await ask(stage, "blocked", "match", "alice"))
    assert "That is you" in text_of(await ask(stage, "alice", "match", "alice"))
    assert stage.bot.bugs == 0


async def test_the_menu_of_a_member_compares_for_the_asker_alone(stage: Stage) -> None:
    await three(stage)
    shown = await stage.member("alice").context_menu(stage.channel, COMPARE, stage.member("bob"))
    assert shown.response.ephemeral
    assert "alice and bob" in text_of(shown.response)


async def test_who_rated_a_film_names_those_who_may_be_shown(stage: Stage) -> None:
    for name, given in (("alice", 5), ("bob", 3), ("private", 4), ("blocked", 4), ("gone", 2)):
        await stage.say(name, f"!rate Heat {given}")
    await stage.say("private", "!privacy visibility private")
    await stage.bot.services.store.memberships.block(stage.guild.id, stage.member("blocked").id, 2_000_000_000)
    stage.guild.remove_member(stage.member("gone"))
    text = text_of(await stage.say("carol", "!wr heat"))
    assert "Who rated Heat (1995)\n★★★★★ alice\n★★★ bob" in text
    assert "★ 4.0 on average · 2 ratings" in text
    for name in ("private", "blocked", "gone"):
        assert name not in text
    assert "Nobody here" in text_of(await stage.say("carol", "!whorated Alien"))
    await stage.member("alice").send_dm("!whorated Heat")
    assert "in a server only" in text_of(stage.private("alice"))


async def test_who_rated_a_film_is_paged_over_a_restart(stage: Stage) -> None:
    for number in range(12):
        await stage.say(f"member{number:02}", f"!rate Heat {5 if number < 10 else 2}")
    pages = await stage.say("alice", "!whorated Heat")
    assert "page 1 of 2" in text_of(pages)
    assert "member10" not in text_of(pages)
    await stage.restart()
    await stage.member("alice").click(pages, label="Next")
    assert "★★ member10\n★★ member11" in text_of(stage.message(pages.id))


async def test_who_would_like_a_film_and_has_not_seen_it(stage: Stage) -> None:
    await three(stage)
    for name in ("hiding", "private", "gone"):
        await stage.say(name, f"!rate {ACTION}")
    await stage.say("seen", f"!rate {ALIKE}\nThe Matrix 5")
    await stage.say("hiding", "!hide The Matrix")
    await stage.say("private", "!privacy visibility private")
    stage.guild.remove_member(stage.member("gone"))
    text = text_of(await stage.say("carol", "!whowants The Matrix"))
    assert "alice" in text
    assert "bob" in text
    for name in ("hiding", "private", "gone", "seen", "carol"):
        assert name not in text
    await stage.say("bob", "!rate The Matrix 2")
    text = text_of(await stage.say("carol", "!ww The Matrix"))
    assert "alice" in text
    assert "bob" not in text
    assert stage.bot.bugs == 0


@pytest.mark.parametrize("command", ["match", "bridge"])
async def test_in_a_direct_message_it_is_said_that_it_is_for_servers(stage: Stage, command: str) -> None:
    await three(stage)
    await stage.member("alice").send_dm(f"!{command} {stage.member('bob').id}")
    assert "in a server only" in text_of(stage.private("alice"))


async def test_the_privacy_panel_has_the_choice(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    panel = (await stage.member("alice").slash(stage.channel, "privacy show")).response.message
    assert "Off: nobody can compare" in text_of(panel)
    assert "Let others compare tastes" in labels_of(panel)
    await stage.member("alice").click(panel, label="Let others compare tastes")
    profile = await stage.bot.services.store.profiles.find(stage.member("alice").id)
    assert profile is not None
    assert profile.compares
