"""What all lists of a member keep to, in words."""

from bot.chat.components import ActionButton, view
from bot.chat.markdown import escape
from bot.chat.reply import Reply
from bot.chat.sentences import sentence
from bot.chat.text import cut
from bot.lists.defaults import Defaults, NoDefaultError
from bot.lists.filter_replies import unknown_facts, words
from bot.lists.filters import PLAIN

TOLD_LIMIT = 1_000
"""Characters of the defaults where nothing else is told."""

EXAMPLE = "defaults never horror, under two hours"


def shown(defaults: Defaults, prefix: str) -> Reply:
    """As they stand, and how they are changed."""
    start = escape(prefix)
    if defaults.filters == PLAIN:
        return Reply(f"Is there something you never want to see? Say it once: {start}{EXAMPLE}", ephemeral=True)
    return Reply(
        f"Your lists keep to this: {_told(defaults)}\n"
        f"-# {start}defaults with a wish adds to it, {start}defaults clear ends it, and one list does without:"
        f" {start}recommend without defaults",
        ephemeral=True,
    )


def added(defaults: Defaults, prefix: str) -> Reply:
    """From now on."""
    if defaults.change_id is None:
        return shown(defaults, prefix)
    return _changed(
        f"From now on your lists keep to this: {_told(defaults)}\n"
        f"-# For one list without: {escape(prefix)}recommend without defaults",
        defaults,
    )


def cleared(defaults: Defaults, prefix: str) -> Reply:
    """No more."""
    if defaults.change_id is None:
        return shown(defaults, prefix)
    return _changed("Your lists keep to nothing in particular any more.", defaults)


def _told(defaults: Defaults) -> str:
    said = f"{cut(words(defaults.filters), TOLD_LIMIT)}."
    return f"{said}\n-# {unknown_facts(defaults.lacking)}, so that has to wait." if defaults.lacking else said


def _changed(said: str, defaults: Defaults) -> Reply:
    return Reply(said, view=view(ActionButton("Undo", "undo", defaults.owner_id, defaults.change_id)), ephemeral=True)


@sentence.register
def _(error: NoDefaultError, prefix: str = "!") -> str:
    return (
        "Genres, moods, years, lengths, people and countries can be kept for all your lists, in your own words:"
        f" {prefix}{EXAMPLE}"
    )
