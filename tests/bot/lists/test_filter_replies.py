"""Filters in words, and their panel."""

from dataclasses import replace

import pytest

from bot.chat.components import ActionSelect
from bot.chat.language import speaking
from bot.lists.filter_replies import facts_of, panel, runtime, words, years
from bot.lists.filters import PLAIN, Filters, Liked, Person, Runtime, Years
from bot.lists.panel import Panel
from tests.bot.limits import described, labels

GENRES = ("Action", "Comedy", "Drama")


def made(filters: Filters, fits: int = 40, genres: tuple[str, ...] = GENRES) -> Panel:
    return Panel(9, 7, filters, fits, genres, (1980, 1990))


def selects(shown: Panel) -> dict[str, list[tuple[str, bool]]]:
    layout = panel(shown).layout
    assert layout is not None
    found = [item.item for item in layout.walk_children() if isinstance(item, ActionSelect)]
    return {str(one.placeholder): [(option.value, option.default) for option in one.options] for one in found}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Years(1994, 1994), "1994"),
        (Years(1990, 1999), "1990s"),
        (Years(1991, 2000), "1991–2000"),
        (Years(2010, None), "since 2010"),
        (Years(None, 1979), "up to 1979"),
    ],
)
def test_years_in_words(asked: Years, said: str) -> None:
    assert years(asked) == said


def test_filters_in_words() -> None:
    assert words(PLAIN) == ""
    assert words(Filters(("Action",), ("Comedy", "Drama"), count=3)) == "Action · without Comedy or Drama"
    assert words(Filters(genres=("A", "B", "C"))) == "A, B or C"
    wish = Filters(
        every=("A", "B"),
        runtime=Runtime(None, 120),
        people=(Person("Christopher Nolan", "director"), Person("Tom *Hanks*", "lead")),
        either_people=(Person("Bong Joon Ho", "director"), Person("Al Pacino"), Person("Song Kang-ho")),
        without_people=(Person("Adam Sandler"),),
        origins=("Korean", "Japanese"),
        moods=("tearjerker", "space", "owned *twice*"),
        without=("Romance",),
        without_moods=("violent", "aliens", "cheesy"),
        without_years=(Years(1980, 1989), Years(1994, 1994)),
        without_films=(Liked(3, "Alien (1979)"),),
        like=(Liked(1, "Up (2009)"), Liked(2, "Heat (1995)")),
    )
    assert words(wish) == (
        r"like Up (2009) and Heat (1995) · sad, outer space and owned \*twice\* · A and B · without Romance or aliens"
        " · not violent or cheesy · not from the 1980s or 1994 · not Alien (1979) · up to 2 h"
        r" · by Christopher Nolan · with Tom \*Hanks\*"
        " · by Bong Joon Ho or by or with Al Pacino or Song Kang-ho · without Adam Sandler · Korean or Japanese"
    )
    said = "who directed the films here, how long they are or where they come from"
    assert facts_of(["directors", "lengths", "origins"]) == said
    assert runtime(Runtime(75, 105)) == "75–105 min"
    assert runtime(Runtime(150, None)) == "at least 150 min"


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


def test_filters_in_german() -> None:
    wish = Filters(
        ("Comedy", "War"), without=("Romance",), years=Years(1990, 1999), runtime=Runtime(None, 120), depth="popular",
        people=(Person("Christopher Nolan", "director"),), without_years=(Years(1995, 1995), Years(1980, 1989)),
    )  # fmt: skip
    with speaking("de"):
        assert words(wish) == (
            "Komödie oder Krieg · ohne Liebesfilm · 1990er · nicht aus 1995 oder den 1980ern · bis 2 h"
            " · von Christopher Nolan · bekannte Filme"
        )
