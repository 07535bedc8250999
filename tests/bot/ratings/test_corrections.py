"""Ratings put right and taken away in so many words, and asked for."""

import pytest

from bot.ratings.corrections import Correction, correction
from tests.bot.conftest import Stage, labels_of, text_of

HEAT, ALIEN, SPEED = 10, 20, 40
SAID = {
    "no, I meant 4": Correction("4"),
    "no, 3.5": Correction("3.5"),
    "sorry, 4 not 4.5": Correction("4", 4.5),
    "I meant 3": Correction("3"),
    "no wait, 3.5 stars please": Correction("3.5 stars"),
    "nein, 4": Correction("4"),
    "oops I meant to give it a 2": Correction("2"),
    "actually make it 4/5": Correction("4/5"),
    "nein, ich meinte 4 statt 5": Correction("4", 5.0),
    "sorry, four and a half": Correction("four and a half"),
    "no, 7": Correction("7"),
}


@pytest.mark.parametrize("text", SAID)
def test_what_puts_stars_right(text: str) -> None:
    assert correction(text) == SAID[text]


@pytest.mark.parametrize(
    "text",
    ["no", "4", "no 4", "no, 12 people are coming", "I meant Aliens", "no, 4.5 for Alien", "no, not 4", "heat 4"],
)
def test_what_does_not(text: str) -> None:
    assert correction(text) is None


async def stored(stage: Stage, name: str = "alice") -> dict[int, float]:
    store = stage.bot.services.store
    profile = await store.profiles.find(stage.member(name).id)
    return {} if profile is None else dict(await store.ratings.ratings_of(profile.user_id))


def mention(stage: Stage) -> str:
    assert stage.bot.user is not None
    return stage.bot.user.mention


async def test_the_film_rated_just_now_gets_the_stars_that_were_meant(stage: Stage) -> None:
    alice, name = stage.member("alice"), mention(stage)
    rated = await stage.say("alice", "!rate Heat 4.5")
    assert "**Heat (1995)** ★★★★ (was 4.5)" in text_of(await stage.say("alice", f"{name} sorry, 4 not 4.5"))
    await alice.send_dm("no, 3.5")
    assert "★★★½ (was 4)" in text_of(stage.private("alice"))
    asked = await stage.say("alice", f"{name} no, 4 not 5")  # it has no 5
    assert "Is that ★★★★ for **Heat (1995)**?" in text_of(asked)
    assert labels_of(await stage.say("alice", f"{name} no, 4.2"))[:2] == ["4 stars", "4.5 stars"]
    await stage.say("alice", "!rate Alien 5")
    await alice.send(stage.channel, "no, I meant 2", reply_to=rated)
    assert await stored(stage) == {HEAT: 2.0, ALIEN: 5.0}
    await stage.member("bob").send(stage.channel, "no, 5", reply_to=rated)  # he has not rated it
    assert "Is that ★★★★★ for **Heat (1995)**?" in text_of(stage.last)
    assert await stored(stage, "bob") == {}
    assert stage.bot.bugs == 0


async def test_where_it_is_not_clear_what_was_meant_nothing_is_written(stage: Stage) -> None:
    name = mention(stage)
    for line in ("!rate Heat 4\nAlien 5", "!watchlist add Speed"):
        await stage.say("alice", line)
        before = await stored(stage)
        assert "like this: !rate Heat 4.5" in text_of(await stage.say("alice", f"{name} no, I meant 3"))
        assert await stored(stage) == before
    await stage.say("alice", "!rate Speed 4")
    helped = await stage.say("alice", "!help")
    await stage.member("alice").send(stage.channel, "no, 3", reply_to=helped)
    assert "Is that ★★★ for **Speed (1998)**?" in text_of(stage.last)
    await stage.advance(400)
    assert "like this: !rate" in text_of(await stage.say("alice", f"{name} no, 3"))
    assert (await stored(stage))[SPEED] == 4.0
    assert stage.bot.bugs == 0


async def test_a_rating_is_forgotten_in_so_many_words(stage: Stage) -> None:
    name = mention(stage)
    for text in (
        "forget Heat",
        "delete my rating for heat",
        "remove Heat from my ratings",
        "please remove my rating of heat",
        "unrate that",
        "delete that rating",
        "lösche meine Bewertung für Heat",
        "vergiss Heat",
    ):
        await stage.say("alice", "!rate Heat 4")
        assert "**Heat (1995)** is no longer rated" in text_of(await stage.say("alice", f"{name} {text}")), text
    await stage.say("alice", "!rate Alien 4")
    rated = await stage.say("alice", "!rate Heat 4")
    await stage.say("alice", "!rate Speed 4")
    await stage.member("alice").send(stage.channel, "!unrate that", reply_to=rated)
    assert await stored(stage) == {ALIEN: 4.0, SPEED: 4.0}
    for text in ("forget comedy", "forget everything about films", "forget Heatt", "delete my rating for Toy Stroy"):
        told = text_of(await stage.say("alice", f"{name} {text}"))
        assert not any(word in told for word in ("forgetme", "no longer")), text
    assert await stored(stage) == {ALIEN: 4.0, SPEED: 4.0}
    assert stage.bot.bugs == 0


async def test_ratings_are_asked_for_in_so_many_words(stage: Stage) -> None:
    name = mention(stage)
    await stage.say("alice", "!rate Heat 4")
    for text in ("my ratings", "what have I seen?", "meine Bewertungen", "show my ratings"):
        assert "Your ratings" in text_of(await stage.say("alice", f"{name} {text}")), text
    for text in ("what did I give heat?", "my rating for Heat?", "was habe ich Heat gegeben?", "how did I rate heat"):
        assert "**You gave it** ★★★★" in text_of(await stage.say("alice", f"{name} {text}")), text
    await stage.say("alice", f"{name} my rating for Heat is 3")
    assert await stored(stage) == {HEAT: 3.0}
