"""What was taken back or brought back, and pages of what a member has changed."""

from collections.abc import Callable
from typing import cast

from bot.chat.cards import card, embed
from bot.chat.components import ActionButton, view
from bot.chat.language import gettext, gettext_noop, listed, ngettext
from bot.chat.markdown import bold, escape, moment_of
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.chat.stars import number, stars
from bot.chat.text import MESSAGE_LIMIT, cut
from bot.imports.replies import SITES
from bot.journal.service import AskFirst, HistoryPage, NothingToUndoError, TakenBack, ToldChange, ToldEntry
from bot.lists.filter_replies import words
from bot.lists.filters import Filters
from bot.members.replies import SEEN_BY
from bot.shelves.replies import OFF, ON
from data.store import Shelf, State, Visibility
from data.store.changes import SETTINGS, Setting, What

DESCRIBED_LIMIT = 300
"""Characters of an entry in a page."""
_WORDS: dict[tuple[What, bool], Callable[[int], str]] = {
    ("rating", True): lambda n: ngettext("{n} rating", "{n} ratings", n),
    ("rating", False): lambda n: ngettext("{n} forgotten rating", "{n} forgotten ratings", n),
    ("shelf", True): lambda n: ngettext("{n} film on a shelf", "{n} films on a shelf", n),
}
ALL: tuple[tuple[What, bool], ...] = (*_WORDS, *((one, is_there) for one in SETTINGS for is_there in (True, False)))
_AGAIN: dict[Shelf, str] = {
    "watchlist": gettext_noop("{film} is on your watchlist again."),
    "hidden": gettext_noop("{film} is hidden again."),
    "seen": gettext_noop("{film} is one you have seen again."),
}
_IT_AGAIN: dict[Shelf, str] = {
    "watchlist": gettext_noop("It is on your watchlist again."),
    "hidden": gettext_noop("It is hidden again."),
    "seen": gettext_noop("It is one you have seen again."),
}


def taken_back(result: TakenBack, *, as_card: bool = False) -> Reply:
    """What it was, how it stands now, and the way back. A message that is a card stays one."""
    lines = [_taken_back(told, is_undo=result.is_undo) for told in result.entries]
    if left := sum(told.entry.left for told in result.entries):
        stayed = ngettext(
            "{n} change stayed, since you changed the same again later.",
            "{n} changes stayed, since you changed the same again later.",
            left,
        )
        lines.append(f"-# {stayed}")
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
    label = gettext("Restore") if is_undone else gettext("Undo") if one is not None else gettext("Undo all")
    return ActionButton(label, "restore" if is_undone else "undo", owner_id, told.entry.entry_id, *film)


def _taken_back(told: ToldEntry, *, is_undo: bool) -> str:
    one = _only(told)
    if one is None:
        said = gettext_noop("Taken back: {what}.") if is_undo else gettext_noop("Brought back: {what}.")
        return gettext(said, what=described(told, is_undone=is_undo))
    was, now = (one.change.after, one.change.before) if is_undo else (one.change.before, one.change.after)
    what = one.change.thing.what
    if one.movie is None:
        said = gettext_noop("Changed back: {setting}.") if is_undo else gettext_noop("Changed again: {setting}.")
        return gettext(said, setting=_setting(what, now))
    film = bold(one.movie)
    if now is None:
        if what == "rating" and was:
            return gettext("Taken back: {film} {stars}. It is no longer rated.", film=film, stars=stars(was.stars))
        return f"{_gone(film, what, was)}."
    if what == "rating":
        if was is None or not is_undo:
            return gettext("{film} has {stars} again.", film=film, stars=stars(now.stars))
        return gettext(
            "Taken back: {film} {stars}. It has {before} again.",
            film=film,
            stars=stars(was.stars),
            before=stars(now.stars),
        )
    shelf = cast("Shelf", now.value)
    if was is None or not is_undo:
        return gettext(_AGAIN[shelf], film=film)
    return f"{_gone(film, what, was)}. {gettext(_IT_AGAIN[shelf])}"


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
        film = bold(one.movie)
        if after is None:
            return _gone(film, what, one.change.before)
        if what != "rating":
            return gettext(ON[cast("Shelf", after.value)], film=film)
        if (before := one.change.before) is None:
            return f"{film} {stars(after.stars)}"
        return gettext(
            "{film} {stars} (was {before})", film=film, stars=stars(after.stars), before=number(before.stars)
        )
    parts = listed([word(count) for kind, word in _WORDS.items() if (count := told.entry.counts.get(kind, 0))])
    if told.entry.source is not None:
        site = SITES.get(told.entry.source)
        if site is None:
            return gettext("your import from a file, {what}", what=parts)
        return gettext("your import from {site}, {what}", site=site, what=parts)
    films = [bold(one.movie) for one in _main(told) if one.movie is not None]
    more = _count(told, *_WORDS) - len(films)
    named = listed([*films, ngettext("{n} more", "{n} more", more)]) if more > 0 else ", ".join(films)
    settings = [
        _setting(one.change.thing.what, one.change.before if is_undone else one.change.after)
        for one in told.changes
        if one.movie is None
    ]
    return "; ".join([f"{parts} ({named})", *settings])


