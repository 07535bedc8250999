"""The film that a command is asked about, right after a list was shown."""

from types import SimpleNamespace
from typing import cast

import pytest

from bot.chat.ask import Ask
from bot.chat.subject import Listed
from bot.movies.asking import films_meant, places_named
from bot.movies.search import MovieSearch
from data import Catalogue, Movie, TitleIndex

TITLES = ("The One (2001)", "9 (2009)", "Heat (1995)", "Thirteen (2003)")
TEN = tuple(range(101, 111))
NUMBER_8 = Movie(8, "The Number 8", 2007, (), "Number 8, The (2007)", ratings_count=50)


@pytest.mark.parametrize(
    ("text", "is_reply", "places"),
    [
        ("1", False, [1]),
        ("#1", False, [1]),
        ("1?", False, [1]),
        ("8", False, [8]),
        ("9", False, [9]),
        ("9", True, [9]),
        ("12", False, []),
        ("1, 3", False, [1, 3]),
        ("1, 9 & 8", False, [1, 9, 8]),
        ("13", False, []),
    ],
)
def test_a_film_of_another_name_is_not_in_the_way_of_places(text: str, is_reply: bool, places: list[int]) -> None:
    movies = [
        Movie(n, title[:-7], int(title[-5:-1]), ("Drama",), title, ratings_count=50) for n, title in enumerate(TITLES)
    ]
    catalogue = Catalogue(movies)
    search = MovieSearch(catalogue, TitleIndex(catalogue))
    assert search.is_name("1")
    assert search.is_name("1, 3")
    ask = SimpleNamespace(film_spoken_of=None, list_spoken_of=Listed(TEN), is_reply=is_reply)
    assert films_meant(cast("Ask", ask), search, text) == tuple(TEN[place - 1] for place in places)


def test_a_film_that_is_called_by_a_number_keeps_its_name_in_a_sentence() -> None:
    catalogue = Catalogue([Movie(n, f"Film {n}", 1990, (), f"Film {n}") for n in TEN] + [NUMBER_8])
    ask = SimpleNamespace(list_spoken_of=Listed(TEN), is_reply=False)
    search = MovieSearch(catalogue, TitleIndex(catalogue))
    assert places_named(cast("Ask", ask), search, "number 8 was bad, 2") == "number 8 was bad, 2"
    assert places_named(cast("Ask", ask), search, "number 7 was bad, 2") == "Film 107 (1990) was bad, 2"
    assert (
        places_named(cast("Ask", SimpleNamespace(list_spoken_of=None, is_reply=False)), search, "number 7")
        == "number 7"
    )
