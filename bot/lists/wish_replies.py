"""What was not understood of a wish, and what may have been meant."""

from collections.abc import Sequence

from bot.chat.components import ActionButton, view
from bot.chat.markdown import escape, quote
from bot.chat.reply import Reply
from bot.chat.text import OPTION_LIMIT, cut, plain
from bot.lists.filter_replies import unknown_facts
from bot.lists.wishes import Unread
from bot.lists.wishes.everyday import mood
from bot.lists.wishes.lacking import Fact
from bot.lists.wishes.reading import Topic

OFFERED = 5
"""Buttons of one row."""
NAMED = 3

_QUESTIONS: dict[Topic, str] = {
    "childhood": "When was that?",
    "old": "How old may it be?",
    "foreign": "From where?",
    "same": "More of what? Name a film, like this: {prefix}recommend like Heat",
    "title": "I am not sure which film {text} is.",
}


def remarks(
    unread: Sequence[Unread], lacking: Sequence[Fact], prefix: str, without_moods: Sequence[str] = ()
) -> list[str]:
    """Each in small text: questions first, then the words that nothing is known of, then what the films do not tell.

    That a film carries a mood is known of few, so what is left out of it may slip through.
    """
    said = [_question(one, prefix) for one in unread if one.topic is not None][:1]
    if words := [quote(one.text) for one in unread if one.topic is None]:
        has_offers = any(one.offers for one in unread if one.topic is None)
        left = f", so I left {'it' if len(words) == 1 else 'them'} out."
        said.append(f"I do not know {_list(words)}{'. Did you mean one of these?' if has_offers else left}")
    if lacking:
        said.append(f"{unknown_facts(lacking)}, so I left that out.")
    if without_moods:
        said.append(f"Few films are marked {quote(mood(without_moods[0]).shown)}, so one may slip through.")
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
        said = f"I do not know {_list([quote(one.text) for one in unread])}."
        said += " Did you mean one of these?" if buttons else ""
        said += f" Genres, moods, years and films all work: {escape(prefix)}recommend something funny from the 90s"
    return Reply(said, view=view(*buttons) if buttons else None)


def _question(one: Unread, prefix: str) -> str:
    assert one.topic is not None
    if one.topic == "foreign" and not one.offers:
        return f"{unknown_facts(['origins'])}."
    return _QUESTIONS[one.topic].format(text=quote(one.text), prefix=escape(prefix))


def _list(words: Sequence[str]) -> str:
    *most, last = words[:NAMED]
    return f"{', '.join(most)} and {last}" if most else last
