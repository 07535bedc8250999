"""The watchlist, hidden and seen films: what was put where, pages, and a pick for tonight."""

import re
from collections.abc import Mapping

from bot.chat.cards import card
from bot.chat.components import ActionButton, view
from bot.chat.language import gettext, gettext_noop, listed, ngettext
from bot.chat.markdown import bold, escape, kept
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.chat.stars import guess, many_stars
from bot.chat.text import TITLE_LIMIT
from bot.errors import StaleComponentError
from bot.movies.card_replies import NOTHING_TOLD, gallery
from bot.shelves.service import AlreadyRatedError, NotShelvedError, ShelfChangedError, ShelfPage, Shelved, ShelvedAll
from bot.shelves.watchlist import EmptyWatchlistError, Picked, WantedMovie, WatchlistPage
from data.store import Shelf, Spot
from data.tmdb.film import TmdbFilm

ORDERS = ("newest", "best")
NOWHERE = "none"

_PUT: dict[Shelf, str] = {
    "watchlist": gettext_noop("{film} is on your watchlist."),
    "hidden": gettext_noop("{film} is hidden: it stays out of your lists."),
    "seen": gettext_noop("{film} is one you have seen: it stays out of your lists. Stars are welcome at any time."),
}
_PUT_ALL: dict[Shelf, str] = {
    "watchlist": gettext_noop("On your watchlist: {films}."),
    "hidden": gettext_noop("Hidden, and so out of your lists: {films}."),
    "seen": gettext_noop("Seen, and so out of your lists: {films}. Stars are welcome at any time."),
}
_ALREADY: dict[Shelf, str] = {
    "watchlist": gettext_noop("{film} is on your watchlist already."),
    "hidden": gettext_noop("{film} is hidden already."),
    "seen": gettext_noop("{film} is one you have seen already."),
}
ON: dict[Shelf, str] = {
    "watchlist": gettext_noop("{film} is on your watchlist"),
    "hidden": gettext_noop("{film} is hidden"),
    "seen": gettext_noop("{film} is one you have seen"),
}
OFF: dict[Shelf, str] = {
    "watchlist": gettext_noop("{film} is no longer on your watchlist"),
    "hidden": gettext_noop("{film} is no longer hidden"),
    "seen": gettext_noop("{film} is no longer one you have seen"),
}
_LEFT: dict[Shelf, str] = {
    "watchlist": gettext_noop("It is no longer on your watchlist."),
    "hidden": gettext_noop("It is no longer hidden."),
    "seen": gettext_noop("It is no longer one you have seen."),
}
_TAKE: dict[Shelf, str] = {
    "watchlist": gettext_noop("Take it off"),
    "hidden": gettext_noop("Show it again"),
    "seen": gettext_noop("Not seen"),
}
_NOT: dict[Shelf, str] = {
    "watchlist": gettext_noop("{film} is not on your watchlist."),
    "hidden": gettext_noop("{film} is not hidden."),
    "seen": gettext_noop("{film} is not one you have seen."),
}


def shelved(owner_id: int, result: Shelved, *, ephemeral: bool = False) -> Reply:
    """The exact film, where it stands now, and the way back."""
    film, shelf = bold(result.movie), result.shelf
    if result.change_id is None:
        if not result.is_on:
            return Reply(gettext(_NOT[shelf], film=film), ephemeral=ephemeral)
        off = ActionButton(gettext(_TAKE[shelf]), "shelf_take", owner_id, shelf, result.movie.movie_id)
        return Reply(gettext(_ALREADY[shelf], film=film), view=view(off), ephemeral=ephemeral)
    text = gettext(_PUT[shelf], film=film) if result.is_on else f"{gettext(OFF[shelf], film=film)}."
    if result.is_on and result.left is not None and result.left != shelf:
        text += f" {gettext(_LEFT[result.left])}"
    undo = ActionButton(gettext("Undo"), "undo", owner_id, result.change_id, result.movie.movie_id)
    return Reply(text, view=view(undo), ephemeral=ephemeral)


def shelved_all(owner_id: int, result: ShelvedAll) -> Reply:
    """The same of several films; those with stars are named apart."""
    films, rated = (listed([bold(movie) for movie in some]) for some in (result.movies, result.rated))
    said = []
    if result.movies:
        said.append(gettext((_PUT if len(result.movies) == 1 else _PUT_ALL)[result.shelf], film=films, films=films))
    if result.rated:
        said.append(gettext("You have given stars already: {films}.", films=rated))
    label = gettext("Undo") if len(result.movies) == 1 else gettext("Undo all")
    undo = [] if result.change_id is None else [ActionButton(label, "undo", owner_id, result.change_id)]
    return Reply("\n".join(said), view=view(*undo) if undo else None)


def read(text: str) -> Spot | None:
    """A spot as it stands in the custom ids of earlier versions; raises StaleComponentError for anything else."""
    if text == NOWHERE:
        return None
    match = re.fullmatch(r"(watchlist|hidden)\.([0-9]{1,12})", text, re.ASCII)
    if match is None:
        raise StaleComponentError
    return Spot("hidden" if match[1] == "hidden" else "watchlist", int(match[2]))


