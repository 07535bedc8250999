"""Genres and years of films as columns."""

import pytest

from data import Movie
from data.facets import Facets


def film(movie_id: int, year: int | None, *genres: str) -> Movie:
    return Movie(movie_id, f"Film {movie_id}", year, genres, f"Film {movie_id}")


FACETS = Facets(
    [
        film(7, 1994, "Comedy", "Romance"),
        film(3, 1999, "Drama"),
        film(9, None, "Comedy"),
        film(5, 2004),
        film(1, 1989, "Drama", "Comedy"),
    ]
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [7, 3, 9, 5, 1]),
        ({"genres": ["Drama"]}, [3, 1]),
        ({"genres": ["Drama", "Romance"]}, [7, 3, 1]),
        ({"without": ["Comedy"]}, [3, 5]),
        ({"genres": ["Comedy"], "without": ["Romance"]}, [9, 1]),
        ({"genres": ["Polka"]}, []),
        ({"without": ["Polka"]}, [7, 3, 9, 5, 1]),
        ({"first": 1990, "last": 1999}, [7, 3]),
        ({"first": 1999}, [3, 5]),
        ({"last": 1994}, [7, 1]),
        ({"genres": ["Comedy"], "last": 1990}, [1]),
    ],
)
def test_any_of_the_genres_none_of_the_others_within_the_years(asked: dict[str, object], found: list[int]) -> None:
    assert FACETS.matching(**asked).tolist() == found  # type: ignore[arg-type]


def test_decades_that_have_films() -> None:
    assert FACETS.decades() == (1980, 1990, 2000)


def test_no_films() -> None:
    empty = Facets([])
    assert empty.decades() == ()
    assert empty.matching(["Comedy"], ["Drama"], 1990, 1999).tolist() == []
