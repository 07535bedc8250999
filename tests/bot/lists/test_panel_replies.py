"""The panel of filters."""

from dataclasses import replace

from bot.chat.components import ActionSelect
from bot.chat.language import speaking
from bot.lists.filters import PLAIN, Filters, Runtime, Years
from bot.lists.panel import Panel
from bot.lists.panel_replies import panel
from tests.bot.limits import described, labels

GENRES = ("Action", "Comedy", "Drama")


def made(filters: Filters, fits: int = 40, genres: tuple[str, ...] = GENRES) -> Panel:
    return Panel(9, 7, filters, fits, genres, (1980, 1990))


def selects(shown: Panel) -> dict[str, list[tuple[str, bool]]]:
    layout = panel(shown).layout
    assert layout is not None
    found = [item.item for item in layout.walk_children() if isinstance(item, ActionSelect)]
    return {str(one.placeholder): [(option.value, option.default) for option in one.options] for one in found}


async def test_the_panel_marks_what_is_chosen() -> None:
    shown = made(Filters(("Comedy",), ("Drama",), Years(1990, 1999), "deep", "watchlist"))
    assert selects(shown) == {
        "Genres": [("Action", False), ("Comedy", True), ("Drama", False)],
        "Without": [("Action", False), ("Comedy", False), ("Drama", True)],
        "Years": [("any", False), ("1990-1999", True), ("1980-1989", False)],
        "How well known": [("popular", False), ("balanced", False), ("deep", True)],
        "From": [(one, one == "watchlist") for one in ("all", "watchlist", "not on watchlist", "any", "seen")],
    }
    assert "Comedy · without Drama · 1990s · deep cuts" in described(panel(shown))
    assert labels(panel(shown)) == ["Show the list", "Clear"]


async def test_all_or_any_of_several_genres_and_lengths_where_the_catalogue_tells_them() -> None:
    shown = replace(made(Filters(every=("Action", "Comedy"), runtime=Runtime(None, 100))), has_runtimes=True)
    assert selects(shown)["Any or all of them"] == [("any", False), ("all", True)]
    assert ("-100", True) in selects(shown)["Length"]
    assert [value for value, chosen in selects(shown)["Genres"] if chosen] == ["Action", "Comedy"]
    assert not {"Length", "Any or all of them"} & {*selects(made(PLAIN))}


async def test_places_that_films_come_from() -> None:
    shown = replace(made(Filters(origins=("Thai",))), places=("Korean", "French"))
    expected = [("French", False), ("Korean", False), ("Thai", True)]
    assert selects(shown)["Languages and countries"] == expected
    with speaking("de"):
        assert "Koreanisch" in str(panel(shown).layout.to_components())  # type: ignore[union-attr]
    many = tuple(f"Place {n:02}" for n in range(40))
    assert ("Thai", True) in selects(replace(shown, places=many))["Languages and countries"]


async def test_years_that_are_no_decade_are_an_option_of_their_own() -> None:
    assert selects(made(Filters(years=Years(1994, None))))["Years"][:2] == [("any", False), ("1994-", True)]
    assert selects(made(PLAIN))["Years"][0] == ("any", True)


async def test_it_says_how_much_fits() -> None:
    assert "40 films" in described(panel(made(Filters(genres=("Action", "Comedy")))))
    assert "any one of the genres is enough" in described(panel(made(Filters(genres=("Action", "Comedy")))))
    nothing = panel(made(Filters(genres=("Action",)), fits=0))
    assert "No film fits. Take something away" in described(nothing)
    assert nothing.layout is not None
    buttons = [item.to_component_dict() for item in nothing.layout.walk_children() if hasattr(item, "item")]
    (show,) = [one for one in buttons if one.get("label") == "Show the list"]
    assert show["disabled"]


async def test_a_chosen_genre_is_never_cut_off() -> None:
    many = tuple(f"Genre {n:02}" for n in range(40))
    options = selects(made(Filters(genres=("Genre 39",)), genres=many))["Genres"]
    assert ("Genre 39", True) in options
    assert len(options) == 25
