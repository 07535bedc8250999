"""The watchlist, hidden and seen films: what was put where, pages, and a pick for tonight."""

import re
from collections.abc import Mapping

from bot.chat.cards import card
from bot.chat.components import ActionButton, view
from bot.chat.markdown import bold, escape, kept
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.chat.stars import guess, many_stars
from bot.chat.text import TITLE_LIMIT, many
from bot.errors import StaleComponentError
from bot.movies.card_replies import NOTHING_TOLD, gallery
from bot.shelves.service import AlreadyRatedError, NotShelvedError, ShelfChangedError, ShelfPage, Shelved
from bot.shelves.watchlist import EmptyWatchlistError, Picked, WantedMovie, WatchlistPage
from data.store import Shelf, Spot
from data.tmdb.film import TmdbFilm

ORDERS = ("newest", "best")
NOWHERE = "none"

ON: dict[Shelf, str] = {
    "watchlist": "is on your watchlist",
    "hidden": "is hidden",
    "seen": "is one you have seen",
}
_SO: dict[Shelf, str] = {
    "watchlist": "",
    "hidden": ": it stays out of your lists",
    "seen": ": it stays out of your lists. Stars are welcome at any time",
}
OFF: dict[Shelf, str] = {
    "watchlist": "is no longer on your watchlist",
    "hidden": "is no longer hidden",
    "seen": "is no longer one you have seen",
}
_TAKE: dict[Shelf, str] = {
    "watchlist": "Take it off",
    "hidden": "Show it again",
    "seen": "Not seen",
}
_NOT: dict[Shelf, str] = {
    "watchlist": "is not on your watchlist",
    "hidden": "is not hidden",
    "seen": "is not one you have seen",
}


def shelved(owner_id: int, result: Shelved, *, ephemeral: bool = False) -> Reply:
    """The exact film, where it stands now, and the way back."""
    film = bold(result.movie)
    if result.change_id is None:
        if not result.is_on:
            return Reply(f"{film} {_NOT[result.shelf]}.", ephemeral=ephemeral)
        off = ActionButton(_TAKE[result.shelf], "shelf_take", owner_id, result.shelf, result.movie.movie_id)
        return Reply(f"{film} {ON[result.shelf]} already.", view=view(off), ephemeral=ephemeral)
    text = f"{film} {ON[result.shelf]}{_SO[result.shelf]}." if result.is_on else f"{film} {OFF[result.shelf]}."
    if result.is_on and result.left is not None and result.left != result.shelf:
        text += f" It {OFF[result.left]}."
    undo = ActionButton("Undo", "undo", owner_id, result.change_id, result.movie.movie_id)
    return Reply(text, view=view(undo), ephemeral=ephemeral)


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
    rated = f" · {many(shown.rated, 'rated film')} left out" if shown.rated else ""
    buttons = controls("watchlist_page", shown.owner_id, shown.page, orders=ORDERS, order=shown.order)
    if shown.page.total > 1:
        buttons.append(ActionButton("Pick one", "watchlist_pick", shown.owner_id))
    parts = card(
        f"## Your watchlist\n-# {whereabouts(shown.page, 'film', shown.order)}{rated} · ★ my guess for you",
        "\n".join(lines),
        *gallery((one.movie for one in shown.movies), told),
        *([buttons] if buttons else []),
    )
    return Reply(layout=parts)


def _empty(shown: WatchlistPage, prefix: str) -> str:
    how = f"{escape(prefix)}watchlist add Heat puts a film on it."
    if shown.rated:
        return f"You have rated all that was on your watchlist. {how}"
    return f"Your watchlist is empty. {how}"


def _wanted(film: WantedMovie) -> str:
    return f"{bold(film.movie)} {guess(film.stars)}" if film.stars is not None else kept(film.movie)


def picked(owner_id: int, pick: Picked) -> Reply:
    """One film for tonight."""
    movie_id = pick.film.movie.movie_id
    text = f"How about {_wanted(pick.film)}?"
    if pick.among == 1:
        text += "\n-# It is the only film on your watchlist."
    else:
        text += f"\n-# By chance from the {pick.among:,} on your watchlist; what you should like most comes up most."
    buttons = [ActionButton("Another", "watchlist_pick", owner_id, movie_id)] if pick.among > 1 else []
    buttons += [
        ActionButton("Rate", "which_stars", owner_id, movie_id),
        ActionButton("Why", "why_film", owner_id, movie_id),
    ]
    return Reply(text, view=view(*buttons))


def shelf(shown: ShelfPage, prefix: str) -> Reply:
    """Ten films that stay out of every list."""
    is_hidden = shown.shelf == "hidden"
    if not shown.page.total:
        none = "You have hidden no film. {0}hide Heat" if is_hidden else "No film here yet. {0}seen Heat"
        return Reply(layout=card(f"{none.format(escape(prefix))} keeps one out of your lists.", colour=CALM))
    title = "Films you hid" if is_hidden else "Films you have seen, without stars"
    how = f"{escape(prefix)}{'hide remove' if is_hidden else 'unseen'} Heat lets a film come up again."
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
    film = short(error.movie.label, TITLE_LIMIT)
    if error.shelf == "seen":
        return f"You gave “{film}” {many_stars(error.stars)}, so I know that you have seen it."
    return (
        f"You gave “{film}” {many_stars(error.stars)}, and a watchlist is for films still to be seen. "
        f"{prefix}unrate takes the stars back."
    )


@sentence.register
def _(error: NotShelvedError, prefix: str = "!") -> str:
    name = short(error.name, TITLE_LIMIT)
    if error.shelf == "seen":
        return f"“{name}” is not among the films you have seen without stars. {prefix}seen lists them."
    if error.shelf == "hidden":
        return f"You have not hidden “{name}”. {prefix}hide lists what you have."
    return f"“{name}” is not on your watchlist. {prefix}watchlist lists what is."


@sentence.register
def _(error: ShelfChangedError, prefix: str = "!") -> str:
    film = short(error.movie.label, TITLE_LIMIT)
    return f"You have moved “{film}” again since, so I leave it. {prefix}watchlist and {prefix}hide list what stands."


@sentence.register
def _(error: EmptyWatchlistError, prefix: str = "!") -> str:
    return f"There is nothing on your watchlist to pick from. {prefix}watchlist add Heat puts a film on it."
