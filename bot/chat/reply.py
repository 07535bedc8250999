"""A reply: what is sent, as a value that a command, a button and an edit can use alike."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import discord

ACCENT = discord.Colour(0xE0A526)
CALM = discord.Colour(0x5C6B7A)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with the alternative text that tells the same."""

    name: str
    png: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file to keep, such as an export."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """Ephemeral replies are seen by the asker only, where Discord can do that (slash and components).

    Either a `layout` (see `bot.chat.cards`), which holds text and controls itself, or content, embed and view, or a
    `poll`. Discord lets a message become a layout by an edit, and never the reverse.
    """

    content: str | None = None
    embed: discord.Embed | None = None
    view: discord.ui.View | None = None
    layout: discord.ui.LayoutView | None = None
    pictures: tuple[Picture, ...] = field(default=())
    documents: tuple[Document, ...] = field(default=())
    ephemeral: bool = False
    poll: discord.Poll | None = None

    def to_send(self) -> dict[str, Any]:
        """Keyword arguments of `send`."""
        arguments: dict[str, Any] = {}
        if self.content is not None:
            arguments["content"] = self.content
        if self.embed is not None:
            arguments["embed"] = self.embed
        if (view := self._controls()) is not None:
            arguments["view"] = view
        if self.poll is not None:
            arguments["poll"] = self.poll
        if self.pictures or self.documents:
            arguments["files"] = self._files()
        return arguments

    def to_edit(self) -> dict[str, Any]:
        """Keyword arguments of `edit`: what this reply lacks goes from the message."""
        return {
            "content": self.content,
            "embed": self.embed,
            "view": self._controls(),
            "attachments": self._files(),
        }

    def _controls(self) -> discord.ui.View | discord.ui.LayoutView | None:
        """A press finds its action by the custom id: discord.py is spared each view, and a timer per private one."""
        view = self.layout or self.view
        if view is not None:
            view.stop()
        return view

    def _files(self) -> list[discord.File]:
        pictures = [
            discord.File(BytesIO(picture.png), picture.name, description=picture.description)
            for picture in self.pictures
        ]
        return pictures + [discord.File(BytesIO(document.content), document.name) for document in self.documents]
