"""Links to slash commands."""

import discord
import pytest

from bot.chat.cards import TEXT_LIMIT, card
from bot.chat.clickable import Clickable
from bot.chat.reply import Reply
from bot.chat.text import EMBED_LIMIT, MESSAGE_LIMIT

LINKS = {"rate": "</rate:1>", "watchlist": "</watchlist show:2>", "watchlist add": "</watchlist add:2>"}
LINKED = Clickable(LINKS)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Say /rate Heat 4.5, or /rate.", "Say </rate:1> Heat 4.5, or </rate:1>."),
        ("/watchlist add Heat; /watchlist", "</watchlist add:2> Heat; </watchlist show:2>"),
        ("`/rate` Rate films", "</rate:1> Rate films"),
        ("`/rate Heat 4`, and/rate, /rates, /rate-me, //rate, https://x.y/rate", None),
        ("</rate:1> and \\/rate", None),
        ("!rate", None),
    ],
)
def test_commands_become_links_and_nothing_else_does(said: str, read: str | None) -> None:
    assert LINKED(Reply(said)).content == (read or said)
    assert LINKED(LINKED(Reply(said))).content == (read or said)
    assert Clickable({})(Reply(said)).content == said


def test_cards_and_embeds() -> None:
    layout = LINKED(Reply(layout=card("## Go on\n/rate more", "-# or /watchlist"))).layout
    assert layout is not None
    texts = [one.content for one in layout.walk_children() if isinstance(one, discord.ui.TextDisplay)]
    assert texts == ["## Go on\n</rate:1> more", "-# or </watchlist show:2>"]
    embed = LINKED(Reply(embed=discord.Embed(title="/rate", description="/rate"))).embed
    assert embed is not None
    assert (embed.title, embed.description) == ("/rate", "</rate:1>")


def test_what_has_no_room_for_links_stays_as_it_is() -> None:
    text = "/rate ".ljust(MESSAGE_LIMIT, "x")
    assert LINKED(Reply(text)).content == text
    text = "/rate ".ljust(EMBED_LIMIT, "x")
    embed = LINKED(Reply(embed=discord.Embed(description=text))).embed
    assert embed is not None
    assert embed.description == text
    text = "/rate ".ljust(TEXT_LIMIT, "x")
    layout = LINKED(Reply(layout=card(text))).layout
    assert layout is not None
    assert text in [one.content for one in layout.walk_children() if isinstance(one, discord.ui.TextDisplay)]
