"""A reply as those want it whom it goes to: pictures in words."""

from dataclasses import replace
from typing import Any

import discord

from bot.chat.cards import TEXT_LIMIT
from bot.chat.markdown import escape
from bot.chat.reply import Picture, Reply
from bot.chat.text import EMBED_LIMIT, MESSAGE_LIMIT, cut


def as_wanted(reply: Reply, *, has_pictures: bool) -> Reply:
    """The same facts; what a picture shows stands in its alternative text too.

    Posters are not among these pictures: who makes a reply leaves them out where none are wanted (`Ask.has_pictures`).
    """
    if has_pictures or not reply.pictures:
        return reply
    if reply.layout is not None:
        return replace(reply, layout=_layout_in_words(reply.layout), pictures=())
    words = _words(reply.pictures)
    if reply.embed is not None:
        shown = reply.embed.copy().set_image(url=None).set_thumbnail(url=None)
        shown.description = _joined(shown.description, words, EMBED_LIMIT)
        return replace(reply, embed=shown, pictures=())
    return replace(reply, content=_joined(reply.content, words, MESSAGE_LIMIT), pictures=())


def _words(pictures: tuple[Picture, ...]) -> str:
    return "\n".join(escape(one.description) for one in pictures)


def _joined(text: str | None, words: str, limit: int) -> str:
    return cut(f"{text}\n\n{words}" if text else words, limit)


def _layout_in_words(layout: discord.ui.LayoutView) -> discord.ui.LayoutView:
    """A new layout, which the parts of the old one then belong to."""
    texts = (one.content for one in layout.walk_children() if isinstance(one, discord.ui.TextDisplay))
    left = TEXT_LIMIT - sum(map(len, texts))
    made = discord.ui.LayoutView(timeout=None)
    for part in layout.children:
        framed = part
        if isinstance(part, discord.ui.Container):
            framed = discord.ui.Container(accent_colour=part.accent_colour)
            for inner in part.children:
                item, left = _in_words(inner, left)
                if item is not None:
                    framed.add_item(item)
        item, left = _in_words(framed, left)
        if item is not None:
            made.add_item(item)
    return made


def _in_words(item: discord.ui.Item[Any], left: int) -> tuple[discord.ui.Item[Any] | None, int]:
    """The item, or the text in a gallery's place, None where there is no room; and the room that is left."""
    if not isinstance(item, discord.ui.MediaGallery):
        return item, left
    text = "\n".join(escape(one.description) for one in item.items if one.description)
    text = cut(text, left - 1) if left > 1 else ""
    return (discord.ui.TextDisplay(text) if text else None), left - len(text)
