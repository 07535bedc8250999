from pathlib import Path

import pytest

from data import Catalogue, Movie, load_dataset
from data.catalogue import own_id
from tests.data.builders import FILMS, write_csv


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue.from_dataset(load_dataset(str(write_csv(tmp_path / "source")), tmp_path / "datasets"))


def test_it_maps_ids_to_films_in_file_order(catalogue: Catalogue) -> None:
    assert list(catalogue) == [movie_id for movie_id, _, _ in FILMS]
    assert len(catalogue) == len(FILMS)
    assert 3 in catalogue
    assert 2 not in catalogue
    assert catalogue.get(2) is None
    with pytest.raises(KeyError):
        catalogue[2]


def test_a_film_carries_what_the_data_set_knows(catalogue: Catalogue) -> None:
    assert catalogue[3] == Movie(
        movie_id=3,
        title="The Matrix",
        year=1999,
        genres=("Action", "Sci-Fi"),
        raw_title="Matrix, The (1999)",
        imdb_id=133093,
        tmdb_id=None,
        ratings_count=2,
        ratings_mean=3.5,
        ratings_entropy=1.0,
        tags=(),
    )
    assert catalogue[12].genres == ()
    assert catalogue[4].ratings_mean is None


def test_the_values_are_plain_python(catalogue: Catalogue) -> None:
    movie = catalogue[1]
    assert type(movie.movie_id) is int
    assert type(movie.year) is int
    assert type(movie.imdb_id) is int
    assert type(movie.ratings_count) is int
    assert type(movie.ratings_mean) is float


def test_a_label_has_the_year_where_it_is_known() -> None:
    assert Movie(6, "Heat", 1995, (), "Heat (1995)").label == "Heat (1995)"
    assert Movie(7, "Babylon 5", None, (), "Babylon 5").label == "Babylon 5"


def test_last_year_and_genres(catalogue: Catalogue) -> None:
    assert catalogue.last_year == 2001
    assert catalogue.genres == ("Action", "Adventure", "Animation", "Children", "Crime", "Drama", "Sci-Fi")
    assert Catalogue([]).last_year == 0


def test_films_that_the_data_set_lacks_are_new_to_a_training(catalogue: Catalogue) -> None:
    own = Movie(own_id(6751668), "Parasite", 2019, ("Drama",), "Parasite (2019)", imdb_id=6751668, source_votes=9)
    frame = catalogue.with_films([own]).frame()
    assert frame["is_new"].tolist() == [False] * 6 + [True]
    assert frame["source_votes"].tolist()[6] == 9


def test_the_frame_is_what_training_takes(catalogue: Catalogue) -> None:
    frame = Catalogue([*catalogue.values(), Movie(200, "Undated", None, (), "Undated")]).frame()
    assert frame.columns.tolist() == ["movie_id", "title", "year", "genres"]
    assert frame["movie_id"].dtype == "int64"
    assert frame["year"].dtype == "Int16"
    assert frame["year"].isna().tolist() == [False] * 6 + [True]
    assert frame["genres"].tolist()[:2] == ["Adventure|Animation|Children", "Action|Sci-Fi"]
