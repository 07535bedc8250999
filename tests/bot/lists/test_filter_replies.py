"""Filters in words."""

import pytest

from bot.chat.language import speaking
from bot.chat.sentences import sentence
from bot.lists.filter_replies import facts_of, runtime, words, years
from bot.lists.filter_words import UnknownFilterError
from bot.lists.filters import PLAIN, Filters, Liked, Person, Runtime, Years


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
        without_films=(Liked(3, "Alien (1979)"), Liked(4, "Star Wars"), Liked(5, "Star Wars")),
        like=(Liked(1, "Up (2009)"), Liked(2, "Heat (1995)")),
    )
    assert words(wish) == (
        r"like Up (2009) and Heat (1995) · sad, outer space and owned \*twice\* · A and B · without Romance or aliens"
        " · not violent or cheesy · not from the 1980s or 1994 · not Alien (1979) or Star Wars (all films) · up to 2 h"
        r" · by Christopher Nolan · with Tom \*Hanks\*"
        " · by Bong Joon Ho or by or with Al Pacino or Song Kang-ho · without Adam Sandler · Korean or Japanese"
    )
    said = "who directed the films here, how long they are or where they come from"
    assert facts_of(["directors", "lengths", "origins"]) == said
    assert runtime(Runtime(75, 105)) == "75–105 min"
    assert runtime(Runtime(150, None)) == "at least 150 min"


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
        assert "Komödie, Krieg" in sentence(UnknownFilterError("xyz", None, ("Comedy", "War")))
