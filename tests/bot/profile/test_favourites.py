"""Kinds of film with more stars than the rest."""

import pytest

from bot.profile.favourites import favourites
from tests.bot.hostile import film


def kinds_of(movie: object) -> tuple[str, ...]:
    return (movie.title,)  # type: ignore[attr-defined]


def test_the_lift_is_the_shrunk_mean_above_ones_own() -> None:
    films = [(film("Drama"), 3.0)] * 6 + [(film("Crime"), 5.0)] * 3 + [(film("War"), 5.0)] * 3
    (first, second) = favourites(films, kinds_of, 5)
    # The mean is 4; three films one star above it, beside three of indifference.
    assert (first.kind, first.films, first.lift) == ("Crime", 3, pytest.approx(0.5))
    assert second.kind == "War"
    assert [one.kind for one in favourites(films, kinds_of, 1)] == ["Crime"]


def test_what_is_watched_most_is_no_favourite_for_that() -> None:
    films = [(film("Drama"), 3.5)] * 30 + [(film("Noir"), 4.5)] * 4
    assert [one.kind for one in favourites(films, kinds_of, 3)] == ["Noir"]


def test_many_films_convince_more_than_a_few() -> None:
    films = [(film("Drama"), 2.0)] * 20 + [(film("Few"), 5.0)] * 3 + [(film("Many"), 4.9)] * 12
    assert [one.kind for one in favourites(films, kinds_of, 3)] == ["Many", "Few"]


def test_too_few_films_or_no_difference_say_nothing() -> None:
    assert favourites([], kinds_of, 3) == ()
    assert favourites([(film("Drama"), 2.0)] * 3 + [(film("Noir"), 5.0)] * 2, kinds_of, 3) == ()
    assert favourites([(film("Drama"), 4.0)] * 10, kinds_of, 3) == ()
