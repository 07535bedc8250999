"""A language in which whatever passes `gettext` is marked, so that what does not can be found."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from simcord.backend.models import Message

from bot.chat import language

READ = {"content", "title", "description", "label", "placeholder", "text"}
"""Fields of Discord's wire whose text people read; those of options and of footers too."""
_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LINK = re.compile(r"</[^>]*>|<t:[^>]*>|`[^`]*`|[!/]\w+")
"""Commands and moments, as Discord draws them, and commands as they are typed."""


class Marked:
    """In place of a catalogue."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, more: str, n: int) -> str:
        return f"⟦{one if n == 1 else more}⟧"


def speak_marked(monkeypatch: Any) -> None:
    marked = Marked()
    monkeypatch.setattr(language, "_catalogue", lambda chosen: marked)


def unmarked_in(message: Message, known: Iterable[str]) -> set[str]:
    """Words that people read in a message, its pictures' descriptions too, and that are neither marked nor `known`."""
    files = [one.get("description") or "" for one in message.attachments]
    texts = [message.content or "", *_texts(message.embeds), *_texts(message.components), *files]
    words = {word for text in texts for word in _WORD.findall(_LINK.sub(" ", _without_marked(text)))}
    return words.difference(known)


def words_of(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text)}


def _texts(wire: Any) -> Iterator[str]:
    if isinstance(wire, dict):
        for name, value in wire.items():
            if name in READ and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(wire, list | tuple):
        for one in wire:
            yield from _texts(one)


def _without_marked(text: str) -> str:
    """What is marked may hold what is."""
    before = ""
    while before != text:
        before, text = text, _INNERMOST.sub(" ", text)
    return text
