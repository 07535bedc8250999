"""What is said of the watchlist and of hidden films."""

import pytest

from bot.chat.pages import Page
from bot.shelves import replies as ui
from bot.shelves.service import HiddenPage, Shelved
from bot.shelves.watchlist import Picked, WantedMovie, WatchlistPage
from data.store import Shelf, Spot
from tests.bot.hostile import film
from tests.bot.limits import described, labels

WANTED = WantedMovie(film(), 4.26, 0.61)


def said(shelf: Shelf, before: Spot | None, now: Spot | None) -> str | None:
    return ui.shelved(7, Shelved(film(), shelf, now is not None, before != now, before, now)).content


def test_each_step_is_named_with_the_exact_film() -> None:
    watched, hidden = Spot("watchlist", 5), Spot("hidden", 6)
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
    older, stands = Spot("hidden", 4), Spot("watchlist", 5)
    for before, now, label in [
        (None, stands, "Undo"), (stands, None, "Restore"), (older, stands, "Undo"), (stands, older, "Restore"),
    ]:  # fmt: skip
        changed = Shelved(film(), "watchlist", now is not None, True, before, now)
        assert labels(ui.shelved(7, changed)) == [label]
    assert labels(ui.shelved(7, Shelved(film(), "watchlist", True, False, stands, stands))) == ["Take it off"]
    assert ui.shelved(7, Shelved(film(), "watchlist", False, False)).view is None


@pytest.mark.parametrize("spot", [None, Spot("watchlist", 0), Spot("hidden", 1_700_000_000)])
def test_a_spot_comes_back_from_a_custom_id(spot: Spot | None) -> None:
    assert ui.read(ui.written(spot)) == spot


def test_a_page_of_the_watchlist() -> None:
    unknown = WantedMovie(film("Later", 9, 2030), None, None)
    reply = ui.watchlist(WatchlistPage(7, "best", Page(1, 2, 12), (WANTED, unknown), 3), "!")
    assert described(reply) == (
        "## Your watchlist\n-# 12 films · best first · page 2 of 2 · 3 rated films left out · ★ my guess for you\n"
        "11. **Heat (1995)** ★ 4.3 ± 0.6\n12. **Later (2030)**"
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
    assert (reply.content or "").startswith("How about **Heat (1995)** ★ 4.3 ± 0.6?\n-# By chance from the 12 ")
    assert labels(reply) == ["Another", "Rate", "Why"]
    only = ui.picked(7, Picked(WANTED, 1))
    assert "the only film" in (only.content or "")
    assert labels(only) == ["Rate", "Why"]


def test_hidden_films() -> None:
    reply = ui.hidden(HiddenPage(7, Page(0, 2, 11), (film(),)), "!")
    assert described(reply) == (
        "## Films you hid\n-# 11 films · page 1 of 2 · !hide remove Heat lets a film come up again.\n**Heat (1995)**"
    )
    assert labels(reply) == ["Back", "Next"]
    none = ui.hidden(HiddenPage(7, Page.of(0, 0), ()), "!")
    assert described(none) == "You have hidden no film. !hide Heat keeps one out of your lists."
