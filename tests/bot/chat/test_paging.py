"""Back, Next and the orders: where they lead, and where they are not needed."""

import pytest

from bot.chat.components import ActionButton
from bot.chat.pages import Page
from bot.chat.paging import controls, whereabouts
from bot.ratings import replies as ui
from bot.ratings.service import RatedMovie, RatingsPage
from tests.bot.hostile import film
from tests.bot.limits import described

ORDERS = ("newest", "best")


def leads(buttons: list[ActionButton]) -> dict[str, str | None]:
    """Where each button leads by its custom id; None for one that cannot be pressed."""
    return {
        one.item.label or "": None if one.item.disabled else one.custom_id.split(":", 3)[3].removesuffix(":")
        for one in buttons
    }


@pytest.mark.parametrize(
    ("total", "wanted", "page"),
    [(0, 3, Page(0, 1, 0)), (10, 1, Page(0, 1, 10)), (11, 1, Page(1, 2, 11)), (99, -1, Page(0, 10, 99))],
)
def test_the_nearest_page_there_is(total: int, wanted: int, page: Page) -> None:
    assert Page.of(total, wanted) == page
    assert page.first == 10 * page.number


def test_buttons_know_the_ends_and_where_they_lead() -> None:
    def made(number: int) -> dict[str, str | None]:
        return leads(controls("turn", 7, Page(number, 3, 30), 5, orders=ORDERS, order="best"))

    assert made(0) == {"Back": None, "Next": "5:best:1", "Newest": "5:newest", "Best": None}
    assert made(1) == {"Back": "5:best:0", "Next": "5:best:2", "Newest": "5:newest", "Best": None}
    assert made(2) == {"Back": "5:best:1", "Next": None, "Newest": "5:newest", "Best": None}
    assert leads(controls("turn", 7, Page(0, 2, 20))) == {"Back": None, "Next": "1"}


def test_no_button_without_a_use() -> None:
    assert controls("turn", 7, Page(0, 1, 1), orders=ORDERS, order="best") == []
    assert controls("turn", 7, Page(0, 1, 9)) == []
    assert list(leads(controls("turn", 7, Page(0, 1, 2), orders=ORDERS, order="best"))) == ["Newest", "Best"]


def test_where_one_is() -> None:
    assert whereabouts(Page(0, 1, 1), "film") == "1 film"
    assert whereabouts(Page(1, 121, 1_204), "rating", "newest") == "1,204 ratings · newest first · page 2 of 121"


def test_a_page_of_ratings() -> None:
    shown = RatingsPage(7, "lowest", Page(0, 1, 1), (RatedMovie(film(), 4.5, 1_709_424_000),))
    assert described(ui.ratings_page(7, shown, "ann", "!")) == "Your ratings\n**Heat (1995)** ★★★★½ · <t:1709424000:D>"
    assert described(ui.ratings_page(8, shown, "ann", "!")).startswith("Ratings of ann\n")
    none = RatingsPage(7, "lowest", Page.of(0, 0), ())
    assert ui.ratings_page(7, none, "ann", "!").content == "You have rated nothing yet. Start with !rate Toy Story 4.5"
    assert ui.ratings_page(8, none, "ann", "!").content == "No ratings yet."
