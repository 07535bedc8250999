"""What is said of the watchlist and of hidden films."""

import pytest

from bot.chat.pages import Page
from bot.shelves import replies as ui
from bot.shelves.service import ShelfPage, Shelved
from bot.shelves.watchlist import Picked, WantedMovie, WatchlistPage
from data.store import Shelf, Spot
from tests.bot.hostile import film
from tests.bot.limits import described, labels

WANTED = WantedMovie(film(), 4.26, 0.61)


def said(shelf: Shelf, before: Shelf | None, now: Shelf | None) -> str | None:
    return ui.shelved(7, Shelved(film(), shelf, now is not None, None if before == now else 9, before)).content


def test_each_step_is_named_with_the_exact_film() -> None:
    watched: Shelf = "watchlist"
    hidden: Shelf = "hidden"
    assert said("watchlist", None, watched) == "**Heat (1995)** is on your watchlist."
    assert said("watchlist", watched, watched) == "**Heat (1995)** is on your watchlist already."
    assert said("watchlist", watched, None) == "**Heat (1995)** is no longer on your watchlist."
    assert said("watchlist", None, None) == "**Heat (1995)** is not on your watchlist."
    assert said("watchlist", hidden, watched) == "**Heat (1995)** is on your watchlist. It is no longer hidden."
    assert said("hidden", None, hidden) == "**Heat (1995)** is hidden: it stays out of your lists."
    assert said("hidden", hidden, hidden) == "**Heat (1995)** is hidden already."
    assert said("hidden", hidden, None) == "**Heat (1995)** is no longer hidden."
    assert said("hidden", None, None) == "**Heat (1995)** is not hidden."
    assert (said("hidden", watched, hidden) or "").endswith(" It is no longer on your watchlist.")


def test_what_stands_can_be_taken_off_and_a_change_be_taken_back() -> None:
    for is_on in (True, False):
        assert labels(ui.shelved(7, Shelved(film(), "watchlist", is_on, 9))) == ["Undo"]
    assert labels(ui.shelved(7, Shelved(film(), "watchlist", True))) == ["Take it off"]
    assert labels(ui.shelved(7, Shelved(film(), "hidden", True))) == ["Show it again"]
    assert ui.shelved(7, Shelved(film(), "watchlist", False)).view is None


@pytest.mark.parametrize(
    ("text", "spot"),
    [("none", None), ("watchlist.0", Spot("watchlist", 0)), ("hidden.1700000000", Spot("hidden", 1_700_000_000))],
)
def test_a_spot_is_read_from_an_old_custom_id(text: str, spot: Spot | None) -> None:
    assert ui.read(text) == spot


def test_a_page_of_the_watchlist() -> None:
    unknown = WantedMovie(film("Later", 9, 2030), None, None)
    reply = ui.watchlist(WatchlistPage(7, "best", Page(1, 2, 12), (WANTED, unknown), 3), "!")
    assert described(reply) == (
        "## Your watchlist\n-# 12 films · best first · page 2 of 2 · 3 rated films left out · ★ my guess for you\n"
        "11. **Heat (1995)** ★ 4.3\n12. **Later (2030)**"
    )
    assert labels(reply) == ["Back", "Next", "Newest", "Best", "Pick one"]
    one = ui.watchlist(WatchlistPage(7, "best", Page(0, 1, 1), (WANTED,), 0), "!")
    assert labels(one) == []


def test_an_empty_watchlist_says_how_to_fill_it() -> None:
    empty = described(ui.watchlist(WatchlistPage(7, "best", Page.of(0, 0), (), 0), "!"))
    assert empty == "Your watchlist is empty. !watchlist add Heat puts a film on it."
    seen = described(ui.watchlist(WatchlistPage(7, "best", Page.of(0, 0), (), 2), "!"))
    assert seen == "You have rated all that was on your watchlist. !watchlist add Heat puts a film on it."


def test_a_pick() -> None:
    reply = ui.picked(7, Picked(WANTED, 12))
    assert (reply.content or "").startswith("How about **Heat (1995)** ★ 4.3?\n-# By chance from the 12 ")
    assert labels(reply) == ["Another", "Rate", "Why"]
    only = ui.picked(7, Picked(WANTED, 1))
    assert "the only film" in (only.content or "")
    assert labels(only) == ["Rate", "Why"]


def test_hidden_films() -> None:
    reply = ui.shelf(ShelfPage(7, "hidden", Page(0, 2, 11), (film(),)), "!")
    assert described(reply) == (
        "## Films you hid\n-# 11 films · page 1 of 2 · !hide remove Heat lets a film come up again.\n**Heat (1995)**"
    )
    assert labels(reply) == ["Back", "Next"]
    none = ui.shelf(ShelfPage(7, "hidden", Page.of(0, 0), ()), "!")
    assert described(none) == "You have hidden no film. !hide Heat keeps one out of your lists."


def test_seen_films() -> None:
    reply = ui.shelf(ShelfPage(7, "seen", Page(0, 2, 11), (film(),)), "!")
    assert described(reply) == (
        "## Films you have seen, without stars\n-# 11 films · page 1 of 2 · !unseen Heat lets a film come up again.\n"
        "**Heat (1995)**"
    )
    assert said("seen", "watchlist", "seen") == (
        "**Heat (1995)** is one you have seen: it stays out of your lists. Stars are welcome at any time. "
        "It is no longer on your watchlist."
    )
