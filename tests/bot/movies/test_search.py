"""Finding the film somebody means, among the 25 of the small data set."""

import pytest

from bot.errors import StaleComponentError
from bot.movies.search import CANDIDATES, Choice, MovieSearch, UnknownTitleError
from data import Catalogue, Movie, TitleIndex

TITLES = ("Heat (1995)", "Alien (1979)", "Sabrina (1954)", "Sabrina (1995)", "Toy Story (1995)", "Toy Story 2 (1999)")


@pytest.fixture
def films() -> MovieSearch:
    movies = [
        Movie(10 * (n + 1), title[:-7], int(title[-5:-1]), ("Drama",), title, ratings_count=100 - n)
        for n, title in enumerate(TITLES)
    ]
    catalogue = Catalogue(movies)
    return MovieSearch(catalogue, TitleIndex(catalogue))


@pytest.mark.parametrize(
    ("text", "label"),
    [("heat", "Heat (1995)"), ("id:20", "Alien (1979)"), ("Sabrina 1954", "Sabrina (1954)"), ("toy story", None)],
)
def test_a_film_beyond_doubt(films: MovieSearch, text: str, label: str | None) -> None:
    found = films.look_up(text)
    assert isinstance(found, Movie)
    assert found.label == (label or "Toy Story (1995)")


def test_a_title_that_is_merely_alike_is_asked_about_and_one_with_all_the_words_is_not() -> None:
    title = "Friday the 13th Part VI: Jason Lives"
    catalogue = Catalogue([Movie(1, title, 1986, ("Horror",), f"{title} (1986)", ratings_count=4)])
    films = MovieSearch(catalogue, TitleIndex(catalogue))
    assert isinstance(films.find("past lives"), Choice)
    assert isinstance(films.find("friday jason"), Movie)
    assert isinstance(films.find("jason livs"), Movie)


def test_several_fit(films: MovieSearch) -> None:
    found = films.look_up("Sabrina")
    assert isinstance(found, Choice)
    assert found.text == "Sabrina"
    assert {movie.label for movie in found.candidates} == {"Sabrina (1954)", "Sabrina (1995)"}
    assert len(found.candidates) <= CANDIDATES


def test_none_fits(films: MovieSearch) -> None:
    with pytest.raises(UnknownTitleError) as caught:
        films.look_up("Zardoz 2030")
    assert (caught.value.text, caught.value.last_year, caught.value.asked_year) == ("Zardoz 2030", 1999, 2030)
    assert len(caught.value.nearest) <= 3


@pytest.mark.parametrize(
    ("typed", "nearest"), [("qwertz", []), ("Sabrinas Return", ["Sabrina (1954)", "Sabrina (1995)"])]
)
def test_only_what_may_be_meant_is_offered(films: MovieSearch, typed: str, nearest: list[str]) -> None:
    with pytest.raises(UnknownTitleError) as caught:
        films.look_up(typed)
    assert [movie.label for movie in caught.value.nearest] == nearest


def test_by_id(films: MovieSearch) -> None:
    assert films.by_id(10).label == "Heat (1995)"
    with pytest.raises(StaleComponentError):
        films.by_id(11)
    assert [movie.movie_id for movie in films.of_ids([30, 999, 10])] == [30, 10]


def test_whole_titles_and_their_neighbours(films: MovieSearch) -> None:
    assert [movie.label for movie in films.titled("TOY STORY 2")] == ["Toy Story 2 (1999)"]
    assert films.titled("Toy Stor") == ()
    others = films.others_like(films.by_id(50))
    assert "Toy Story 2 (1999)" in [movie.label for movie in others]
    assert 50 not in [movie.movie_id for movie in others]


def test_completing(films: MovieSearch) -> None:
    assert [movie.label for movie in films.complete("toy", 25)] == ["Toy Story (1995)", "Toy Story 2 (1999)"]
    assert len(films.complete("toy", 1)) == 1
