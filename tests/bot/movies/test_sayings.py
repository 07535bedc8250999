"""What is said in reply to the card of a film, or to the answer of a rating."""

import pytest

from bot.movies.sayings import saying
from tests.bot.conftest import Stage, text_of


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "why?": ("why", "it"), "but why this one?": ("why", "this one"), "why is it on my list?": ("why", "it"),
        "more like this": ("similar", "this"), "similar": ("similar", "it"), "something like it": ("similar", "it"),
        "show me similar films": ("similar", "it"), "remove my rating": ("unrate", "it"), "trailer?": ("trailer", "it"),
        "is there a trailer": ("trailer", "it"), "tell me more": ("movie", "it"), "meh": ("rate", "it"),
        "warum?": ("why", "it"), "warum denn der?": ("why", "der"), "mehr davon": ("similar", "it"),
        "ähnliche bitte": ("similar", "it"), "lösch meine Bewertung": ("unrate", "it"),
        "gibt's einen Trailer?": ("trailer", "it"),
    }.items(),
)  # fmt: skip
def test_a_saying_is_a_command_and_a_film(text: str, said: tuple[str, str]) -> None:
    found = saying(text)
    assert found is not None
    assert (found.command, found.title) == said


@pytest.mark.parametrize("text", ["why not", "more", "trailer park", "I know why", "rate it", "a" * 999])
def test_what_only_sounds_like_it_is_of_no_film(text: str) -> None:
    found = saying(text)
    assert found is None or found.title == "not"


async def test_a_reply_to_a_card_asks_of_its_film(stage: Stage) -> None:
    alice = stage.member("alice")
    rated = await stage.say("alice", "!rate Speed 4")
    card = await stage.say("alice", "!movie Heat")
    for text, told in {
        "why?": "Heat (1995)",
        "warum?": "Heat (1995)",
        "more like this": "Films like Heat (1995)",
        "mehr davon": "Films like Heat (1995)",
        "I want to see this": "**Heat (1995)** is on your watchlist",
        "will ich sehen": "**Heat (1995)** is on your watchlist already",
        "not interested": "**Heat (1995)** is hidden",
        "kein Interesse": "**Heat (1995)** is hidden already",
        "add it": "**Heat (1995)** is on your watchlist",
        "not for me": "**Heat (1995)** is hidden",
        "kenn ich schon": "**Heat (1995)** is one you have seen",
        "hab ich schon gesehen": "**Heat (1995)** is one you have seen already",
        "meh": "How many stars for **Heat (1995)**?",
        "trailer?": "I know no trailer of **Heat (1995)**.",
    }.items():
        await alice.send(stage.channel, text, reply_to=card)
        assert told in text_of(stage.last), text
    for text, told in {
        "similar": "Films like Speed (1998)",
        "why": "Why ★",
        "remove my rating": "**Speed (1998)** is no longer rated",
    }.items():
        await alice.send(stage.channel, text, reply_to=rated)
        assert told in text_of(stage.last), text
    for text in ("why", "similar", "not interested", "add it"):  # to nobody
        assert (await stage.say("alice", text)).content == text
    assert stage.bot.bugs == 0
