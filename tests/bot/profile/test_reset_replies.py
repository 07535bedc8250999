"""What is said before and after forgetting."""

from bot.profile import reset_replies as ui
from bot.profile.resetting import Reset, ResetChoice
from tests.bot.limits import labels


async def test_what_there_is_to_forget_has_a_button_each() -> None:
    both = ui.choice(ResetChoice(7, 42, 37), "!")
    assert (both.content or "").splitlines() == [
        "What shall I forget?",
        "What I recommend to you rests on 37 ratings of yours and on MovieLens user 42.",
        "-# Your watchlist, hidden and seen films stay. To delete everything for good: !privacy delete",
    ]
    assert labels(both) == ["Forget user 42", "Forget my ratings too"]
    assert labels(ui.choice(ResetChoice(7, None, 1), "!")) == ["Forget my ratings"]
    nothing = ui.choice(ResetChoice(7, None, 0), "!")
    assert (nothing.content, nothing.view) == (
        "There is nothing to forget: you have rated no film yet. !rate Toy Story 4.5",
        None,
    )


async def test_the_confirmation_names_the_count_and_carries_it() -> None:
    reply = ui.confirmation(ResetChoice(7, 42, 37), "!")
    assert reply.content == (
        "Really forget your 37 ratings? You will not start from MovieLens user 42 any more either. "
        "Lists will then show what most people like."
    )
    assert labels(reply) == ["Forget 37 ratings", "Keep them"]
    assert reply.view is not None
    assert reply.view.to_components()[0]["components"][0]["custom_id"] == "b1:reset_ratings:7:37:42"
    assert ui.result(ResetChoice(7, 42, 37), "!").content == reply.content
    assert "nothing to forget" in (ui.confirmation(ResetChoice(7, None, 0), "!").content or "")


async def test_what_came_of_it() -> None:
    reply = ui.result(Reset(7, 42, 37, 5), "!")
    assert reply.content == (
        "I forgot your 37 ratings, and you no longer start from MovieLens user 42. Undo brings all of it back."
    )
    assert labels(reply) == ["Undo"]
