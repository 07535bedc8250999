"""Buttons and selects come back from their custom id as what they were, in any version of the process."""

import asyncio
import re
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.components import (
    ANYBODY,
    PERSISTENT,
    ActionButton,
    ActionChannels,
    ActionForm,
    ActionSelect,
    ActionUserSelect,
    Control,
    FormField,
    Press,
    form_press,
    is_ours,
    owner_of,
    view,
)
from bot.errors import StaleComponentError
from tests.bot.conftest import Stage, text_of

LARGEST_ID = 2**63 - 1
CUSTOM_ID_LIMIT = 100

actions = st.from_regex(r"[a-z_]{1,20}", fullmatch=True)
owners = st.one_of(st.just(ANYBODY), st.integers(1, LARGEST_ID))
arguments = st.lists(
    st.one_of(
        st.integers(-1, 10**9),
        st.sampled_from([half / 2 for half in range(1, 11)]),
        st.sampled_from(["newest", "highest", "4.5", "20260101-120000-ab12"]),
    ),
    max_size=3,
)


def template(kind: type[Control]) -> re.Pattern[str]:
    return cast("re.Pattern[str]", kind.__discord_ui_compiled_template__)


@dataclass
class Client:
    """Notes what is pressed."""

    presses: list[Press | None] = field(default_factory=list)

    async def press(self, interaction: Any, press: Press | None) -> None:
        self.presses.append(press)


async def pressed(item: Control) -> Press | None:
    """What the client hears when this component, found again by its custom id, is used."""
    client = Client()
    interaction = cast("discord.Interaction[Any]", SimpleNamespace(client=client))
    match = template(type(item)).fullmatch(item.custom_id)
    assert match is not None
    again = await type(item).from_custom_id(interaction, item.item, match)
    assert again.custom_id == item.custom_id
    await again.callback(interaction)
    (press,) = client.presses
    return press


@given(actions, owners, arguments)
async def test_a_button_comes_back_as_it_was(action: str, owner: int, given_: list[object]) -> None:
    button = ActionButton("More", action, owner, *given_)
    assert len(button.custom_id) <= CUSTOM_ID_LIMIT
    assert await pressed(button) == Press(action, owner, tuple(str(one) for one in given_))


@given(actions, owners, arguments, st.integers(0, LARGEST_ID))
async def test_a_select_comes_back_with_what_was_chosen(
    action: str, owner: int, given_: list[object], chosen: int
) -> None:
    select = ActionSelect("Which?", action, owner, *given_, options=[("Heat", str(chosen)), ("Alien", "x")])
    assert len(select.custom_id) <= CUSTOM_ID_LIMIT
    select.item._values = [str(chosen)]
    assert await pressed(select) == Press(action, owner, tuple(str(one) for one in given_), (str(chosen),))


@given(actions, owners, arguments, st.lists(st.integers(1, LARGEST_ID), max_size=3))
async def test_a_select_of_channels_comes_back_with_their_ids(
    action: str, owner: int, given_: list[object], chosen: list[int]
) -> None:
    select = ActionChannels("Where?", action, owner, *given_, chosen=[1, 2], at_most=2)
    assert len(select.custom_id) <= CUSTOM_ID_LIMIT
    assert is_ours(select.custom_id)
    assert owner_of(select.custom_id) == (owner or None)
    assert [one.id for one in select.item.default_values] == [1, 2]
    select.item._values = [discord.Object(one) for one in chosen]  # type: ignore[assignment]
    is_offered = len(chosen) <= 2 and len(set(chosen)) == len(chosen)
    values = tuple(str(one) for one in chosen)
    expected = Press(action, owner, tuple(str(one) for one in given_), values) if is_offered else None
    assert await pressed(select) == expected


def test_the_longest_ids_fit() -> None:
    button = ActionButton("Next", "ratings_page", LARGEST_ID, LARGEST_ID, "highest", 10**9)
    assert len(button.custom_id) <= CUSTOM_ID_LIMIT


@pytest.mark.parametrize(
    "custom_id",
    ["", "b1", "b2:undo:1:2", "b1:undo:x:2", "b1:Undo:1:2", "b1:undo:1:2\n", "b1:undo:-1:2", "undo", "s1:undo:1:<@1>"],
)
def test_a_custom_id_of_another_kind_or_version_is_none_of_ours(custom_id: str) -> None:
    assert not any(template(kind).fullmatch(custom_id) for kind in PERSISTENT)


