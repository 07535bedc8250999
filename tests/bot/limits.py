"""Discord's limits for one message, and what must not stand in it."""

import re
from typing import Any

import discord

from bot.chat.components import ActionButton
from bot.chat.reply import Reply

MESSAGE = 2_000
EMBED = 6_000
ROWS, ROW_WIDTH = 5, 5
COMPONENTS, LAYOUT_TEXT, GALLERY = 40, 4_000, 10
PARTS = {"title": 256, "description": 4_096, "footer": 2_048}


MENTION = re.compile(r"@(everyone|here)|(?<!\\)<[@#]|://(?!www\.imdb\.com|www\.themoviedb\.org|discord\.com/events/\d)")
"""A mention, or an address that is not one of our own links."""


def check(reply: Reply) -> None:
    """Assert that Discord would take this message."""
    if reply.layout is not None:
        assert reply.content is None
        assert reply.embed is None
        assert reply.view is None
        _check_layout(reply.layout, {picture.name for picture in reply.pictures})
    else:
        assert reply.content or reply.embed is not None
    assert len(reply.content or "") <= MESSAGE
    if reply.embed is not None:
        _check_embed(reply.embed)
    if reply.view is not None:
        _check_view(reply.view)
    assert all(document.content for document in reply.documents)
    for picture in reply.pictures:
        assert picture.png
        assert 0 < len(picture.description) <= 1_024


def _check_embed(embed: discord.Embed) -> None:
    texts = {"title": embed.title, "description": embed.description, "footer": embed.footer.text}
    for part, text in texts.items():
        assert text is None or 0 < len(text) <= PARTS[part]
    assert len(embed) <= EMBED
    assert embed.title
    assert embed.description


def _check_layout(layout: discord.ui.LayoutView, sent: set[str]) -> None:
    items = list(layout.walk_children())
    assert 0 < len(items) <= COMPONENTS
    texts = [item.content for item in items if isinstance(item, discord.ui.TextDisplay)]
    assert all(texts)
    assert 0 < sum(len(text) for text in texts) <= LAYOUT_TEXT
    for item in items:
        if isinstance(item, discord.ui.MediaGallery):
            assert 0 < len(item.items) <= GALLERY
            for picture in item.items:
                is_fetched = picture.media.url.startswith("https://")
                assert is_fetched or picture.media.url.removeprefix("attachment://") in sent
                assert picture.description
                assert len(picture.description) <= 1_024
        elif isinstance(item, discord.ui.Section):
            assert 0 < len(item.children) <= 3
            assert isinstance(item.accessory, discord.ui.Thumbnail)
            assert 0 < len(item.accessory.description or "") <= 256
    _check_rows([item.to_component_dict() for item in items if isinstance(item, discord.ui.ActionRow)])


def _check_view(view: discord.ui.View) -> None:
    rows = view.to_components()
    assert 0 < len(rows) <= ROWS
    _check_rows(rows)


def _check_rows(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        items = row["components"]
        assert 0 < len(items) <= ROW_WIDTH
        for item in items:
            if "url" in item:
                assert 0 < len(item["label"]) <= 80
                assert len(item["url"]) <= 512
                continue
            assert 0 < len(item["custom_id"]) <= 100
            if item["type"] == discord.ComponentType.select.value:
                assert len(items) == 1
                _check_select(item)
            elif item["type"] == discord.ComponentType.user_select.value:
                assert len(items) == 1
                assert len(item["placeholder"]) <= 150
                assert 0 <= item["min_values"] <= item["max_values"] <= 25
            else:
                assert 0 < len(item["label"]) <= 80
    ids = [item["custom_id"] for row in rows for item in row["components"] if "custom_id" in item]
    assert len(set(ids)) == len(ids)


def _check_select(select: dict[str, object]) -> None:
    options = select["options"]
    assert isinstance(options, list)
    assert 0 < len(options) <= 25
    assert len(str(select["placeholder"])) <= 150
    for option in options:
        assert 0 < len(option["label"]) <= 100
        assert 0 < len(option["value"]) <= 100
    values = [option["value"] for option in options]
    assert len(set(values)) == len(values)


def labels(reply: Reply) -> list[str]:
    """Labels of the buttons under or in a reply."""
    shown = reply.layout or reply.view
    assert shown is not None
    return [item.item.label or "" for item in shown.walk_children() if isinstance(item, ActionButton)]


def described(reply: Reply) -> str:
    """Title and text of a card that Discord would take."""
    check(reply)
    if reply.layout is not None:
        items = reply.layout.walk_children()
        return "\n".join(item.content for item in items if isinstance(item, discord.ui.TextDisplay))
    assert reply.embed is not None
    return f"{reply.embed.title}\n{reply.embed.description}"
