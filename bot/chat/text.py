"""Text that people typed or that files hold, made calm and short enough for Discord; and numbers in words."""

import unicodedata
from itertools import takewhile

import regex

from bot.chat.language import ngettext
from data import Movie

MESSAGE_LIMIT = 2_000
EMBED_LIMIT = 4_096
OPTION_LIMIT = 100
TITLE_LIMIT = 120
ECHO_LIMIT = 60

_GRAPHEME = regex.compile(r"\X")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_MARKS_KEPT = 2
_STACKED = frozenset({"Mn", "Me"})
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut between graphemes, with an ellipsis where something is missing."""
    if len(text) <= limit:
        return text
    ends = (grapheme.end() for grapheme in _GRAPHEME.finditer(text))
    return text[: max(takewhile(limit.__gt__, ends), default=0)].rstrip() + "…"


def plain(text: str) -> str:
    """One calm line: no control or direction marks, no towers of combining marks, single blanks."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character.isspace():
            character = " "
        elif category in _UNSEEN and character not in _JOINERS:
            continue
        # Joiners count too, or every other one of them would begin a new tower.
        marks = marks + 1 if category in _STACKED or character in _JOINERS else 0
        if marks <= _MARKS_KEPT:
            kept.append(character)
    return " ".join("".join(kept).split())


def option(movie: Movie) -> str:
    """A film as a label of a select or autocomplete choice, where Discord reads no markdown."""
    return cut(plain(movie.label), OPTION_LIMIT)


def many(number: int, one: str, more: str | None = None) -> str:
    """`1 rating`, `1,204 ratings`."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def in_hours(minutes: int) -> str:
    """How long a film is: `2 h 50 min`."""
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest or not hours else [])])


def in_minutes(seconds: float) -> str:
    """A duration somebody waits for: `40 s`, `3 min`, `2 h`, `5 days`."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5_400:
        return f"{round(seconds / 60)} min"
    if seconds < 172_800:
        return f"{round(seconds / 3_600)} h"
    return ngettext("{n} day", "{n} days", round(seconds / 86_400))
