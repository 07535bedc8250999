"""Swiping, as three members and a stranger do it."""

from typing import Any

import pytest

from bot.movienight.swiping import needed
from tests.bot.conftest import labels_of, text_of
from tests.bot.movienight.conftest import Party

Cards = dict[str, Any]


async def join(party: Party, *names: str) -> Cards:
    public = party.stage.last
    return {name: (await party.press(name, public, "Join")).response for name in names}


def film_of(card: Any) -> str:
    return text_of(card).splitlines()[0].removeprefix("## ")


async def answer(party: Party, cards: Cards, name: str, label: str) -> str:
    """Press, and give the card as it reads then; an ephemeral card is edited in place."""
    await party.press(name, cards[name], label)
    return text_of(cards[name])


async def start(party: Party, text: str = "") -> None:
    await party.press("alice", await party.ask(text), "Swipe")


async def test_the_first_film_that_all_like_wins_and_nobody_sees_who_said_no(party: Party) -> None:
    await start(party)
    public = party.stage.last
    assert "the first that all of you like wins" in text_of(public)
    assert "There are two of you" not in text_of(public)
    cards = await join(party, "alice", "bob", "carol")
    first = film_of(cards["alice"])
    assert film_of(cards["bob"]) == film_of(cards["carol"]) == first
    await answer(party, cards, "alice", "Yes")
    await answer(party, cards, "bob", "Yes")
    await answer(party, cards, "carol", "No")
    second = film_of(cards["alice"])
    assert second != first
    assert party.stage.last.id == public.id  # the channel hears of none of it
    await party.stage.restart()
    for name in ("carol", "alice", "bob"):
        assert film_of(cards[name]) == second
        await answer(party, cards, name, "Yes")
    won = text_of(party.stage.last)
    assert "You have found one" in won
    assert second in won
    assert labels_of(party.stage.last) == ["Set the time", "Call it off"]
    assert not any(name in won for name in ("alice", "bob", "carol"))
    assert "is chosen" in text_of(cards["bob"])
    assert (await party.press("alice", public, "Join")).ephemeral
    rows = await party.stage.bot.services.store.evenings._database.rows("SELECT * FROM evening_answers")
    assert rows == []


async def test_the_time_that_was_said_is_that_of_the_film_swiped(party: Party) -> None:
    await start(party, "tomorrow 20:00 UTC+1")
    cards = await join(party, "alice", "bob", "carol")
    for name in cards:
        await answer(party, cards, name, "Yes")
    won = text_of(party.stage.last)
    assert "You have found one" in won
    (event,) = party.events
    assert event.name.removeprefix("Movie night: ") in won
    assert labels_of(party.stage.last) == ["Another time", "Call it off", "I was there"]


async def test_a_stranger_gets_a_hint_and_the_card_is_its_owners(party: Party) -> None:
    await start(party)
    result = await party.press("mallory", party.stage.last, "Join")
    assert result.ephemeral
    assert "You are not among those" in text_of(result.response)
    shown = await party.ask()
    result = await party.press("bob", shown, "Swipe")
    assert "belongs to somebody else" in text_of(result.response)


async def test_joining_again_goes_on_and_a_film_is_answered_once(party: Party) -> None:
    await start(party)
    public = party.stage.last
    one = (await party.press("alice", public, "Join")).response
    other = (await party.press("alice", public, "Join")).response
    first = film_of(one)
    await party.press("alice", one, "Yes")
    second = film_of(one)
    await party.press("alice", other, "No")  # the same film on the older card: answered already
    assert film_of(other) == second != first
    liked, answers = await party.stage.bot.services.store.evenings.liked(1)
    assert (sum(liked.values()), answers) == (1, 1)


async def test_a_share_of_them_is_enough(party: Party) -> None:
    await start(party, "60%")
    assert "2 of you like wins" in text_of(party.stage.last)
    cards = await join(party, "alice", "bob")
    first = film_of(cards["alice"])
    await answer(party, cards, "alice", "Yes")
    await answer(party, cards, "bob", "Yes")
    assert first in text_of(party.stage.last)
    assert "You have found one" in text_of(party.stage.last)


async def test_two_people_are_told_that_a_no_shows(party: Party) -> None:
    await party.press("alice", await party.ask("", "alice", "bob"), "Swipe")
    assert "I cannot hide who said no" in text_of(party.stage.last)


async def test_a_deck_that_ends_chooses_what_most_like(party: Party) -> None:
    await party.press("alice", await party.ask("comedy rewatch", "alice", "bob"), "Swipe")
    cards = await join(party, "alice", "bob")
    films = int(text_of(cards["alice"]).rpartition(" of ")[2])
    liked = film_of(cards["bob"])
    for place in range(films):
        await answer(party, cards, "alice", "No")
        await answer(party, cards, "bob", "No" if place else "Yes")
    assert liked in text_of(party.stage.last)


async def test_a_deck_that_nobody_likes_says_so(party: Party) -> None:
    await party.press("alice", await party.ask("comedy", "alice", "bob"), "Swipe")
    cards = await join(party, "alice", "bob")
    for _ in range(int(text_of(cards["alice"]).rpartition(" of ")[2])):
        for name in ("alice", "bob"):
            await answer(party, cards, name, "No")
    assert "nobody liked any" in text_of(party.stage.last)


@pytest.mark.parametrize(
    ("size", "share", "count"), [(3, 1.0, 3), (3, 0.6, 2), (5, 0.6, 3), (2, 0.01, 1), (10, 0.7, 7)]
)
def test_how_many_are_needed(size: int, share: float, count: int) -> None:
    assert needed(size, share) == count
