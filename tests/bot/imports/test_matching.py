"""Which film a row means: by number, by title and year, and when to ask rather than to guess."""

import pytest

from bot.imports.matching import Match, Matched, Matcher, Missing, Uncertain
from bot.imports.rows import Row
from bot.movies.search import MovieSearch
from data import Catalogue, Movie, TitleIndex


def movie(movie_id: int, title: str, year: int | None, raw: str | None = None, **facts: object) -> Movie:
    return Movie(movie_id, title, year, (), raw or f"{title} ({year})", **facts)  # type: ignore[arg-type]


CATALOGUE = Catalogue(
    [
        movie(6, "Heat", 1995, imdb_id=113277, tmdb_id=949, ratings_count=100),
        movie(7, "Sabrina", 1995, ratings_count=50),
        movie(8, "Sabrina", 1954, ratings_count=40),
        movie(9, "The Matrix", 1999, "Matrix, The (1999)", imdb_id=133093, tmdb_id=603),
        movie(10, "Amelie", 2001, "Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)"),
        movie(11, "Pride & Prejudice", 2005),
        movie(12, "War of the Worlds", 2005, ratings_count=9),
        movie(13, "War of the Worlds", 2005, ratings_count=2),
        movie(14, "Planet Earth", 2006, imdb_id=795176),
        movie(15, "Seven Samurai", 1954),
        movie(16, "Newest", 2018),
    ]
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(MovieSearch(CATALOGUE, TitleIndex(CATALOGUE)), "movielens")


def by_title(matcher: Matcher, title: str, year: int | None) -> Match:
    return matcher.match(Row("rating", title, year, 4.0), None)


@pytest.mark.parametrize(
    ("title", "year", "movie_id"),
    [
        ("Heat", 1995, 6),
        ("heat", 1996, 6),  # a year beside it, since sites date films otherwise
        ("Heat", None, 6),
        ("Sabrina", 1954, 8),
        ("The Matrix", 1999, 9),
        ("Matrix, The", 1999, 9),
        ("Amélie", 2001, 10),
        ("Le fabuleux destin d'Amélie Poulain", 2001, 10),
        ("Pride and Prejudice", 2005, 11),
        ("Seven Samurai", 1953, 15),
        ("War of the Worlds", 2005, 12),
    ],
)
def test_titles_that_are_sure(matcher: Matcher, title: str, year: int | None, movie_id: int) -> None:
    assert by_title(matcher, title, year) == Matched(movie_id)


@pytest.mark.parametrize(
    ("title", "year", "candidates"),
    [
        ("Sabrina", None, (7, 8)),
        ("Bride & Prejudice", 2004, (11,)),  # almost the title, almost the year: another film
        ("Seven Samurais", 1955, (15,)),
    ],
)
def test_titles_that_are_asked_about(
    matcher: Matcher, title: str, year: int | None, candidates: tuple[int, ...]
) -> None:
    assert by_title(matcher, title, year) == Uncertain(candidates)


@pytest.mark.parametrize(
    ("title", "year"),
    [("Heat", 1986), ("Sabrina", 1975), ("Zzyzx Qwfp", 1999), ("Heat", 2030), ("x" * 5_000, 1995), ("???", None)],
)
def test_titles_that_are_missing(matcher: Matcher, title: str, year: int | None) -> None:
    assert by_title(matcher, title, year) == Missing()


def test_numbers_go_before_titles(matcher: Matcher) -> None:
    assert matcher.match(Row("rating", "Whatever", 1900, 4.0, imdb_id=113277), None) == Matched(6)
    assert matcher.match(Row("rating", "Whatever", 1900, 4.0, tmdb_id=603), None) == Matched(9)
    assert matcher.match(Row("rating", "Heat", 1995, 4.0, imdb_id=5, tmdb_id=5), None) == Matched(6)


def test_a_series_is_known_by_its_number_alone(matcher: Matcher) -> None:
    assert matcher.match(Row("rating", "Planet Earth", 2006, 4.0, imdb_id=795176, is_series=True), None) == Matched(14)
    assert matcher.match(Row("rating", "Heat", 1995, 4.0, imdb_id=1, is_series=True), None) == Missing()


def test_movielens_numbers_count_in_their_own_space(matcher: Matcher) -> None:
    row = Row("rating", "", stars=4.0, movie_id=6)
    assert matcher.match(row, "movielens") == Matched(6)
    assert matcher.match(row, "100k") == Missing()
    assert matcher.match(row, None) == Missing()
    assert matcher.match(Row("rating", "", stars=4.0, movie_id=999), "movielens") == Missing()


def test_our_own_export_keeps_films_this_catalogue_lacks(matcher: Matcher) -> None:
    row = Row("rating", "Gone", 2001, 4.0, movie_id=999)
    assert matcher.match(row, "movielens", is_own=True) == Matched(999)
    assert matcher.match(Row("rating", "Gone", 2001, 4.0, movie_id=2**31), "movielens", is_own=True) == Missing()
    # Without its description the file's numbers only help to tell films of one name and year apart.
    assert matcher.match(Row("rating", "War of the Worlds", 2005, 4.0, movie_id=13), None, is_own=True) == Matched(13)
    assert matcher.match(Row("rating", "Heat", 1995, 4.0, movie_id=13), None, is_own=True) == Matched(6)


def test_an_export_of_before_finds_a_film_that_movielens_has_by_now(matcher: Matcher) -> None:
    row = Row("rating", "The Matrix", 1999, 4.0, movie_id=100_133_093)
    assert matcher.match(row, "movielens", is_own=True) == Matched(9)
    later = Row("rating", "Later", 2023, 4.0, movie_id=100_000_777)
    assert matcher.match(later, "movielens", is_own=True) == Matched(100_000_777)


def test_a_number_that_each_machine_counts_for_itself_names_no_film(matcher: Matcher) -> None:
    row = Row("rating", "Heat", 1995, 4.0, movie_id=2_000_000_000)
    assert matcher.match(row, "movielens", is_own=True) == Matched(6)


def test_a_film_that_the_catalogue_has_no_more_is_missing() -> None:
    catalogue = Catalogue(CATALOGUE.values(), [movie(99, "Gone", 2001)])
    matcher = Matcher(MovieSearch(catalogue, TitleIndex(catalogue)), "movielens")
    assert by_title(matcher, "Gone", 2001) == Missing()
