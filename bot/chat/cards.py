"""What a reply looks like: an embed, or a card of Components V2 with text, pictures, controls and links in one frame.

Both keep within Discord's limits.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import discord

from bot.chat.components import Control
from bot.chat.reply import ACCENT, Picture
from bot.chat.text import EMBED_LIMIT, cut

TEXT_LIMIT = 4_000
"""Characters of all texts of one layout together."""

TITLE_LIMIT = 256
"""Characters of an embed's title."""

ALT_LIMIT = 256
"""Characters of a thumbnail's description."""

GALLERY = 10
"""Pictures of one gallery at most."""


class Poster(NamedTuple):
    """A picture that Discord fetches at its address; all that matters of it stands in words beside it."""

    url: str
    description: str


class Illustrated(NamedTuple):
    """Up to three texts with a poster to their right."""

    texts: Sequence[str]
    poster: Poster


class Gallery(NamedTuple):
    """One to ten posters, side by side."""

    posters: Sequence[Poster]


LinkButton = discord.ui.Button[Any]

ControlRow = Sequence[Control | LinkButton]
"""Up to five buttons, or one select."""

CardPart = str | ControlRow | Picture | Illustrated | Gallery
"""What a card is made of, top to bottom: markdown, a row of controls, or a picture that is sent along or fetched."""


def link(label: str, url: str) -> LinkButton:
    """A button that opens a page."""
    return discord.ui.Button(label=label, url=url)


def embed(title: str, text: str, colour: discord.Colour = ACCENT) -> discord.Embed:
    return discord.Embed(title=cut(title, TITLE_LIMIT), description=cut(text, EMBED_LIMIT), colour=colour)


def card(*parts: CardPart, colour: discord.Colour = ACCENT) -> discord.ui.LayoutView:
    """A framed card that never times out; text beyond the limit is cut, the last of it first.

    A picture must also stand in the reply's `pictures`, which uploads it.
    """
    framed: discord.ui.Container[Any] = discord.ui.Container(accent_colour=colour)
    room = _Room()
    for part in parts:
        if isinstance(part, str):
            for text in room.texts([part]):
                framed.add_item(text)
        elif isinstance(part, Illustrated):
            if texts := room.texts(part.texts):
                poster = discord.ui.Thumbnail[Any](part.poster.url, description=cut(part.poster.description, ALT_LIMIT))
                framed.add_item(discord.ui.Section(*texts, accessory=poster))
        elif isinstance(part, Gallery):
            shown = [discord.MediaGalleryItem(one.url, description=one.description) for one in part.posters[:GALLERY]]
            framed.add_item(discord.ui.MediaGallery(*shown))
        elif isinstance(part, Picture):
            item = discord.MediaGalleryItem(f"attachment://{part.name}", description=part.description)
            framed.add_item(discord.ui.MediaGallery(item))
        else:
            framed.add_item(discord.ui.ActionRow(*part))
    layout = discord.ui.LayoutView(timeout=None)
    layout.add_item(framed)
    return layout


class _Room:
    """What is left of the characters that a layout may have."""

    def __init__(self) -> None:
        self._left = TEXT_LIMIT

    def texts(self, texts: Sequence[str]) -> list[discord.ui.TextDisplay[Any]]:
        """As many of them as there is room for, the last one cut."""
        shown = []
        for text in texts:
            fitting = cut(text, self._left) if self._left > 0 else ""
            self._left -= len(fitting)
            if fitting:
                shown.append(discord.ui.TextDisplay[Any](fitting))
        return shown
