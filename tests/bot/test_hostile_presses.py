"""What no component of ours ever held is answered with a sentence, whatever it is."""

from typing import Any

import pytest

from bot.chat.components import ANYBODY, ActionButton, ActionSelect, view
from tests.bot.conftest import Stage, text_of
from tests.bot.forging import answer_to, forge_press, forge_slash

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


WORDS = ("-0", "..", "", str(2**63 - 1), ":a-b:")
ARGUMENTS = (*WORDS, *(f"10:{word}:{word}" for word in WORDS))


async def test_every_action_with_hostile_arguments(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.bot.cooldowns, "spend", lambda *_: None)
    stage.env.settle_timeout = 60.0
    for action in stage.bot._actions:
        pressed = [forge_press(stage, "alice", f"b1:{action}:{ANYBODY}:{arguments}") for arguments in ARGUMENTS]
        pressed += [forge_press(stage, "alice", f"s1:{action}:{ANYBODY}:10", [word]) for word in WORDS]
        await stage.env.settle()
        assert all(one.responded for one in pressed), action
        assert stage.bot.bugs == 0, action


@pytest.mark.parametrize(
    ("values", "offered"),
    [(["20"], ["10"]), (["10", "10"], ["10"]), (["10", "20"], ["10", "20"]), ([], ["10"]), (["-0"], ["10"])],
)
async def test_what_a_select_does_not_offer(stage: Stage, values: list[str], offered: list[str]) -> None:
    forged = forge_press(stage, "alice", f"s1:rate_film:{ANYBODY}:4", values, offered)
    await stage.env.settle()
    assert "no longer there" in text_of(answer_to(stage, forged))
    assert await stage.bot.services.store.profiles.find(stage.member("alice").id) is None
    assert stage.bot.bugs == 0


STRING, INTEGER, BOOLEAN = 3, 4, 5


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("recommend", {"count": (INTEGER, 10**9)}),
        ("recommend", {"count": (INTEGER, 0)}),
        ("recommend", {"count": (INTEGER, -1)}),
        ("recommend", {"count": (STRING, "many")}),
        ("recommend", {"count": (INTEGER, True)}),
        ("recommend", {"depth": (STRING, "bottomless")}),
        ("recommend", {"genre": (STRING, "x" * 6_001)}),
        ("recommend", {"genre": (INTEGER, 5)}),
        ("ratings", {"sort": (STRING, "oldest")}),
        ("profile adopt", {"user_id": (INTEGER, 0)}),
        ("profile adopt", {"user_id": (INTEGER, 2**70)}),
        ("privacy visibility", {"to": (STRING, "everybody")}),
        ("privacy training", {"state": (STRING, "perhaps")}),
        ("retrain", {"force": (STRING, "yes")}),
        ("rate", {"movie": (STRING, "Heat")}),
        ("rate", {"movie": (STRING, "Heat"), "stars": (STRING, "4" * 7_000)}),
    ],
)
async def test_what_a_slash_command_does_not_offer(stage: Stage, command: str, options: dict[str, Any]) -> None:
    forged = forge_slash(stage, "alice", command, options)
    await stage.env.settle()
    assert "Try again" in text_of(answer_to(stage, forged))
    assert stage.bot.bugs == 0


async def test_a_component_of_no_version_of_ours(stage: Stage) -> None:
    for custom_id in (
        "b0:undo:0:1",
        "b2:undo:0:1",
        "b1:UNDO:0:1",
        "b1:undo:0:%",
        "b1:undo:x:1",
        "hello",
        "b1:undo:0:½",
    ):
        forged = forge_press(stage, "alice", custom_id)
        await stage.env.settle()
        assert "no longer there" in text_of(answer_to(stage, forged)), custom_id
    assert stage.bot.bugs == 0