def _gone(film: str, what: What, state: State | None) -> str:
    if what == "rating" or state is None:
        return gettext("{film} is no longer rated", film=film)
    return gettext(OFF[cast("Shelf", state.value)], film=film)


_ON_OR_OFF: dict[Setting, tuple[str, str]] = {
    "trains": (gettext_noop("training uses your ratings"), gettext_noop("training leaves out your ratings")),
    "has_pictures": (gettext_noop("you get pictures"), gettext_noop("you get words in place of pictures")),
    "compares": (
        gettext_noop("your taste can be compared with others"),
        gettext_noop("your taste can be compared with nobody"),
    ),
}
_LANGUAGES: dict[str, str] = {
    "en": gettext_noop("I answer you in English"),
    "de": gettext_noop("I answer you in German"),
}


def _setting(setting: What, state: State | None) -> str:
    value = None if state is None else state.value
    match setting:
        case "visibility":
            return gettext(SEEN_BY[cast("Visibility", value or "server")])
        case "trains" | "has_pictures" | "compares":
            on, off = _ON_OR_OFF[setting]
            return gettext(on if value else off)
        case "language":
            return gettext(_LANGUAGES.get(str(value), gettext_noop("I answer you in the language of your Discord")))
        case "list_defaults":
            said = "" if value is None else words(Filters.from_json(str(value)))
            if not said:
                return gettext("your lists keep to nothing in particular")
            return gettext("your lists keep to: {wishes}", wishes=said)
        case _:
            if value is None:
                return gettext("you start from nobody")
            return gettext("you start from MovieLens user {user}", user=value)


def ask_first(asked: AskFirst) -> Reply:
    """What would be taken back by a press."""
    told, what = asked.told, described(asked.told)
    label = gettext("Undo import") if told.entry.source is not None else gettext("Undo")
    film = "" if asked.film is None else bold(asked.film)
    match asked.why:
        case "large":
            said = gettext("Your last change was {what}. Take back all of it?", what=what)
        case "another":
            said = gettext("Your last change was: {what}. Take it back?", what=what)
        case "several":
            said = gettext("I take back one change at a time. Your last change was: {what}. Take it back?", what=what)
        case "nothing":
            said = gettext(
                "Nothing of {film} can be taken back. Your last change was: {what}. Take it back?", film=film, what=what
            )
        case "more":
            said = gettext("{film} came with more: {what}. Take back all of it?", film=film, what=what)
    return Reply(said, view=view(ActionButton(label, "undo", asked.owner_id, told.entry.entry_id)), ephemeral=True)


def door(owner_id: int) -> Reply:
    """In front of others only a button, which opens the rest to its owner alone."""
    return Reply(
        gettext("What you changed is for your eyes only."),
        view=view(ActionButton(gettext("Open"), "history_open", owner_id)),
        ephemeral=True,
    )


def history(shown: HistoryPage, prefix: str, *, note: str = "") -> Reply:
    """Ten changes, each with the button that takes it back or brings it back where that still can be."""
    if not shown.entries:
        nothing = gettext("You have changed nothing yet. Start with {prefix}rate Toy Story 4.5", prefix=escape(prefix))
        return Reply(nothing, ephemeral=True)
    lines, buttons = [], []
    for place, told in enumerate(shown.entries, shown.page.first + 1):
        entry = told.entry
        is_undone = entry.is_undone
        what = cut(described(told), DESCRIBED_LIMIT)
        line = f"{place}. {what[:1].upper()}{what[1:]} · {moment_of(entry.at)}"
        lines.append(f"~~{line}~~" if is_undone else line)
        if entry.can_undo or entry.can_restore:
            label = gettext("Restore {n}", n=place) if is_undone else gettext("Undo {n}", n=place)
            action = "history_restore" if is_undone else "history_undo"
            buttons.append(ActionButton(label, action, shown.owner_id, entry.entry_id, shown.page.number))
    made = embed(gettext("What you changed"), "\n".join([*([note, ""] if note else ()), *lines]), CALM)
    made.set_footer(text=whereabouts(shown.page, "change"))
    return Reply(embed=made, view=view(*buttons, *controls("history_page", shown.owner_id, shown.page)), ephemeral=True)


def noted(result: TakenBack) -> str:
    """What a press under a page of the history did."""
    return taken_back(result).content or ""


@sentence.register
def _(error: NothingToUndoError, prefix: str = "!") -> str:
    return gettext("There is nothing to take back. {prefix}history lists what you have changed.", prefix=prefix)
