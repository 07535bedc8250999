"""Text that people typed or that files hold, as it may stand in Discord's Markdown."""

import re
from datetime import UTC, datetime

from discord.utils import escape_markdown, format_dt

from bot.chat.language import gettext
from bot.chat.text import ECHO_LIMIT, TITLE_LIMIT, cut, plain
from data import Movie

_PARTED = re.compile(r"@|:(?=//)|\](?=\()")
_ESCAPED_OR_LEFT = re.compile(r"(\\.)|[\[\]<>#]", re.DOTALL)


def quote(text: str, limit: int = ECHO_LIMIT) -> str:
    """What somebody typed, to be shown back to them."""
    return gettext("“{text}”", text=escape(cut(plain(text), limit)))


def escape(text: str) -> str:
    """No markdown, no link and no mention in it survives."""
    # The library leaves mentions, time stamps and emoji, and in a masked link all but its first bracket.
    escaped = escape_markdown(_PARTED.sub("\\g<0>\u200b", text), ignore_links=False)
    return _ESCAPED_OR_LEFT.sub(lambda one: one[1] or f"\\{one[0]}", escaped)


def bold(movie: Movie) -> str:
    """A film as it stands in a sentence: **Heat (1995)**."""
    return f"**{name(movie)}**"


def kept(movie: Movie) -> str:
    """A film that something was kept about, as it stands in a list: told of where the catalogue has it no more."""
    return bold(movie) + (f" · {gettext('no longer in the catalogue')}" if movie.is_former else "")


def name(movie: Movie) -> str:
    return escape(cut(plain(movie.label), TITLE_LIMIT))


def title(movie: Movie) -> str:
    """A film without its year, where several stand in one line."""
    return escape(cut(plain(movie.title), TITLE_LIMIT))


def person(shown_name: str) -> str:
    """A member's name as it stands in a title."""
    return escape(cut(plain(shown_name), ECHO_LIMIT))


def day(at: int) -> str:
    """A day, of epoch seconds, which Discord shows each reader as it was where they are."""
    return format_dt(datetime.fromtimestamp(at, UTC), "D")


def moment(stamp: str) -> str:
    """The day and time of an ISO stamp, in the reader's own time, and how long ago; anything else stays as it is."""
    try:
        at = datetime.fromisoformat(stamp)
        return f"{format_dt(at)} ({format_dt(at, 'R')})"
    except ValueError:
        return stamp


def countdown(at: float) -> str:
    """`in 2 minutes` or `2 minutes ago`, of epoch seconds, as Discord counts it for each reader."""
    return format_dt(datetime.fromtimestamp(at, UTC), "R")


def moment_of(at: int) -> str:
    """The day and time of epoch seconds, in the reader's own time."""
    return format_dt(datetime.fromtimestamp(at, UTC))
