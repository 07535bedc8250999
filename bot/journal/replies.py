"""What was taken back or brought back, and pages of what a member has changed."""

from typing import cast

from bot.chat.cards import card, embed
from bot.chat.components import ActionButton, view
from bot.chat.markdown import bold, escape, moment_of
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.chat.stars import number, stars
from bot.chat.text import MESSAGE_LIMIT, cut, many
from bot.imports.replies import SITES
from bot.journal.service import HistoryPage, LastWasLarge, NothingToUndoError, TakenBack, ToldChange, ToldEntry
from bot.lists.filter_replies import words
from bot.lists.filters import Filters
from bot.members.replies import VISIBLE_TO
from bot.shelves.replies import OFF, ON
from data.store import Shelf, State, Visibility
from data.store.changes import SETTINGS, What

DESCRIBED_LIMIT = 300
"""Characters of an entry in a page."""
_WORDS: dict[tuple[What, bool], str] = {
    ("rating", True): "rating",
    ("rating", False): "forgotten rating",
    ("shelf", True): "film on a shelf",
}
ALL: tuple[tuple[What, bool], ...] = (*_WORDS, *((one, is_there) for one in SETTINGS for is_there in (True, False)))


def taken_back(result: TakenBack, *, as_card: bool = False) -> Reply:
    """What it was, how it stands now, and the way back. A message that is a card stays one."""
    lines = [_taken_back(told, is_undo=result.is_undo) for told in result.entries]
    if left := sum(told.entry.left for told in result.entries):
        lines.append(f"-# {many(left, 'change')} stayed, since you changed the same again later.")
    text = cut("\n".join(lines), MESSAGE_LIMIT)
    buttons = []
    if len(result.entries) == 1:
        buttons.append(_button(result.owner_id, result.entries[0], is_undone=result.is_undo))
    if as_card:
        return Reply(layout=card(text, *([buttons] if buttons else ()), colour=CALM))
    is_setting = any(one.change.thing.what in SETTINGS for told in result.entries for one in told.changes)
    return Reply(text, view=view(*buttons) if buttons else None, ephemeral=is_setting)


def _button(owner_id: int, told: ToldEntry, *, is_undone: bool) -> ActionButton:
    one = _only(told)
    film = () if one is None or one.movie is None else (one.movie.movie_id,)  # for who replies to the message
    label = "Restore" if is_undone else "Undo" if one is not None else "Undo all"
    return ActionButton(label, "restore" if is_undone else "undo", owner_id, told.entry.entry_id, *film)


def _taken_back(told: ToldEntry, *, is_undo: bool) -> str:
    one = _only(told)
    if one is None:
        return f"{'Taken back' if is_undo else 'Brought back'}: {described(told, is_undone=is_undo)}."
    was, now = (one.change.after, one.change.before) if is_undo else (one.change.before, one.change.after)
    if one.movie is None:
        return f"{'Changed back' if is_undo else 'Changed again'}: {_setting(one.change.thing.what, now)}."
    film, what = bold(one.movie), one.change.thing.what
    if now is None:
        gone = f"{film} {_gone(what, was)}."
        return f"Taken back: {film} {stars(was.stars)}. It is no longer rated." if what == "rating" and was else gone
    if was is None or not is_undo:
        return f"{film} {_there(what, now)} again."
    if what == "rating":
        return f"Taken back: {film} {stars(was.stars)}. It {_there(what, now)} again."
    return f"{film} {_gone(what, was)}. It {_there(what, now)} again."


def _only(told: ToldEntry) -> ToldChange | None:
    """The one thing that was done; None for several. A film that was rated and so left a shelf is one."""
    main = _main(told)
    return main[0] if told.entry.source is None and len(main) == 1 and _count(told, *ALL) == 1 else None


def _main(told: ToldEntry) -> list[ToldChange]:
    """The first changes without those that came of others."""
    return [one for one in told.changes if one.change.thing.what != "shelf" or one.change.after] or list(told.changes)


def _count(told: ToldEntry, *kinds: tuple[What, bool]) -> int:
    counts = told.entry.counts
    of_shelves = counts.get(("shelf", False), 0)
    return sum(counts.get(kind, 0) for kind in kinds) or of_shelves


