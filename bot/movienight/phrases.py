"""People and times in the sentences of a movie night."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from discord.utils import format_dt

from bot.chat.language import gettext, gettext_noop, listed, ngettext
from bot.chat.markdown import person
from bot.lists import filter_replies
from bot.movienight.wishes import Wishes
from recommender.groups import Strategy

Names = Mapping[int, str]
"""Display names of those who are there and may be shown, by Discord id."""

NAMED_AT_MOST = 10
_STRATEGIES: dict[Strategy, str] = {
    "average": gettext_noop("the average decides"),
    "average_without_misery": gettext_noop("the average decides, without what somebody would dislike"),
    "least_misery": gettext_noop("the least happy decides"),
}


def people(ids: Iterable[int], names: Names, total: int) -> str:
    """`alice, bob and one more`, escaped; `total` counts those too who are not shown."""
    shown = [person(names[one]) for one in ids if one in names][:NAMED_AT_MOST]
    others = total - len(shown)
    if not shown:
        return ngettext("{n} person", "{n} people", others)
    return listed([*shown, *([ngettext("one more", "{n} more", others)] if others > 0 else [])])


def at(moment: int) -> str:
    """A moment in each reader's own time, and how far it is."""
    stamp = datetime.fromtimestamp(moment, UTC)
    return f"{format_dt(stamp, 'F')} ({format_dt(stamp, 'R')})"


def wishes(asked: Wishes) -> str:
    """`Horror · 1990s · also what some of you have seen`, and the time; empty where nothing is asked for."""
    said = [filter_replies.words(asked.filters)] if not asked.filters.is_plain else []
    if asked.rewatch:
        said.append(gettext("also what some of you have seen"))
    if asked.strategy in _STRATEGIES:
        said.append(gettext(_STRATEGIES[asked.strategy]))
    if asked.at is not None:
        said.append(at(asked.at))
    return " · ".join(said)
