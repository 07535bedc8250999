"""What stands among the wishes of a movie night and is none."""

import pytest

from bot.lists.filter_words import FilterWords
from bot.movienight.wishes import timed
from bot.movies import MovieSearch
from data import Catalogue, Movie, TitleIndex

FILMS = Catalogue(
    [
        Movie(1, "Friday the 13th", 1980, ("Horror",), "Friday the 13th (1980)"),
        Movie(2, "Saturday Night Fever", 1977, ("Drama", "Comedy"), "Saturday Night Fever (1977)"),
    ]
)
WORDS = FilterWords(MovieSearch(FILMS, TitleIndex(FILMS)))


@pytest.mark.parametrize(
    ("text", "when", "rest"),
    [
        ("comedy friday", "friday", "comedy"),
        ("friday comedy at 8pm", "friday at 8pm", "comedy"),
        ("comedy fri 8pm", "fri 8pm", "comedy"),
        ("<@5> saturday nonsense", "saturday", "<@5>   nonsense"),
        ("comedy tonight", "", "comedy tonight"),
        ("like Friday the 13th", "", "like Friday the 13th"),
        ("like Friday the 13th at 8pm", "at 8pm", "like Friday the 13th"),
        ("without Saturday Night Fever at 20:00", "at 20:00", "without Saturday Night Fever"),
    ],
)
def test_a_day_is_none_where_it_means_something_else(text: str, when: str, rest: str) -> None:
    found, others = timed(WORDS, text)
    assert (found, others.strip()) == (when, rest)
