"""Pictures in words, where a server wants none."""

import discord
import pytest

from bot.chat.cards import card, embed
from bot.chat.components import ActionButton
from bot.chat.reply import Picture, Reply
from bot.chat.wanted import as_wanted
from tests.bot.limits import check, described, labels

PICTURE = Picture("map.png", b"png", "A map: *Heat* lies near @everyone.")
WORDS = "A map: \\*Heat\\* lies near @\u200beveryone."


def shown_card(text: str = "## A map", picture: Picture = PICTURE) -> Reply:
    return Reply(layout=card(text, picture, [ActionButton("More", "more", 1)]), pictures=(picture,))


def test_a_server_that_wants_pictures_gets_them() -> None:
    reply = shown_card()
    assert as_wanted(reply, has_pictures=True) is reply
    assert as_wanted(Reply("Hello"), has_pictures=False) == Reply("Hello")


def test_a_card_says_it_where_the_picture_was() -> None:
    reply = shown_card()
    for _ in range(2):  # the same reply may be sent again, into another message
        made = as_wanted(reply, has_pictures=False)
        assert made.pictures == ()
        assert described(made) == f"## A map\n{WORDS}"
        assert labels(made) == ["More"]
        assert made.layout is not None
        (frame,) = made.layout.children
        assert isinstance(frame, discord.ui.Container)
        kinds = [type(one) for one in frame.children]
        assert kinds == [discord.ui.TextDisplay, discord.ui.TextDisplay, discord.ui.ActionRow]


def test_an_embed_says_it_at_its_end() -> None:
    shown = embed("The model", "It is new.").set_image(url="attachment://map.png")
    made = as_wanted(Reply(embed=shown, pictures=(PICTURE,)), has_pictures=False)
    assert described(made) == f"The model\nIt is new.\n\n{WORDS}"
    assert made.embed is not None
    assert made.embed.image.url is None
    assert shown.image.url == "attachment://map.png"
    assert "files" not in made.to_send()


@pytest.mark.parametrize("content", [None, "Look", "x" * 1_990])
def test_a_plain_message_says_it_too(content: str | None) -> None:
    made = as_wanted(Reply(content, pictures=(PICTURE,)), has_pictures=False)
    check(made)
    assert made.content is not None
    assert made.content.startswith(content or "A map")


@pytest.mark.parametrize("length", [1, 3_900, 3_998, 3_999, 4_000])
def test_there_may_be_no_room_for_it(length: int) -> None:
    made = as_wanted(shown_card("x" * length, Picture("map.png", b"png", "y" * 1_000)), has_pictures=False)
    check(made)
    assert described(made).startswith("x" * length)
