"""What no component of ours ever held is answered with a sentence, whatever it is."""

from typing import Any

from bot.ui.components import ANYBODY, ActionButton, ActionSelect, view
from tests.bot.conftest import Stage, text_of

HUGE = "9" * 30
BUTTONS: tuple[tuple[object, ...], ...] = (
    ("more", HUGE),
    ("more", 1),  # somebody's list, or that of a wizard
    ("rate_exactly", 10, "nan"),
    ("rate_exactly", 10, "7.5"),
    ("ratings_page", 7, "newest"),  # nobody's account
    ("shelf_undo", 10, "hidden.x", "none"),
    ("watchlist_page", "oldest", 0),
    ("dance",),
)


async def test_arguments_that_no_button_has(stage: Stage) -> None:
    channel: Any = stage.bot.get_channel(stage.channel.id)
    buttons = [ActionButton("…", str(action), ANYBODY, *arguments) for action, *arguments in BUTTONS]
    await channel.send("Press me", view=view(*buttons))
    message = stage.last
    for number, button in enumerate(buttons):
        result = await stage.member(f"member {number}").click(message, custom_id=button.custom_id)
        assert "no longer there" in text_of(result.response), button.custom_id
    assert stage.bot.bugs == 0


async def test_options_that_no_select_has(stage: Stage) -> None:
    channel: Any = stage.bot.get_channel(stage.channel.id)
    for action, arguments in (("rate_stars", (10,)), ("which_stars", ()), ("set_visibility", ())):
        select = ActionSelect("…", action, ANYBODY, *arguments, options=[("…", "x")])
        await channel.send("Choose", view=view(select))
        result = await stage.member("alice").select(stage.last, ["x"], custom_id=select.custom_id)
        assert "no longer there" in text_of(result.response), action
    assert stage.bot.bugs == 0
