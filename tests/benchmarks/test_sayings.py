"""The measure of rating sentences: what counts as right, and that none of them writes what was not meant."""

from collections import Counter

import pytest

from benchmarks.sayings import ASK, WHERE, Sentence, answers, read, verdict
from bot.movies import Choice, MovieSearch
from bot.ratings.understanding import HowManyStars, ToRate, Understood, WhichFilm
from data import Catalogue, Movie, TitleIndex

HEAT, ALIEN = (Movie(number, title, 1990, (), f"{title} (1990)") for number, title in ((1, "Heat"), (2, "Alien")))


@pytest.mark.parametrize(
    ("meant", "made", "expected"),
    [
        ("Heat (1990) = 4", [ToRate(HEAT, 4)], "written"),
        ("Heat (1990) = 4", [ToRate(HEAT, 5)], "wrong"),
        ("Heat (1990) = 4", [ToRate(ALIEN, 4)], "wrong"),
        ("Heat (1990) = 4", [ToRate(HEAT, 4), ToRate(ALIEN, 4)], "wrong"),
        ("Heat (1990) = 4 | Alien (1990) = 5", [ToRate(HEAT, 4), HowManyStars(ALIEN)], "asked"),
        ("Heat (1990) = 4 | Alien (1990) = 5", [ToRate(HEAT, 4)], "missed"),
        ("Heat (1990) = 4", [WhichFilm(Choice("h", (ALIEN, HEAT)), 4)], "asked"),
        ("Heat (1990) = 4", [WhichFilm(Choice("h", (ALIEN,)), 4)], "missed"),
        ("? Heat (1990)", [HowManyStars(HEAT)], "asked"),
        ("? Heat (1990)", [HowManyStars(ALIEN)], "missed"),
        ("?", [HowManyStars(ALIEN)], "asked"),
        ("?", [ToRate(HEAT, 4)], "wrong"),
        ("-", [ToRate(HEAT, 4)], "wrong"),
        ("-", [HowManyStars(HEAT)], "missed"),
        ("-", [], "nothing"),
    ],
)
def test_only_what_was_meant_is_right(meant: str, made: list[Understood], expected: str) -> None:
    assert verdict(Sentence("rate", "…", meant), made) == expected


def test_two_hundred_sentences_each_there_once() -> None:
    sentences = read()
    assert len({(one.where, one.text) for one in sentences}) == len(sentences) == 200
    assert {one.where for one in sentences} == set(WHERE)
    assert all(set(one.ratings.values()) <= {halves / 2 for halves in range(1, 11)} for one in sentences)


def test_nothing_is_written_that_was_not_meant(real_catalogue: Catalogue) -> None:
    """Of the films this catalogue has; elsewhere a name that several share may be that of one."""
    search = MovieSearch(real_catalogue, TitleIndex(real_catalogue))
    titles = {movie.raw_title for movie in real_catalogue.values()}
    named = {one: set(one.ratings) or {one.meant.removeprefix(ASK).strip()} - {""} for one in read()}
    fair = [one for one, films in named.items() if films and films <= titles]
    told = {one: verdict(one, answers(search, one)) for one in fair}
    assert [one for one, found in told.items() if found == "wrong"] == []
    counts = Counter(told[one] for one in fair if one.ratings)
    assert counts["written"] > 0.9 * counts.total()
