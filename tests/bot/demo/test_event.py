"""Messages as values."""

import json
from typing import Any

import discord
import pytest

from bot.demo.event import Block, Component, Event, File, alt_texts_of, blocks_of, components_of
from tests.bot.demo.toy_bot import Buttons, Layout


def test_text_comes_in_reading_order() -> None:
    embed = discord.Embed(title="Title", description="Body")
    embed.set_author(name="Author").add_field(name="Name", value="Value").set_footer(text="Footer")
    blocks = blocks_of("Content of <t:0:D>", [dict(embed.to_dict())], [], ("Which film?", "Heat", "Alien"))
    event = Event("you", "reply", False, blocks, (), (), 0.0)
    assert event.text.split("\n") == [
        "Content of 1 Jan 1970", "Author", "Title", "Body", "Name", "Value", "Footer", "Which film?", "Heat", "Alien",
    ]  # fmt: skip
    assert [block.is_card for block in blocks] == [False, True, True]


async def test_layouts_are_read_through_containers_and_sections() -> None:
    components = Layout().to_components()
    blocks = blocks_of("", [], components)
    assert blocks == (Block("**Above**"), Block("In the card\nBeside the button", is_card=True))
    assert [one.label for one in components_of(components)] == ["Watch"]
    assert alt_texts_of(components) == {"attachment://plot.png": "A line going down"}


async def test_buttons_and_selects_are_listed_with_their_options() -> None:
    found = {one.label: one for one in components_of(Buttons().to_components())}
    assert set(found) == {"Undo", "Form", "Mine", "Gone", "Site", "Which film?"}
    assert found["Gone"].disabled
    assert not found["Undo"].disabled
    assert found["Site"].custom_id == ""
    assert found["Which film?"] == Component(
        "select", "Which film?", False, ("Heat (1995)", "Alien"), ("10", "20"), "film"
    )


@pytest.mark.parametrize(
    ("button", "label"),
    [({"emoji": {"name": "👍"}}, "👍"), ({"label": "Go", "emoji": {"name": "👍"}}, "Go"), ({}, "")],
)
def test_a_button_without_words_is_named_by_its_emoji(button: dict[str, Any], label: str) -> None:
    (component,) = components_of([{"type": 1, "components": [{"type": 2, "custom_id": "x", **button}]}])
    assert component.label == label


def test_the_json_line_has_the_keys_of_the_contract_in_their_order() -> None:
    event = Event(
        "alice",
        "edit",
        True,
        (Block("Heat ★"),),
        (Component("select", "Films", True, ("Heat",), ("10",), "id"),),
        (File("loss.png", "Loss", b"12345"),),
        12.3456,
        99,
    )
    assert event.to_json() == (
        '{"to": "alice", "kind": "edit", "ephemeral": true, "text": "Heat ★", '
        '"components": [{"type": "select", "label": "Films", "disabled": true, "options": ["Heat"]}], '
        '"files": [{"name": "loss.png", "description": "Loss", "bytes": 5}], "ms": 12.35}'
    )
    assert "\n" not in Event("a", "reply", False, (Block("two\nlines"),), (), (), 0.0).to_json()
    assert json.loads(event.to_json())["files"][0]["bytes"] == 5
