"""What all lists of a member keep to, in words."""

from bot.chat.components import ActionButton, view
from bot.chat.language import gettext
from bot.chat.markdown import escape
from bot.chat.reply import Reply
from bot.chat.sentences import sentence, short
from bot.chat.text import cut
from bot.lists.defaults import Defaults, NoDefaultError
from bot.lists.filter_replies import facts_of, words
from bot.lists.filters import PLAIN

TOLD_LIMIT = 1_000
"""Characters of the defaults where nothing else is told."""


def shown(defaults: Defaults, prefix: str) -> Reply:
    """As they stand, and how they are changed."""
    start = escape(prefix)
    if defaults.filters == PLAIN:
        said = gettext(
            "Is there something you never want to see? Say it once: {prefix}defaults never horror, under two hours",
            prefix=start,
        )
        return Reply(said, ephemeral=True)
    said = gettext("Your lists keep to this: {filters}.", filters=_filters(defaults))
    how = gettext(
        "{prefix}defaults and a wish adds to it, {prefix}defaults clear drops it all,"
        " {prefix}recommend without defaults skips it once.",
        prefix=start,
    )
    return Reply("\n-# ".join([said, *_waiting(defaults), how]), ephemeral=True)


def added(defaults: Defaults, prefix: str) -> Reply:
    """From now on."""
    if defaults.change_id is None:
        return shown(defaults, prefix)
    said = gettext("From now on your lists keep to this: {filters}.", filters=_filters(defaults))
    how = gettext("To skip this once: {prefix}recommend without defaults", prefix=escape(prefix))
    hiding = [] if defaults.film is None else [escape(_hiding(defaults.film, prefix))]
    return _changed("\n-# ".join([said, *hiding, *_waiting(defaults), how]), defaults)


def cleared(defaults: Defaults, prefix: str) -> Reply:
    """No more."""
    if defaults.change_id is None:
        return shown(defaults, prefix)
    return _changed(gettext("Your lists are open to everything again."), defaults)


def _filters(defaults: Defaults) -> str:
    return cut(words(defaults.filters), TOLD_LIMIT)


def _waiting(defaults: Defaults) -> list[str]:
    """What no film tells yet."""
    if not defaults.lacking:
        return []
    return [gettext("I do not know {facts}, so that has to wait.", facts=facts_of(defaults.lacking))]


def _changed(said: str, defaults: Defaults) -> Reply:
    undo = ActionButton(gettext("Undo"), "undo", defaults.owner_id, defaults.change_id)
    return Reply(said, view=view(undo), ephemeral=True)


def _hiding(film: str, prefix: str) -> str:
    return gettext("If you never want to see a film, hide it: {prefix}hide add {film}", film=short(film), prefix=prefix)


@sentence.register
def _(error: NoDefaultError, prefix: str = "!") -> str:
    if error.film is not None:
        return _hiding(error.film, prefix)
    return gettext(
        "Genres, moods, years, lengths, people and countries can be kept for all your lists, in your own words:"
        " {prefix}defaults never horror, under two hours",
        prefix=prefix,
    )
