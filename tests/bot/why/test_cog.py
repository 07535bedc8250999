"""`why` as members use it: by prefix and slash, from cards, and after a restart."""

import pytest

from tests.bot.conftest import Stage, labels_of, text_of


async def test_why_names_what_pulls(stage: Stage) -> None:
    await stage.say("alice", "!rate Alien 5\nTitanic 1")
    reply = await stage.say("alice", "!explain Heat")
    text = text_of(reply)
    assert "for Heat (1995)" in text
    assert "Alien (2005" not in text
    assert "You loved **Alien**" in text
    assert labels_of(reply) == ["Details", "Rate", "Similar"]
    result = await stage.member("alice").slash(stage.channel, "why", movie="id:10")
    assert text_of(result.response) == text


async def test_the_sum_is_shown_to_whom_it_is_about_alone(stage: Stage) -> None:
    await stage.say("alice", "!rate Alien 5\nTitanic 1")
    reply = await stage.say("alice", "!why Heat")
    stranger = await stage.member("bob").click(reply, label="Details")
    assert "why" in text_of(stranger.response)
    assert "Alien" not in text_of(stranger.response)
    hers = await stage.member("alice").click(reply, label="Details")
    assert hers.response.ephemeral
    assert "**Alien (1996)** ★★★★★\n-# without it ★" in text_of(hers.response)


async def test_an_ambiguous_title_is_asked_about(stage: Stage) -> None:
    reply = await stage.say("alice", "!why Sabrina")
    await stage.member("alice").select(reply, ["250"])
    assert "for Sabrina (1954)" in text_of(stage.last)
    assert "!why Heat" in text_of(await stage.say("alice", "!why"))


@pytest.mark.parametrize(
    "asked",
    [
        "is heat on my list?",
        "did you recommend Heat?",
        "would I like Heat?",
        "hast du mir Heat empfohlen?",
        "steht Heat auf meiner Liste?",
    ],
)
async def test_the_film_is_found_in_a_question(stage: Stage, asked: str) -> None:
    assert "for Heat (1995)" in text_of(await stage.say("alice", f"!why {asked}"))


async def test_what_cannot_be_told_is_said(stage: Stage) -> None:
    other = await stage.say("alice", f"!why alien <@{stage.member('bob').id}>")
    assert "what others gave stays theirs. !why alien" in text_of(other)
    assert "I cannot tell which list “number 3” is of" in text_of(await stage.say("alice", "!why number 3"))


async def test_a_card_tells_each_who_presses_their_own_why_after_a_restart(stage: Stage) -> None:
    await stage.say("alice", "!rate Alien 5")
    card = await stage.say("alice", "!movie Heat")
    await stage.restart()
    hers = await stage.member("alice").click(card, label="Why")
    his = await stage.member("bob").click(card, label="Why")
    assert hers.response.ephemeral
    assert "You loved **Alien**" in text_of(hers.response)
    assert his.response.ephemeral
    assert "Nothing of yours is in it yet" in text_of(his.response)
    assert stage.bot.bugs == 0
