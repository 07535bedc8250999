"""A catalogue that tells everything of a few films."""

import pytest

from bot.lists.wishes import WishReader
from bot.movies import MovieSearch
from data import Catalogue, Movie, TitleIndex
from tests.bot.lists.test_filter_words import GENRES


def film(movie_id: int, title: str, year: int, **facts: object) -> Movie:
    return Movie(movie_id, title, year, GENRES, f"{title} ({year})", **{"ratings_count": 100, **facts})  # type: ignore[arg-type]


FILMS = (
    film(1, "Heat", 1995, runtime_min=170, directors=("Michael Mann",), leads=("Al Pacino", "Robert De Niro")),
    film(2, "Inception", 2010, directors=("Christopher Nolan",), leads=("Leonardo DiCaprio",), tags=("time loop",)),
    film(3, "Up", 2009, runtime_min=96, tags=("time loop", "sad")),
    film(4, "Alien", 1979, tags=("time loop", "dark"), countries=("Japan",)),
    film(5, "Blade Runner", 1982),
    film(6, "The Newest", 2018, directors=("Bo Nolan",), leads=("Jo Unheard",)),
    film(7, "Horror", 1990),
    film(8, "Star Wars: Episode IV - A New Hope", 1977),
    film(9, "Star Wars: Episode V - The Empire Strikes Back", 1980),
    film(10, "Rogue One: A Star Wars Story", 2016),
    film(11, "Harry Potter and the Chamber of Secrets", 2002),
    *(film(14 + at, f"Loud {at}", 1960, tags=("british loud wave",)) for at in range(3)),
    film(12, "Harry Potter and the Goblet of Fire", 2005),
    film(13, "Stalker", 1979, ratings_count=1),
)


@pytest.fixture(scope="session")
def reader() -> WishReader:
    catalogue = Catalogue(FILMS)
    return WishReader(MovieSearch(catalogue, TitleIndex(catalogue)))
