"""People and times in the sentences of a movie night."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from discord.utils import format_dt

from bot.chat.markdown import person
from bot.chat.text import many
from bot.lists import filter_replies
from bot.movienight.wishes import Wishes

Names = Mapping[int, str]
"""Display names of those who are there and may be shown, by Discord id."""

NAMED_AT_MOST = 10
_COUNTS = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(number: int) -> str:
    """`three`; from eleven on in digits."""
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def people(ids: Iterable[int], names: Names, total: int) -> str:
    """`alice, bob and one more`, escaped; `total` counts those too who are not shown."""
    shown = [person(names[one]) for one in ids if one in names][:NAMED_AT_MOST]
    others = total - len(shown)
    parts = shown + ([f"{count(others)} more" if shown else count(others)] if others > 0 else [])
    return joined(parts) or "nobody"


def joined(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    *most, last = parts or [""]
    return f"{', '.join(most)} and {last}" if most else last


def at(moment: int) -> str:
    """A moment in each reader's own time, and how far it is."""
    stamp = datetime.fromtimestamp(moment, UTC)
    return f"{format_dt(stamp, 'F')} ({format_dt(stamp, 'R')})"


def wishes(asked: Wishes) -> str:
    """`Horror · 1990s · also what some of you have seen`; empty where nothing is asked for."""
    said = [filter_replies.words(asked.filters)] if not asked.filters.is_plain else []
    if asked.rewatch:
        said.append("also what some of you have seen")
    said += {
        "average": ["the average decides"],
        "average_without_misery": ["the average decides, without what somebody would dislike"],
        "least_misery": ["the least happy decides"],
    }.get(asked.strategy, [])
    return " · ".join(said)


def coming(number: int) -> str:
    return f"{many(number, 'person is', 'people are')} interested"
