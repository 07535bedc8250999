"""Cards of Components V2: whatever is put into them, Discord would take them."""

import discord
import pytest

from bot.chat.cards import TEXT_LIMIT, card
from bot.chat.components import ActionButton, ActionSelect, Option
from bot.chat.reply import Picture, Reply
from tests.bot.limits import check, described, labels


def test_text_controls_and_pictures_stand_in_the_order_given() -> None:
    picture = Picture("bars.png", b"png", "Two bars")
    select = ActionSelect("Which?", "which", 1, options=[Option("A", "a", "a hint"), ("B", "b")], at_most=2)
    layout = card("## Title", picture, "text", [ActionButton("Go", "go", 1)], [select])
    reply = Reply(layout=layout, pictures=(picture,))
    check(reply)
    assert described(reply) == "## Title\ntext"
    assert labels(reply) == ["Go"]
    kinds = [type(item).__name__ for item in layout.children[0].walk_children()]  # type: ignore[attr-defined]
    assert [kind for kind in kinds if kind != "ActionRow"] == [
        "TextDisplay", "MediaGallery", "TextDisplay", "ActionButton", "ActionSelect",
    ]  # fmt: skip


@pytest.mark.parametrize("lengths", [(5_000,), (3_000, 3_000), (4_000, 10, 10), (1, TEXT_LIMIT - 1, 1)])
def test_the_texts_together_are_cut_to_the_limit(lengths: tuple[int, ...]) -> None:
    check(Reply(layout=card(*("x" * length for length in lengths))))


def test_a_layout_stays_for_good() -> None:
    layout = card("text", [ActionButton("Go", "go", 1)])
    assert layout.timeout is None
    assert layout.is_persistent()
    assert isinstance(layout, discord.ui.LayoutView)