def test_a_button_is_no_select() -> None:
    button = ActionButton("Undo", "undo", 1, 2)
    assert template(ActionSelect).fullmatch(button.custom_id) is None


def test_long_labels_of_a_select_are_cut() -> None:
    select = ActionSelect("P" * 300, "undo", 1, options=[("L" * 300, "1")]).item
    assert select.placeholder is not None
    assert len(select.placeholder) <= 150
    assert len(select.options[0].label) == 100


async def test_a_view_stays_for_good() -> None:
    made = view(ActionButton("A", "undo", 1), ActionButton("B", "more", 1))
    assert made.timeout is None
    assert made.is_persistent()
    assert len(made.children) == 2


@pytest.mark.parametrize("text", ["", "x", "1.5", "٣", "--1", "9" * 19, "9" * 100, "nan"])
def test_what_is_no_number_is_of_nothing_there_is(text: str) -> None:
    for read in (
        lambda: Press("more", 1, (text,)).number(0),
        lambda: Press("more", 1, (text,)).numbers(1),
        lambda: Press("more", 1, (), (text,)).chosen,
        lambda: Press("more", 1, (), ("1", text)).all_chosen,
    ):
        with pytest.raises(StaleComponentError):
            read()


@pytest.mark.parametrize("text", ["0", "0.0", "5.5", "7.5", "nan", "inf", "4.25", "1e0", "٣", ""])
def test_what_are_no_half_stars(text: str) -> None:
    with pytest.raises(StaleComponentError):
        Press("rate_exactly", 1, (text,)).stars(0)
    with pytest.raises(StaleComponentError):
        _ = Press("rate_stars", 1, (), (text,)).chosen_stars


def test_all_half_stars_are_read() -> None:
    for halves in range(1, 11):
        for text in (str(halves / 2), f"{halves / 2:g}"):
            assert Press("rate_exactly", 1, (text,)).stars(0) == halves / 2


def test_a_press_with_fewer_arguments_than_expected() -> None:
    assert Press("pages", 1, ()).number(0, default=0) == 0
    for read in (lambda: Press("pages", 1, ()).number(0), lambda: Press("pages", 1, ("1",)).numbers(2)):
        with pytest.raises(StaleComponentError):
            read()


@given(actions, owners, arguments)
def test_a_form_is_read_by_its_custom_id(action: str, owner: int, given_: list[object]) -> None:
    form = ActionForm("When?", action, owner, *given_, fields=[FormField("when", "When"), FormField("zone", "Zone")])
    assert len(form.custom_id) <= CUSTOM_ID_LIMIT
    sent = {
        "custom_id": form.custom_id,
        "components": [
            {"type": 18, "component": {"type": 4, "custom_id": "when", "value": "20:30"}},
            {"type": 1, "components": [{"type": 4, "custom_id": "zone", "value": ""}]},
        ],
    }
    press = form_press(sent)
    assert press is not None
    assert (press.action, press.owner_id, press.arguments) == (action, owner, tuple(str(one) for one in given_))
    assert press.fields == {"when": "20:30", "zone": ""}


@pytest.mark.parametrize("custom_id", ["", "m2:x:0:", "b1:x:0:", "m1:X:0:", "m1:x:y:"])
def test_a_form_of_nobody_is_none(custom_id: str) -> None:
    assert form_press({"custom_id": custom_id}) is None


async def test_a_select_of_people_has_an_owner_and_comes_back() -> None:
    select = ActionUserSelect("Who?", "night_members", 42, 7, at_most=10)
    assert owner_of(select.custom_id) == 42
    match = re.fullmatch(ActionUserSelect.__discord_ui_compiled_template__, select.custom_id)
    assert match is not None
    again = await ActionUserSelect.from_custom_id(cast("discord.Interaction[Any]", None), select.item, match)
    assert (again.custom_id, again.item.max_values) == (select.custom_id, 10)


async def test_the_process_keeps_nothing_of_a_private_answer_and_of_a_form(stage: Stage) -> None:
    before = {id(task) for task in asyncio.all_tasks()}
    alice = stage.member("alice")
    shown = await alice.slash(stage.channel, "import")
    form = await alice.click(shown.response.message, custom_id=f"b1:import_choose:{alice.id}:")
    assert shown.response.ephemeral
    assert form.modal is not None
    timers = [task for task in asyncio.all_tasks() if id(task) not in before]
    assert not timers
    sent = await alice.submit_modal(form, {"file": ("ratings.csv", b"What is this?")})
    assert "ratings" in text_of(sent.response)
