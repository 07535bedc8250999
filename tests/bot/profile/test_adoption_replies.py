"""What is said about starting from a MovieLens user."""

from bot.profile import adoption_replies as ui
from bot.profile.adoption import Adopted, Dropped, Suggestion, Suggestions
from tests.bot.hostile import film
from tests.bot.limits import described, labels

FILMS = (film(), film("Alien", 7, 1979), film("Fargo", 8, 1996))


async def test_whom_one_starts_from() -> None:
    reply = ui.adopted(Adopted(7, 42, 440, FILMS, 3, None, 5), "!")
    assert reply.content == (
        "You start from MovieLens user 42 now: 440 films, **Heat (1995)**, **Alien (1979)** and **Fargo (1996)** "
        "above all.\n"
        "Your 3 own ratings go before theirs. Films they have rated count as seen.\n"
        "-# Theirs are not counted as yours and not trained on again. !profile reset goes back."
    )
    assert labels(reply) == ["Undo"]


async def test_whom_one_started_from_before() -> None:
    reply = ui.adopted(Adopted(7, 42, 1, (), 1, 9, 5), "!")
    assert (reply.content or "").splitlines()[0] == "You start from MovieLens user 42 now, no longer from 9: 1 film."
    assert labels(reply) == ["Undo"]
    same = ui.adopted(Adopted(7, 42, 1, (), 1, 42, None), "!")
    assert (same.content or "").splitlines()[0] == "You start from MovieLens user 42 now: 1 film."
    assert same.view is None


async def test_going_back() -> None:
    reply = ui.went_back(Dropped(7, 42, 3), "!")
    assert reply.content == (
        "You no longer start from MovieLens user 42. What I tell you rests on your own 3 ratings alone."
    )
    assert labels(reply) == ["Start from them again"]
    assert "!rate Toy Story 4.5" in (ui.went_back(Dropped(7, 42, 0), "!").content or "")


async def test_the_nearest_users() -> None:
    reply = ui.suggestions(Suggestions(7, 12, (Suggestion(42, 5, 0.44, 440, FILMS[:2]),), 1, 610), "!")
    assert described(reply).splitlines() == [
        "Who rates as you do",
        (
            "**User 42** is 0.4 stars from you over 5 films you both rated, and knows 440 films, "
            "such as Heat (1995), Alien (1979)"
        ),
    ]
    assert labels(reply) == ["Start from 42"]
    assert reply.ephemeral
    nobody = ui.suggestions(Suggestions(7, 2, (), 1, 610), "!")
    assert "users 1 to 610, as in !profile adopt 1. Or rate 5 films" in (nobody.content or "")