def described(told: ToldEntry, *, is_undone: bool = False) -> str:
    """What a member did, in a few words: a film and its stars, or how many of what."""
    if (one := _only(told)) is not None:
        after, what = one.change.after, one.change.thing.what
        if one.movie is None:
            return _setting(what, after)
        if what == "rating" and after is not None:
            was = f" (was {number(one.change.before.stars)})" if one.change.before is not None else ""
            return f"{bold(one.movie)} {stars(after.stars)}{was}"
        return f"{bold(one.movie)} {_gone(what, one.change.before) if after is None else _there(what, after)}"
    parts = [many(count, word) for kind, word in _WORDS.items() if (count := told.entry.counts.get(kind, 0))]
    if told.entry.source is not None:
        return f"your import from {SITES.get(told.entry.source, 'a file')}, {' and '.join(parts)}"
    films = [bold(one.movie) for one in _main(told) if one.movie is not None]
    more = _count(told, *_WORDS) - len(films)
    named = ", ".join(films) + (f" and {more:,} more" if more > 0 else "")
    settings = [
        _setting(one.change.thing.what, one.change.before if is_undone else one.change.after)
        for one in told.changes
        if one.movie is None
    ]
    return "; ".join([f"{' and '.join(parts)} ({named})", *settings])


def _there(what: What, state: State) -> str:
    return f"has {stars(state.stars)}" if what == "rating" else ON[cast("Shelf", state.value)]


def _gone(what: What, state: State | None) -> str:
    return "is no longer rated" if what == "rating" or state is None else OFF[cast("Shelf", state.value)]


def _setting(setting: What, state: State | None) -> str:
    match setting:
        case "visibility":
            seen_by = VISIBLE_TO[cast("Visibility", state.value)] if state is not None else ""
            return f"your ratings and your profile are seen by {seen_by}"
        case "trains":
            return f"training {'uses' if state is not None and state.value else 'leaves out'} your ratings"
        case "has_pictures":
            return "you get pictures" if state is not None and state.value else "you get words in place of pictures"
        case "language":
            chosen = {"en": "English", "de": "German"}.get(str(state.value)) if state is not None else None
            return f"I answer you in {chosen or 'the language of your Discord'}"
        case "list_defaults":
            said = words(Filters.from_json(str(state.value))) if state is not None else ""
            return f"your lists keep to: {said}" if said else "your lists keep to nothing in particular"
        case "compares":
            return f"your taste can be compared with {'others' if state is not None and state.value else 'nobody'}"
        case _:
            return f"you start from {f'MovieLens user {state.value}' if state is not None else 'nobody'}"


def ask_first(asked: LastWasLarge) -> Reply:
    """An import is taken back by a press."""
    return Reply(
        f"Your last change was {described(asked.told)}. Take back all of it?",
        view=view(ActionButton("Undo import", "undo", asked.owner_id, asked.told.entry.entry_id)),
        ephemeral=True,
    )


def door(owner_id: int) -> Reply:
    """In front of others only a button, which opens the rest to its owner alone."""
    return Reply(
        "What you changed is for your eyes only.",
        view=view(ActionButton("Open", "history_open", owner_id)),
        ephemeral=True,
    )


def history(shown: HistoryPage, prefix: str, *, note: str = "") -> Reply:
    """Ten changes, each with the button that takes it back or brings it back where that still can be."""
    if not shown.entries:
        return Reply(f"You have changed nothing yet. Start with {escape(prefix)}rate Toy Story 4.5", ephemeral=True)
    lines, buttons = [], []
    for place, told in enumerate(shown.entries, shown.page.first + 1):
        entry = told.entry
        is_undone = entry.is_undone
        what = cut(described(told), DESCRIBED_LIMIT)
        line = f"{place}. {what[:1].upper()}{what[1:]} · {moment_of(entry.at)}"
        lines.append(f"~~{line}~~" if is_undone else line)
        if entry.can_undo or entry.can_restore:
            label = f"{'Restore' if is_undone else 'Undo'} {place}"
            action = "history_restore" if is_undone else "history_undo"
            buttons.append(ActionButton(label, action, shown.owner_id, entry.entry_id, shown.page.number))
    made = embed("What you changed", "\n".join([*([note, ""] if note else ()), *lines]), CALM)
    made.set_footer(text=whereabouts(shown.page, "change"))
    return Reply(embed=made, view=view(*buttons, *controls("history_page", shown.owner_id, shown.page)), ephemeral=True)


def noted(result: TakenBack) -> str:
    """What a press under a page of the history did."""
    return taken_back(result).content or ""


@sentence.register
def _(error: NothingToUndoError, prefix: str = "!") -> str:
    return f"There is nothing to take back. {prefix}history lists what you have changed."
