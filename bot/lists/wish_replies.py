"""What was not understood of a wish, and what may have been meant."""

from collections.abc import Sequence

from bot.chat.components import ActionButton, view
from bot.chat.language import gettext, gettext_noop, listed, ngettext
from bot.chat.markdown import escape, quote
from bot.chat.reply import Reply
from bot.chat.text import OPTION_LIMIT, cut, plain
from bot.lists.filter_replies import facts_of
from bot.lists.wishes import Unread
from bot.lists.wishes.everyday import mood
from bot.lists.wishes.lacking import Fact
from bot.lists.wishes.reading import Topic

OFFERED = 5
"""Buttons of one row."""
NAMED = 3

_QUESTIONS: dict[Topic, str] = {
    "childhood": gettext_noop("When was that?"),
    "old": gettext_noop("How old may it be?"),
    "foreign": gettext_noop("From where?"),
    "same": gettext_noop("More of what? Name a film, like this: {prefix}recommend like Heat"),
    "title": gettext_noop("I am not sure which film {text} is."),
    "years": gettext_noop("{text} and {instead} do not go together, so I took {instead}."),
}


def remarks(
    unread: Sequence[Unread],
    lacking: Sequence[Fact],
    prefix: str,
    without_moods: Sequence[str] = (),
    unplaced: int = 0,
    *,
    is_usual: bool = False,
) -> list[str]:
    """Each in small text: questions first, then the words that nothing is known of, then what the films do not tell.

    That a film carries a mood is known of few, so what is left out of it may slip through. The `unplaced` films may be
    from where the list was to be from. A list `is_usual` that was not narrowed by anything.
    """
    said = [_question(one, prefix) for one in unread if one.topic not in (None, "years")][:1]
    said += [_question(one, prefix) for one in unread if one.topic == "years"]
    if unknown := [one for one in unread if one.topic is None]:
        words = _list(unknown)
        left_out = ngettext(
            "I do not know {words}, so I left it out.",
            "I do not know {words}, so I left them out.",
            len(unknown),
            words=words,
        )
        is_offered = any(one.offers for one in unknown)
        said.append(f"{_unknown(words)} {gettext('Did you mean one of these?')}" if is_offered else left_out)
    if lacking and is_usual:
        facts = facts_of(lacking)
        said.append(gettext("I do not know {facts}, so these are what I would show you anyway.", facts=facts))
    elif lacking:
        said.append(gettext("I do not know {facts}, so I left that out.", facts=facts_of(lacking)))
    if unplaced:
        said.append(
            ngettext(
                "Of {n} film here I do not know where it comes from, so it may be missing.",
                "Of {n} films here I do not know where they come from, so some may be missing.",
                unplaced,
            )
        )
    if tagged := [one for one in map(mood, without_moods) if one.tags]:
        shown = quote(gettext(tagged[0].shown))
        said.append(gettext("Few films are marked {mood}, so one may slip through.", mood=shown))
    return [f"-# {one}" for one in said]


def offers(unread: Sequence[Unread], owner_id: int, list_id: int | None) -> list[ActionButton]:
    """What may have been meant, a button each; none where the list could not be kept."""
    if list_id is None:
        return []
    offered = dict.fromkeys(offer for one in sorted(unread, key=lambda one: one.topic is None) for offer in one.offers)
    return [
        ActionButton(cut(plain(one.label), OPTION_LIMIT - 20), "wish_also", owner_id, list_id, one.kind, one.written)
        for one in list(offered)[:OFFERED]
    ]


def ask_back(unread: Sequence[Unread], owner_id: int, list_id: int | None, prefix: str) -> Reply:
    """Where nothing else was understood: the question alone, and how a wish is written."""
    questions = [one for one in unread if one.topic is not None]
    buttons = offers(unread, owner_id, list_id)
    if questions:
        said = _question(questions[0], prefix)
    else:
        offered = [gettext("Did you mean one of these?")] if buttons else []
        how = gettext(
            "Genres, moods, years and films all work: {prefix}recommend something funny from the 90s",
            prefix=escape(prefix),
        )
        said = " ".join([_unknown(_list(unread)), *offered, how])
    return Reply(said, view=view(*buttons) if buttons else None)


def _question(one: Unread, prefix: str) -> str:
    assert one.topic is not None
    if one.topic == "foreign" and not one.offers:
        return gettext("I do not know {facts}.", facts=facts_of(["origins"]))
    return gettext(_QUESTIONS[one.topic], text=quote(one.text), instead=quote(one.instead), prefix=escape(prefix))


def _unknown(words: str) -> str:
    return gettext("I do not know {words}.", words=words)


def _list(unread: Sequence[Unread]) -> str:
    return listed([quote(one.text) for one in unread[:NAMED]])
