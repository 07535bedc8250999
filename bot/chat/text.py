"""Text that people typed or that files hold, made safe and short enough for Discord."""

import re
import unicodedata
from datetime import UTC, datetime

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
_MARKUP = re.compile(r"[\\*_~`|\[\]<>#]")


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


def quote(text: str, limit: int = ECHO_LIMIT) -> str:
    """What somebody typed, to be shown back to them."""
    return f"“{escape(cut(plain(text), limit))}”"


def escape(text: str) -> str:
    """No markdown, no link and no mention in it survives."""
    escaped = _MARKUP.sub(r"\\\g<0>", text)
    return escaped.replace("@", "@\u200b").replace("://", ":\u200b//")


def bold(movie: Movie) -> str:
    """A film as it stands in a sentence: **Heat (1995)**."""
    return f"**{name(movie)}**"


def name(movie: Movie) -> str:
    return escape(cut(plain(movie.label), TITLE_LIMIT))


def title(movie: Movie) -> str:
    """A film without its year, where several stand in one line."""
    return escape(cut(plain(movie.title), TITLE_LIMIT))


def person(shown_name: str) -> str:
    """A member's name as it stands in a title."""
    return escape(cut(plain(shown_name), ECHO_LIMIT))


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


def day(at: int) -> str:
    """When that was, in epoch seconds, as people read it: `3 Mar 2024`."""
    then = datetime.fromtimestamp(at, UTC)
    return f"{then.day} {then:%b %Y}"


def moment(stamp: str) -> str:
    """An ISO stamp as people read it, `2026-11-24 13:42 UTC`; anything else stays as it is."""
    try:
        return f"{datetime.fromisoformat(stamp).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return stamp


def moment_of(at: int) -> str:
    """Epoch seconds as people read them, `2026-11-24 13:42 UTC`."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"