def watchlist(shown: WatchlistPage, prefix: str, told: Mapping[int, TmdbFilm] = NOTHING_TOLD) -> Reply:
    """Ten films to see, with what we think of them; `told` is what TMDB tells of them: their posters."""
    if not shown.movies:
        return Reply(layout=card(_empty(shown, prefix)))  # it may take the place of a card
    lines = [f"{place}. {_wanted(film)}" for place, film in enumerate(shown.movies, shown.page.first + 1)]
    about = [whereabouts(shown.page, "film", shown.order)]
    if shown.rated:
        about.append(ngettext("{n} rated film left out", "{n} rated films left out", shown.rated))
    about.append(gettext("★ my guess for you"))
    buttons = controls("watchlist_page", shown.owner_id, shown.page, orders=ORDERS, order=shown.order)
    if shown.page.total > 1:
        buttons.append(ActionButton(gettext("Pick one"), "watchlist_pick", shown.owner_id))
    parts = card(
        f"## {gettext('Your watchlist')}\n-# {' · '.join(about)}",
        "\n".join(lines),
        *gallery((one.movie for one in shown.movies), told),
        *([buttons] if buttons else []),
    )
    return Reply(layout=parts)


def _empty(shown: WatchlistPage, prefix: str) -> str:
    how = gettext("{prefix}watchlist add Heat puts a film on it.", prefix=escape(prefix))
    if shown.rated:
        return f"{gettext('You have rated all that was on your watchlist.')} {how}"
    return f"{gettext('Your watchlist is empty.')} {how}"


def _wanted(film: WantedMovie) -> str:
    return f"{bold(film.movie)} {guess(film.stars)}" if film.stars is not None else kept(film.movie)


def picked(owner_id: int, pick: Picked) -> Reply:
    """One film for tonight."""
    movie_id = pick.film.movie.movie_id
    text = gettext("How about {film}?", film=_wanted(pick.film))
    why = ngettext(
        "It is the only film on your watchlist.",
        "By chance from the {n} on your watchlist; what you should like most comes up most.",
        pick.among,
    )
    buttons = [ActionButton(gettext("Another"), "watchlist_pick", owner_id, movie_id)] if pick.among > 1 else []
    buttons += [
        ActionButton(gettext("Rate"), "which_stars", owner_id, movie_id),
        ActionButton(gettext("Why"), "why_film", owner_id, movie_id),
    ]
    return Reply(f"{text}\n-# {why}", view=view(*buttons))


def shelf(shown: ShelfPage, prefix: str) -> Reply:
    """Ten films that stay out of every list."""
    is_hidden, typed = shown.shelf == "hidden", escape(prefix)
    if not shown.page.total:
        if is_hidden:
            none = gettext("You have hidden no film. {prefix}hide Heat keeps one out of your lists.", prefix=typed)
        else:
            none = gettext("No film here yet. {prefix}seen Heat keeps one out of your lists.", prefix=typed)
        return Reply(layout=card(none, colour=CALM))
    title = gettext("Films you hid") if is_hidden else gettext("Films you have seen, without stars")
    if is_hidden:
        how = gettext("{prefix}hide remove Heat lets a film come up again.", prefix=typed)
    else:
        how = gettext("{prefix}unseen Heat lets a film come up again.", prefix=typed)
    buttons = controls("hidden_page" if is_hidden else "seen_page", shown.owner_id, shown.page)
    parts = card(
        f"## {title}\n-# {whereabouts(shown.page, 'film')} · {how}",
        "\n".join(kept(movie) for movie in shown.movies),
        *([buttons] if buttons else []),
        colour=CALM,
    )
    return Reply(layout=parts)


@sentence.register
def _(error: AlreadyRatedError, prefix: str = "!") -> str:
    film, given = short(error.movie.label, TITLE_LIMIT), many_stars(error.stars)
    if error.shelf == "seen":
        return gettext("You gave “{film}” {stars}, so I know that you have seen it.", film=film, stars=given)
    return gettext(
        "You gave “{film}” {stars}, and a watchlist is for films still to be seen. "
        "{prefix}unrate takes the stars back.",
        film=film,
        stars=given,
        prefix=prefix,
    )


@sentence.register
def _(error: NotShelvedError, prefix: str = "!") -> str:
    name = short(error.name, TITLE_LIMIT)
    if error.shelf == "seen":
        said = gettext_noop("“{film}” is not among the films you have seen without stars. {prefix}seen lists them.")
    elif error.shelf == "hidden":
        said = gettext_noop("You have not hidden “{film}”. {prefix}hide lists what you have.")
    else:
        said = gettext_noop("“{film}” is not on your watchlist. {prefix}watchlist lists what is.")
    return gettext(said, film=name, prefix=prefix)


@sentence.register
def _(error: ShelfChangedError, prefix: str = "!") -> str:
    return gettext(
        "You have moved “{film}” again since, so I leave it. {prefix}watchlist and {prefix}hide list what stands.",
        film=short(error.movie.label, TITLE_LIMIT),
        prefix=prefix,
    )


@sentence.register
def _(error: EmptyWatchlistError, prefix: str = "!") -> str:
    return gettext(
        "There is nothing on your watchlist to pick from. {prefix}watchlist add Heat puts a film on it.", prefix=prefix
    )
