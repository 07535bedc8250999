"""The wishes in words: their format is whole, and what a mood is measured by has films enough."""

import os
from pathlib import Path

import pytest

from benchmarks.titles import GENRES
from benchmarks.wishes.reading import CHANGES, FILES, Carries, Wish, read, tags_given
from benchmarks.wishes.scoring import Outcome, outcome
from bot.lists.wishes import WishReader
from bot.movies import MovieSearch
from data import Catalogue, Dataset, Movie, TitleIndex
from tests.conftest import ARCHIVE

WISHES = [wish for path in FILES.values() for wish in read(path)]


def test_three_hundred_wishes_each_there_once_and_a_third_held_out() -> None:
    assert [len(read(path)) for path in FILES.values()] == [200, 100]
    assert len({wish.text.casefold() for wish in WISHES}) == 300


def test_a_reading_says_what_the_format_knows() -> None:
    for wish in WISHES:
        assert {*wish.all_of, *wish.any_of, *wish.without, *wish.carries.genres} <= set(GENRES), wish
        assert not {*wish.all_of, *wish.any_of} & set(wish.without), wish
        assert set(wish.but) <= set(CHANGES), wish
        assert bool(wish.moods) == bool(wish.carries.tags), wish
        assert all(tag == tag.casefold().strip() for tag in wish.carries.tags), wish
        assert wish.like or not wish.but, wish
        assert (wish.first or 0) <= (wish.last or 9999), wish
        assert wish.count is None or 1 <= wish.count <= 10, wish
        assert all(word in wish.text.casefold() for word in wish.unknown), wish


def test_a_key_the_format_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError):
        Wish.of({"text": "comedy", "genre": "Comedy"})


def test_sixty_moods_are_measured_by_twenty_films_each(real_dataset: Dataset) -> None:
    moods = {wish.moods: wish.carries for wish in WISHES if wish.moods}
    assert len(moods) >= 60
    if real_dataset.name != "ml-latest-small":
        pytest.skip("MARQUEE_TEST_ARCHIVE names no ml-latest-small.zip")
    films = Catalogue.from_dataset(real_dataset).values()
    tags = tags_given(Path(os.environ[ARCHIVE]))
    for named, carries in moods.items():
        tagged = [movie_id for movie_id, given in tags.items() if given & carries.tags]
        assert len(tagged) >= 20 or carries.genres, named
    titles = {film.raw_title for film in films}
    assert {title for wish in WISHES for title in wish.like} <= titles


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish("comedy from the 90s", all_of=("Comedy",), first=1990, last=1999), ("as meant", False)),
        (
            Wish("funny", moods=("funny",), carries=Carries(frozenset({"funny"}), frozenset({"Comedy"}))),
            ("as meant", False),
        ),
        (Wish("purple drama", all_of=("Drama",), unknown=("purple",)), ("as meant", False)),
        (Wish("purple drama", all_of=("Drama",)), ("asked", False)),
        (Wish("old movies", ask=True), ("asked", False)),
        (Wish("comedy or drama", all_of=("Comedy", "Drama")), ("wrong", False)),
        (Wish("comedy", without=("Comedy",)), ("wrong", True)),
        (Wish("drama", all_of=("Drama",), people=("Tom Hanks",)), ("wrong", False)),
    ],
)
def test_a_reading_is_held_against_what_was_meant(wish: Wish, expected: tuple[Outcome, bool]) -> None:
    catalogue = Catalogue([Movie(1, "All", 2018, GENRES, "All (2018)")])
    assert outcome(wish, WishReader(MovieSearch(catalogue, TitleIndex(catalogue))), catalogue) == expected
