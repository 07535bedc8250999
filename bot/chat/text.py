"""Text that people typed or that files hold, made calm and short enough for Discord; and numbers in words."""

import unicodedata

from data import Movie

MESSAGE_LIMIT = 2_000
EMBED_LIMIT = 4_096
OPTION_LIMIT = 100
TITLE_LIMIT = 120
ECHO_LIMIT = 60

_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_MARKS_KEPT = 2
_STACKED = frozenset({"Mn", "Me"})
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut between graphemes, with an ellipsis where something is missing."""
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 0 and _is_inside_grapheme(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def _is_inside_grapheme(text: str, at: int) -> bool:
    """Whether a cut before `text[at]` would part a mark from its base, an emoji sequence or a flag."""
    character = text[at]
    if _is_mark(character) or "🏻" <= character <= "🏿" or text[at - 1] == "\u200d":
        return True
    if not (_is_flag_half(character) and _is_flag_half(text[at - 1])):
        return False
    halves_before = next((n for n, one in enumerate(reversed(text[:at])) if not _is_flag_half(one)), at)
    return halves_before % 2 == 1


def _is_mark(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character).startswith("M")


def _is_flag_half(character: str) -> bool:
    return "🇦" <= character <= "🇿"


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


def in_minutes(seconds: float) -> str:
    """A duration somebody waits for: `40 s`, `3 min`, `2 h`, `5 days`."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5_400:
        return f"{round(seconds / 60)} min"
    if seconds < 172_800:
        return f"{round(seconds / 3_600)} h"
    return f"{round(seconds / 86_400)} days"
