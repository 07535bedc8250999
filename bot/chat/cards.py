"""What a reply looks like: an embed, or a card of Components V2 with text, pictures and controls in one frame.

Both keep within Discord's limits.
"""

from collections.abc import Sequence
from typing import Any

import discord

from bot.chat.components import Control
from bot.chat.reply import ACCENT, Picture
from bot.chat.text import EMBED_LIMIT, cut

TEXT_LIMIT = 4_000
"""Characters of all texts of one layout together."""

TITLE_LIMIT = 256
"""Characters of an embed's title."""

ControlRow = Sequence[Control]
"""Up to five buttons, or one select."""

CardPart = str | ControlRow | Picture
"""What a card is made of, top to bottom: markdown, a row of controls, or a picture that is sent along."""


def embed(title: str, text: str, colour: discord.Colour = ACCENT) -> discord.Embed:
    return discord.Embed(title=cut(title, TITLE_LIMIT), description=cut(text, EMBED_LIMIT), colour=colour)


def card(*parts: CardPart, colour: discord.Colour = ACCENT) -> discord.ui.LayoutView:
    """A framed card that never times out; text beyond the limit is cut, the last of it first.

    A picture must also stand in the reply's `pictures`, which uploads it.
    """
    framed: discord.ui.Container[Any] = discord.ui.Container(accent_colour=colour)
    left = TEXT_LIMIT
    for part in parts:
        if isinstance(part, str):
            text = cut(part, left) if left > 0 else ""
            left -= len(text)
            if text:
                framed.add_item(discord.ui.TextDisplay(text))
        elif isinstance(part, Picture):
            item = discord.MediaGalleryItem(f"attachment://{part.name}", description=part.description)
            framed.add_item(discord.ui.MediaGallery(item))
        else:
            framed.add_item(discord.ui.ActionRow(*part))
    layout = discord.ui.LayoutView(timeout=None)
    layout.add_item(framed)
    return layout
